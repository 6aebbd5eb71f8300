"""The facts that groups ask for: in English as the rules write them, in Chinese in words."""

from __future__ import annotations

import re
from datetime import date

from enroll.notices.kinds import N_, Phrase

_VALUES = {
    ("household", "zone"): N_("household = zone"),
    ("household", "county"): N_("household = county"),
    ("household", "outside"): N_("household = outside"),
    ("home", "own"): N_("home = own"),
    ("home", "grandparents"): N_("home = grandparents"),
    ("home", "rent"): N_("home = rent"),
    ("home", "none"): N_("home = none"),
    ("sex", "male"): N_("sex = male"),
    ("sex", "female"): N_("sex = female"),
}
_FACTS = {
    "household": N_("household = {value}"),
    "household_since": N_("household_since = {value}"),
    "home": N_("home = {value}"),
    "home_since": N_("home_since = {value}"),
    "permit_since": N_("permit_since = {value}"),
    "insurance_months": N_("insurance_months = {value}"),
    "points": N_("points = {value}"),
    "birth_date": N_("birth_date = {value}"),
    "zone": N_("zone = {value}"),
}
_FACT = N_("{name} = {value}")
_EMPTY = N_("(empty)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def fact(name: str, value: str) -> Phrase:
    """Return what a child's record holds of a fact; one that an office named is shown as it is."""
    if (name, value) in _VALUES:
        return Phrase(_VALUES[name, value])
    shown = as_date(value) if value else Phrase(_EMPTY)
    return Phrase(_FACTS.get(name, _FACT), {"name": name, "value": shown})


def as_date(text: str) -> date | str:
    """Return a day that stands as text in a file, and whatever else stands there as it is."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else text
    except ValueError:
        return text
