"""Sources of a draw: their names, their moments and their values, checked before they bind."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from enroll.lottery.protocol import (
    REHEARSAL,
    SOURCE_NAME,
    SOURCE_VALUE,
    drand_matches,
    is_time,
)
from enroll.notices import mask
from enroll.office.draw_folder import refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.lottery.protocol import Commitment

DRAND_GENESIS = 1_692_803_367
DRAND_PERIOD_S = 3
"""The drand network `quicknet`: Unix time of its first round, and seconds between rounds."""

_DRAND = re.compile(r"drand-quicknet-([1-9][0-9]{0,11})")
_SHUANGSEQIU = re.compile(r"(?:[0-9]{2}\.){5}[0-9]{2}\+[0-9]{2}")
_TIME = "%Y-%m-%dT%H:%M:%SZ"


def check_sources(sources: Sequence[str], draw_after: str, draw_id: str) -> None:
    """Refuse sources that cannot be named, and for a draw that counts, those that do not do."""
    for at, name in enumerate(sources):
        if SOURCE_NAME.fullmatch(name) is None:
            raise refused("DRAW_SOURCE_NAME", column="--sources", name=mask(name) or "''")
        if name in sources[:at]:
            raise refused("DRAW_SOURCE_TWICE", column="--sources", name=name)
    if not is_time(draw_after):
        raise refused("DRAW_TIME_FORM", column="--draw-after", value=mask(draw_after))
    if draw_id.startswith(REHEARSAL):
        return
    if all(name.startswith("drand-") for name in sources):
        raise refused("DRAW_SOURCES_ONLY_DRAND", column="--sources")
    for name in sources:
        time = _time_of_round(name)
        if time is not None and time <= draw_after:
            said = {"name": name, "time": time, "after": draw_after}
            raise refused("DRAW_ROUND_TOO_EARLY", column="--sources", **said)


def _time_of_round(name: str) -> str | None:
    """Return the moment of a drand round, or None for another kind of source."""
    match = _DRAND.fullmatch(name)
    if match is None:
        return None
    seconds = DRAND_GENESIS + DRAND_PERIOD_S * (int(match[1]) - 1)
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return "9999-12-31T23:59:59Z"
    return moment.strftime(_TIME)


def checked_times(draw_id: str, draw_after: str, published: str | None, now: str) -> str:
    """Return when the commitment is public; a rehearsal may use values of the past."""
    if published is not None and not is_time(published):
        raise refused("DRAW_TIME_FORM", column="--published", value=mask(published))
    if draw_id.startswith(REHEARSAL):
        return published or min(now, draw_after)
    if draw_after <= now:
        raise refused("DRAW_AFTER_PAST", column="--draw-after", after=draw_after)
    if published is not None and published < now:
        raise refused("DRAW_PUBLISHED_PAST", column="--published", published=published)
    shown = published or now
    if draw_after <= shown:
        said = {"published": shown, "after": draw_after}
        raise refused("DRAW_TIMES_CROSSED", column="--draw-after", **said)
    return shown


def check_values(
    values: Sequence[tuple[str, str]], commitment: Commitment, signatures: Mapping[str, str]
) -> None:
    """Refuse values of other sources, order or form; and signatures that lack or do not fit."""
    if tuple(name for name, _ in values) != commitment.sources:
        raise refused("DRAW_SOURCES_DIFFER", column="--source", expected=commitment.sources)
    for name, value in values:
        if not _value_fits(name, value):
            raise refused("DRAW_VALUE_FORM", column="--source", name=name)
    given = dict(values)
    for name, signature in signatures.items():
        if name not in given or not name.startswith("drand-"):
            raise refused("DRAW_SIGNATURE_ALONE", column="--signature", name=mask(name))
        if not drand_matches(given[name], signature):
            raise refused("DRAW_SIGNATURE_WRONG", column="--signature", name=name)
    for name in given:
        if name.startswith("drand-") and name not in signatures:
            raise refused("DRAW_SIGNATURE_MISSING", column="--signature", name=name)


def _value_fits(name: str, value: str) -> bool:
    """Tell whether a value has the form of its source: a slip here could not be undone."""
    if name.startswith("drand-"):
        return re.fullmatch(r"[0-9a-f]{64}", value) is not None
    if name.startswith("ssq-"):
        if _SHUANGSEQIU.fullmatch(value) is None:
            return False
        *reds, blue = (int(number) for number in re.split(r"[.+]", value))
        in_order = all(one < two for one, two in pairwise(reds))
        return in_order and reds[0] >= 1 and reds[-1] <= 33 and 1 <= blue <= 16
    return SOURCE_VALUE.fullmatch(value) is not None
