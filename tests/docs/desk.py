"""The desks at which the commands of the pages are run: the sample county, and an office's files.

Pages call an office's own files by such names as `scenarios/autumn.toml` and `runs/june`; here they
are the sample county's, or a small one's where a page would take minutes.
"""

from __future__ import annotations

import csv
import re
import shutil
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import openpyxl

from enroll.scenario import starter_files
from tests.cli.screens import Screen, run
from tests.docs.shown import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.docs.shown import Shown

SAMPLE = "scenarios/nanxian-primary-2026.toml"
DEMO = ("allocate", SAMPLE, "-o", "runs/nanxian-primary-2026")
"""What `make demo` runs: pages go on from its run."""

LEFT_OUT = {
    "--scheduler": "needs a Dask cluster; tests/planning/test_cluster.py starts one for the same",
}
"""Words of the commands that are read and not run, and why."""

BEFORE, AFTER = datetime(2026, 7, 10, 1, tzinfo=UTC), datetime(2026, 7, 12, 14, tzinfo=UTC)
"""Before and after the sources of the page's draw have values."""


class Desk:
    """A folder in which one command after another is run, each once."""

    columns = 100

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._screens: dict[tuple[str, ...], Screen] = {}
        self._page = ""
        self._laid_out: set[Path] = set()

    def run(self, shown: Shown, overwrites: bool) -> Screen:
        """Return the screen of a command; a run that is there is kept beside the new one."""
        if shown.page != self._page:
            self._clear()
            self._page = shown.page
        if shown.words not in self._screens:
            words = self.typed(shown.words)
            again = ["--overwrite"] if overwrites and "--overwrite" not in words else []
            with chdir(self.folder):
                self._screens[shown.words] = run(*words, *again, columns=self.columns)
        return self._screens[shown.words]

    def _clear(self) -> None:
        """Take away the files that another page wrote beside the folders; runs stay."""
        files = {path for path in self.folder.iterdir() if path.is_file()}
        self._laid_out = self._laid_out or files
        for path in files - self._laid_out:
            path.unlink()

    def typed(self, words: tuple[str, ...]) -> list[str]:
        """Return what is typed for the words of a page."""
        return [given for word in words for given in self.given(word)]

    def given(self, word: str) -> Iterable[str]:
        """Return what stands for a word of a page."""
        return [word]


class Office(Desk):
    """The sample county, with one autumn of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for name in ("scenarios", "data/nanxian", "data/scanned", "data/zones"):
            shutil.copytree(
                ROOT / name,
                folder / name,
                ignore=shutil.ignore_patterns("log.jsonl", "__pycache__"),
            )
        self._autumn()
        for name in ("counties/north/autumn", "counties/south/autumn", "a/east", "b/west"):
            starter(folder / Path(name).parent, Path(name).name)
        starter(folder / "small", "scenario")

    def typed(self, words: tuple[str, ...]) -> list[str]:
        """Return the words for a small county where the sample county would take minutes."""
        typed = super().typed(words)
        if words[0] != "odds":
            return typed
        return ["small/scenario.toml" if word == SAMPLE else word for word in typed]

    def given(self, word: str) -> Iterable[str]:
        """Return the files for a pattern, as a shell would, and a seed for its place."""
        if word == "64-hex-digits":
            return ["5b" * 32]
        return sorted(map(str, self.folder.glob(word))) if "*" in word else [word]

    def _autumn(self) -> None:
        """Write this autumn's scenario, register, names and rolls, and the register of June."""
        scenarios, children = self.folder / "scenarios", rows_of(ROOT / "data/nanxian", CHILDREN)
        base = f'extends = "{Path(SAMPLE).name}"\n'
        (scenarios / "autumn.toml").write_text(base)
        june = [
            {**row, "home": "rent"} if place == 40 else row for place, row in enumerate(children)
        ]
        write_rows(self.folder / "data/nanxian/june.csv", june)
        earlier = base + '[files]\napplicants = "../data/nanxian/june.csv"\n'
        (scenarios / "june.toml").write_text(earlier)
        write_rows(self.folder / "applicants.csv", children)
        ids = [{"applicant_id": row["applicant_id"], "name": "李小明"} for row in children]
        write_rows(self.folder / "identity.csv", ids)
        with chdir(self.folder):
            for name, target in (("june", "june"), ("june", "autumn"), ("autumn", "autumn")):
                scenario = f"scenarios/{name}.toml"
                ended = run("allocate", scenario, "-o", f"runs/{target}", "--overwrite")
                assert ended.status == 0, ended.err
        self._rolls(rows_of(self.folder / "runs" / "autumn", "allocation.csv"))

    def _rolls(self, places: list[dict[str, str]]) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["school_id", "grade", "class_no", "applicant_id"])
        for row in places:
            if row["school_id"]:
                sheet.append([row["school_id"], "1", "1", row["applicant_id"]])
        book.save(self.folder / "rolls-september.xlsx")


class Drawing(Desk):
    """A small county that holds a draw, on the days of the page."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        starter(folder / "scenarios", "autumn")

    def run(self, shown: Shown, overwrites: bool) -> Screen:
        """Return the screen of a command on its day; the scenario names the draw in time."""
        day = AFTER if shown.words[:2] == ("lottery", "draw") else BEFORE
        if shown.words[0] == "allocate":
            scenario = self.folder / "scenarios" / "autumn.toml"
            text = scenario.read_text("utf-8")
            scenario.write_text(re.sub(r'^seed = ".*"', 'draw = "../draws/2026"', text, flags=re.M))
            overwrites = False
        with patch("enroll.office.log.datetime") as clock:
            clock.now.return_value = day
            return super().run(shown, overwrites)

    def given(self, word: str) -> Iterable[str]:
        """Return this draw's own commitment and a receipt of it for those of the page."""
        if re.fullmatch("[0-9a-f]{64}", word):
            commit = next(line for line in self._committed() if line.startswith("ALLOT1-COMMIT"))
            return [commit.split()[-1]]
        if word == "TICKET.json":
            receipts = self.folder / "draws" / "2026" / "private" / "receipts"
            return [str(min(receipts.iterdir()))]
        return [word]

    def _committed(self) -> list[str]:
        return next(
            screen.out.splitlines()
            for words, screen in self._screens.items()
            if words[:3] == ("lottery", "commit", "draws/2026")
        )


CHILDREN = "applicants-primary-2026.csv"


def starter(folder: Path, name: str) -> None:
    """Write the small county of `enroll new`, its scenario under a name."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in starter_files().items():
        (folder / file.replace("scenario.toml", f"{name}.toml")).write_text(text, "utf-8")


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    """Return a table."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
