"""What Python says of a text that is not TOML, in the reader's language."""

from __future__ import annotations

import re

from enroll.notices.kinds import N_, Phrase

SENTENCES = (
    N_("Invalid statement"),
    N_("Invalid value"),
    N_("Invalid date or datetime"),
    N_("Invalid hex value"),
    N_("Invalid initial character for a key part"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Expected newline or end of document after a statement"),
    N_("Unclosed array"),
    N_("Unclosed inline table"),
    N_("Unterminated string"),
    N_("Unescaped '\\' in a string"),
    N_("Escaped character is not a Unicode scalar value"),
    N_("Cannot overwrite a value"),
    N_("Cannot declare {key} twice"),
    N_("Cannot mutate immutable namespace {key}"),
    N_("Cannot redefine namespace {key}"),
    N_("Duplicate inline table key {key}"),
    N_("Found invalid character {key}"),
    N_("Illegal character {key}"),
    N_("Expected {key}"),
)
"""As `tomllib` has them; those with a field come last, as one of them takes in others."""


def in_toml(reason: str) -> Phrase | str:
    """Return what is wrong with a line; what is not known here is said as Python says it."""
    for sentence in SENTENCES:
        before, field, after = sentence.partition("{key}")
        pattern = re.escape(before) + ("(.+)" if field else "") + re.escape(after)
        found = re.fullmatch(pattern, reason)
        if found:
            return Phrase(sentence, {"key": found[1]} if field else {})
    return reason
