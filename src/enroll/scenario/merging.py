"""How a scenario and its base become one, and what the scenario changes."""

from __future__ import annotations

from datetime import date
from functools import reduce
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.records import JsonValue
    from enroll.scenario.reading import Document, Layer


class Change(NamedTuple):
    """One setting that differs from the outermost base.

    Parameters
    ----------
    key
        Dotted path of the key, such as `limits.far_m`.
    old, new
        Values as `json` writes them; None where the base set nothing and has no default.
    """

    key: str
    old: JsonValue
    new: JsonValue


def merged(layers: Sequence[Layer]) -> Document:
    """Return one document: tables merge key by key, everything else replaces.

    Parameters
    ----------
    layers
        The scenario first, then what it extends.
    """
    return reduce(_with_one_lottery, (layer.document for layer in reversed(layers)))


def _with_one_lottery(base: Document, own: Document) -> Document:
    """Return `base` under `own`, whose seed or draw takes the place of the base's other one."""
    mine, beneath = own.get("lottery"), base.get("lottery")
    if isinstance(mine, dict) and isinstance(beneath, dict) and {"seed", "draw"} & mine.keys():
        kept = {key: value for key, value in beneath.items() if key not in ("seed", "draw")}
        base = {**base, "lottery": kept}
    return _under(base, own)


def _under(base: Document, own: Document) -> Document:
    """Return `base` with everything that `own` says in its place."""
    result = dict(base)
    for key, value in own.items():
        beneath = base.get(key)
        if isinstance(value, dict) and isinstance(beneath, dict):
            result[key] = _under(beneath, value)
        else:
            result[key] = value
    return result


def changes_against(base: Document, defaults: Document, document: Document) -> tuple[Change, ...]:
    """Return every setting that differs from the base, ascending by key.

    Parameters
    ----------
    base
        The outermost base as written.
    defaults
        What the base comes to with defaults filled in; empty where it is only a fragment.
    document
        The merged document.
    """
    found = _differences("", base, defaults, document)
    return tuple(sorted(found, key=lambda change: change.key))


def _differences(
    above: str, base: Document, defaults: Document, document: Document
) -> Iterator[Change]:
    for key, value in document.items():
        path = f"{above}{key}"
        stated, default = base.get(key), defaults.get(key)
        if isinstance(value, dict) and isinstance(stated, dict | None):
            inner = default if isinstance(default, dict) else {}
            yield from _differences(f"{path}.", stated or {}, inner, value)
            continue
        old, new = _plain(default if stated is None else stated), _plain(value)
        if old != new:
            yield Change(path, old, new)


def _plain(value: object) -> JsonValue:
    """Return a TOML value as `json` writes it, without any folder of a machine."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _is_absolute(value):
        return PureWindowsPath(value).name
    return value


def _is_absolute(text: str) -> bool:
    return PurePosixPath(text).is_absolute() or bool(PureWindowsPath(text).drive)
