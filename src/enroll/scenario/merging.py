"""How a scenario and its base become one, and what the scenario changes."""

from __future__ import annotations

from datetime import date
from functools import reduce
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from enroll.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from enroll.records import JsonValue
    from enroll.scenario.reading import Document, Layer


def merged(layers: Sequence[Layer]) -> Document:
    """Return one document: tables merge key by key, everything else replaces.

    Parameters
    ----------
    layers
        The scenario first, then what it extends.
    """
    return reduce(_with_one_of_each, (layer.document for layer in reversed(layers)))


_INSTEAD = (
    ("lottery", {"seed": ("draw",), "draw": ("seed",)}),
    ("files", {"demand": ("applicants", "overrides"), "applicants": ("demand",)}),
)
"""Keys of a table that take the place of others which the base states."""


def _with_one_of_each(base: Document, own: Document) -> Document:
    """Return `base` under `own`, without what a key of `own` takes the place of."""
    for table, instead in _INSTEAD:
        mine, beneath = own.get(table), base.get(table)
        if isinstance(mine, dict) and isinstance(beneath, dict):
            gone = {other for key in instead if key in mine for other in instead[key]}
            kept = {key: value for key, value in beneath.items() if key not in gone}
            base = {**base, table: kept}
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


def joined(first: Iterable[Change], then: Iterable[Change]) -> tuple[Change, ...]:
    """Return what two steps changed together, ascending by key.

    A key that both change goes from its first value to its last; one that came back to its
    first value did not change.
    """
    whole = {change.key: change for change in first}
    for change in then:
        old = whole[change.key].old if change.key in whole else change.old
        whole[change.key] = change._replace(old=old)
    kept = (change for change in whole.values() if change.old != change.new)
    return tuple(sorted(kept, key=lambda change: change.key))


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
