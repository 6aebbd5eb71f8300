"""Gather every message marked with `N_`, keep its translation, and compile the catalogue.

Run by `make messages`. The `.po` file is edited by hand, the `.mo` file is compiled from it, and
both are committed; `enroll.pot` is only a help for new languages.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "enroll"
TEMPLATE = SOURCE / "locale" / "enroll.pot"
CHINESE = SOURCE / "locale" / "zh_CN" / "LC_MESSAGES" / "enroll.po"

_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # a real one would change the files at every run


def gather(source: Path = SOURCE) -> list[str]:
    """Return every marked message under a folder, sorted, each once."""
    found = extract_from_dir(
        source, [("**.py", "python"), ("**.j2", "jinja2")], keywords={"N_": None}
    )
    return sorted({message for _, _, message, _, _ in found if isinstance(message, str)})


def read_translations(path: Path) -> dict[str, str]:
    """Return the translations of a `.po` file, those marked as doubtful left out."""
    with path.open("rb") as stream:
        catalogue = read_po(stream)
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }


def make_catalogue(messages: list[str], translations: dict[str, str], locale: str) -> Catalog:
    """Return a catalogue of the messages, each with its translation where there is one."""
    catalogue = Catalog(
        locale=locale or None,
        header_comment="# Messages of enroll. Edit the translations here, then run: make messages",
        project="enroll",
        version="1",
        language_team="the enroll project",
        msgid_bugs_address="none",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        last_translator="the enroll project",
        fuzzy=False,
    )
    for message in messages:
        catalogue.add(message, translations.get(message, ""))
    return catalogue


def main() -> int:
    """Write all three files; return 1 where a message has no translation yet."""
    messages = gather()
    translations = read_translations(CHINESE) if CHINESE.exists() else {}
    with TEMPLATE.open("wb") as stream:
        write_po(stream, make_catalogue(messages, {}, ""), no_location=True, sort_output=True)
    chinese = make_catalogue(messages, translations, "zh_CN")
    with CHINESE.open("wb") as stream:
        write_po(stream, chinese, no_location=True, sort_output=True, width=100)
    with CHINESE.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, chinese)
    missing = [message for message in messages if message not in translations]
    for message in missing:
        sys.stdout.write(f"no Chinese yet: {message}\n")
    sys.stdout.write(f"{len(messages)} messages, {len(missing)} without Chinese\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
