"""The public edition of a run: every file of it, made, checked and sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enroll.errors import assert_lawful
from enroll.report.json_out import json_bytes
from enroll.report.manifest import SUMS, seal
from enroll.report.publication import files as made
from enroll.report.publication import index, lookup
from enroll.report.publication.cells import tables_of
from enroll.report.publication.certificate import public_certificate
from enroll.report.publication.contents import read_run_contents
from enroll.report.publication.cutoffs import cutoff_rows, cutoffs_csv
from enroll.report.publication.demand import told_demand
from enroll.report.publication.notices import notices_csv, public_notices
from enroll.report.publication.rereading import result_breaches
from enroll.report.publication.solving import breaches
from enroll.report.publication.suppression import hide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language
    from enroll.report.publication.contents import Contents
    from enroll.report.publication.cutoffs import CutoffRow
    from enroll.verify.receipts import Turn


@dataclass(frozen=True, repr=False)
class Site:
    """A finished public edition.

    Parameters
    ----------
    files
        Content by name, `SHA256SUMS` among them.
    children
        Lines of `result.csv`.
    hidden
        Cells that are hidden.
    without_how
        Children of whom it is hidden how they came to their place, or why they have none.
    rehearsal
        Whether its draw decides nothing.
    """

    files: Mapping[str, bytes]
    children: int
    hidden: int
    without_how: int
    rehearsal: bool


def make_site(
    run: Mapping[str, bytes], turns: Mapping[tuple[str, str], Turn], language: Language
) -> Site:
    """Return the public edition of a run.

    Parameters
    ----------
    run
        Files of a run that verifies, by name.
    turns
        Where its cutoffs turn, see `enroll.verify.receipts`.
    language
        Of every sentence.

    Raises
    ------
    UnlawfulError
        If a hidden number could be worked out, or a place is told other than the run has it: a
        bug in enroll.
    """
    contents = read_run_contents(run, language)
    tables = tables_of(contents)
    hidden = hide(tables)
    assert_lawful(breaches(tables, hidden))
    cutoffs = cutoff_rows(contents, turns, hidden)
    certificate = public_certificate(contents, hidden)
    notices = public_notices(contents, hidden, certificate, language)
    shown = made.Shown(tables, hidden)
    files = {
        **made.copies(run),
        **made.zones_geojson(contents),
        made.RESULT: made.result_csv(contents, hidden),
        "schools.csv": made.schools_csv(contents, shown),
        "zones.csv": made.zones_csv(contents, shown),
        "groups.csv": made.groups_csv(contents, shown),
        "ways.csv": made.ways_csv(contents, shown),
        "cutoffs.csv": cutoffs_csv(cutoffs),
        "notices.csv": notices_csv(notices),
        "certificate.json": json_bytes(certificate),
        made.PUBLICATION: made.publication_json(contents, hidden, language),
        lookup.PAGE: lookup.lookup_page(
            contents, hidden, _by_school(contents, cutoffs, language), language
        ),
    }
    told = told_demand(contents, tables, hidden)
    others = (contents, shown, hidden, told, cutoffs, certificate, notices, [*sorted(files), SUMS])
    files[index.PAGE] = index.index_page(*others, language)
    assert_lawful(result_breaches(run, files))
    return _sealed(contents, files, hidden)


def _by_school(
    contents: Contents, cutoffs: Sequence[CutoffRow], language: Language
) -> dict[str, list[str]]:
    groups, rounds = contents.data.own_groups(language), contents.data.own_rounds(language)
    words: dict[str, list[str]] = {}
    for round_id, school, _, _, cutoff in cutoffs:
        if cutoff:
            told = index.cutoff_words(cutoff, language, groups)
            called = rounds.get(round_id, round_id)
            words.setdefault(school, []).append(f"{called}: {told}")
    return words


def _sealed(
    contents: Contents, files: dict[str, bytes], hidden: frozenset[tuple[str, ...]]
) -> Site:
    without = sum(made.hides(hidden, child.school, child.how) for child in contents.children)
    return Site(
        files={**files, SUMS: seal(files)},
        children=len(contents.children),
        hidden=len(hidden),
        without_how=without,
        rehearsal=contents.rehearsal,
    )
