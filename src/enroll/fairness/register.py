"""A run, or the register it started from, as an auditor reads it: from its files alone."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, Any

from enroll.notices.own_words import words_of_overrides
from enroll.tables.csv_out import unguarded

if TYPE_CHECKING:
    from collections.abc import Mapping

Child = dict[str, Any]
"""A child of a record, as docs/reference/audit.md lists its keys, and its `ticket`."""

ALLOCATION = (
    "applicant_id", "ticket", "status", "school_id", "round", "group", "zone_id", "distance_m",
    "distance_from", "lottery_rank", "reason",
)  # fmt: skip


@dataclass(frozen=True)
class Register:
    """What was known of every child before any round.

    Parameters
    ----------
    rules
        `rules.json`; empty where only the records were kept.
    children
        Ascending by id.
    """

    rules: dict[str, Any]
    children: dict[str, Child]


@dataclass(frozen=True)
class RunCopy:
    """A run as its files tell it.

    Parameters
    ----------
    register
        The children and the rules.
    places
        The line of `allocation.csv` of each child.
    manifest
        `manifest.json`.
    ways
        Metres by key and school id, where the ways come from a matrix.
    seal
        SHA-256 of `SHA256SUMS`, which names every file of the run.
    words
        Reasons of overrides in the office's words, by child, where `notices.json` has them.
    """

    register: Register
    places: dict[str, dict[str, str]]
    manifest: dict[str, Any]
    seal: bytes
    ways: dict[str, dict[str, int]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    @property
    def rules(self) -> dict[str, Any]:
        """The rules of the run."""
        return self.register.rules

    @property
    def children(self) -> dict[str, Child]:
        """The children of the run, ascending by id."""
        return self.register.children

    @cached_property
    def zones(self) -> dict[str, list[str]]:
        """The schools of each zone."""
        return {zone["id"]: zone["schools"] for zone in self.rules["zones"]}

    @cached_property
    def rule_of(self) -> dict[str, str]:
        """The rule of each round, by its id."""
        return {step["id"]: step["rule"] for step in self.rules["rounds"]}


def read_register(records: bytes, rules: bytes = b"") -> Register:
    """Return the register that `records.jsonl`, and `rules.json` where it is there, hold.

    Raises
    ------
    ValueError
        Where the files are not what `docs/reference/audit.md` describes.
    """
    children: dict[str, Child] = {}
    try:
        for line in records.decode("utf-8").splitlines():
            record = json.loads(line)["record"]
            for child in record["children"]:
                children[child["id"]] = {**child, "ticket": record["ticket"]}
        known: dict[str, Any] = json.loads(rules) if rules else {}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    ascending = dict(sorted(children.items(), key=lambda item: item[0].encode()))
    return Register(known, ascending)


def read_copy(files: Mapping[str, bytes], seal: bytes) -> RunCopy:
    """Return a run from its files by name.

    Parameters
    ----------
    seal
        Content of `SHA256SUMS`.

    Raises
    ------
    ValueError
        Where a file is not what the documentation describes, or tells of other children.
    """
    from enroll.fairness.policy import Policy

    register = read_register(files["audit/records.jsonl"], files["audit/rules.json"])
    rows = read_table(files["allocation.csv"], ALLOCATION)
    places = {row["applicant_id"]: row for row in rows}
    if places.keys() != register.children.keys():
        message = "allocation.csv"
        raise ValueError(message)
    Policy(register.rules)  # conditions that are none are refused here
    manifest: dict[str, Any] = json.loads(files["manifest.json"])
    ways: dict[str, dict[str, int]] = {}
    if "audit/ways.csv" in files:
        for row in read_table(files["audit/ways.csv"], ("key", "school_id", "metres")):
            ways.setdefault(row["key"], {})[row["school_id"]] = int(row["metres"])
    words = words_of_overrides(
        files.get("notices.json", b""), register.children, register.rules.get("schools", ())
    )
    return RunCopy(register, places, manifest, sha256(seal).digest(), ways, words)


def read_table(content: bytes, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the lines of a table of enroll by column.

    Raises
    ------
    ValueError
        Where a column is missing or a line has another length.
    """
    try:
        head, *rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        if not set(columns) <= set(head):
            raise ValueError(", ".join(sorted(set(columns) - set(head))))
        return [dict(zip(head, map(unguarded, row), strict=True)) for row in rows]
    except csv.Error as error:
        raise ValueError(str(error)) from error
