"""The look-up page: a family enters its ticket and sees its own result; nothing leaves the page."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING

from enroll.notices import about_publication as say
from enroll.notices import translate
from enroll.report.pages.rendering import render
from enroll.report.publication.files import hides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from enroll.notices import Language
    from enroll.report.publication.contents import Contents
    from enroll.report.publication.suppression import Cell

    Outcome = tuple[str, str]

PAGE = "lookup.html"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MOST_SHARED = len(_DIGITS) - 1


def lookup_page(
    contents: Contents,
    hidden: frozenset[Cell],
    cutoffs: Mapping[str, Sequence[str]],
    language: Language,
) -> bytes:
    """Return `lookup.html`.

    Parameters
    ----------
    contents, hidden
        The run, and what of it is hidden.
    cutoffs
        By school id, what its public cutoffs say in words.
    language
        Of every sentence.
    """
    from markupsafe import Markup

    rows = [
        (child.ticket, (child.school, "" if hides(hidden, child.school, child.how) else child.how))
        for child in contents.children
    ]
    outcomes = sorted({outcome for _, outcome in rows})
    names = {row["school_id"]: row["name"] for row in contents.schools}
    facts = {
        "outcomes": [list(outcome) for outcome in outcomes],
        "schools": {school: names[school] for school, _ in outcomes if school},
        "reasons": {how: translate(text, language) for how, text in say.REASONS.items()},
        "cutoffs": {school: list(words) for school, words in sorted(cutoffs.items())},
    }
    script = files("enroll.report.pages").joinpath("templates", "lookup.js").read_text("utf-8")
    return render(
        "lookup.html.j2",
        language,
        title=contents.title,
        rehearsal=contents.rehearsal,
        script=Markup(script),  # noqa: S704 - a file of the program
        script_hash=b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        facts=Markup(_harmless(facts)),  # noqa: S704 - no mark-up is left in it
        tickets=Markup("\n".join(packed(rows, outcomes))),  # noqa: S704 - letters and digits alone
    )


def _harmless(facts: object) -> str:
    """Return JSON in which nothing can end the element that it stands in."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def packed(rows: Sequence[tuple[str, Outcome]], outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield one line per child: letters shared with the ticket before, the others, the outcome.

    The first letter is how many are shared, as a digit of base 36; the outcome is its number in
    base 36 after a space. Rows are ascending by ticket.
    """
    number = {outcome: _base36(at) for at, outcome in enumerate(outcomes)}
    before = ""
    for ticket, outcome in sorted(rows, key=lambda row: (row[0].encode(), row[1])):
        shared = 0
        most = min(len(before), len(ticket), _MOST_SHARED)
        while shared < most and before[shared] == ticket[shared]:
            shared += 1
        yield f"{_DIGITS[shared]}{ticket[shared:]} {number[outcome]}"
        before = ticket


def _base36(value: int) -> str:
    text = _DIGITS[value % 36]
    while value := value // 36:
        text = _DIGITS[value % 36] + text
    return text
