"""What a freeze holds of each ticket: its record, its salt, and the root over all of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from enroll.lottery.merkle import leaf_hash, paths_of, root_of
from enroll.lottery.protocol import malformed

if TYPE_CHECKING:
    from enroll.lottery.merkle import Path
    from enroll.records import JsonValue

RECORDS = "private/records.jsonl"
"""Name of the file in a draw's folder."""

_LINE = re.compile(rb'\{"record":(\{"children":\[\{.*\}\],"ticket":.*\}),"salt":"([0-9a-f]*)"\}')
SALT_BYTES = 32


@dataclass(frozen=True)
class Frozen:
    """The records of a draw, ascending by ticket.

    Parameters
    ----------
    tickets, records
        (k,) the tickets and their canonical records.
    salts
        (k,) 32 secret bytes each; empty in a rehearsal without a freeze.
    """

    tickets: tuple[str, ...]
    records: tuple[bytes, ...]
    salts: tuple[bytes, ...]

    @cached_property
    def leaves(self) -> list[bytes]:
        """(k,) hash of each salted record."""
        pairs = zip(self.salts, self.records, strict=True)
        return [leaf_hash(salt + record) for salt, record in pairs]

    @property
    def root(self) -> str:
        """The root over all leaves, in hex."""
        return root_of(self.leaves).hex()

    def paths(self) -> list[Path]:
        """Return (k,) the path of each ticket's leaf."""
        return paths_of(self.leaves)

    def to_lines(self) -> bytes:
        """Return `records.jsonl`: one line per ticket."""
        return b"".join(
            b'{"record":%s,"salt":"%s"}\n' % (record, salt.hex().encode())
            for record, salt in zip(self.records, self.salts, strict=True)
        )

    def children(self) -> list[list[dict[str, JsonValue]]]:
        """Return (k,) the children of each ticket."""
        return [json.loads(record)["children"] for record in self.records]

    def ticket_of(self) -> dict[str, str]:
        """Return the ticket of each applicant_id."""
        return {
            child["id"]: ticket
            for ticket, children in zip(self.tickets, self.children(), strict=True)
            for child in children
        }


def read_frozen(content: bytes, name: str = RECORDS) -> Frozen:
    """Return what `records.jsonl` of a freeze holds.

    Raises
    ------
    InputError
        Naming the first line that is not as a freeze writes it.
    """
    tickets, records, salts, children = [], [], [], list[str]()
    for row, line in enumerate(_lines(content, name), start=1):
        match = _LINE.fullmatch(line)
        if match is None or len(match[2]) != 2 * SALT_BYTES:
            raise malformed(name, row)
        value = _record(match[1], name, row)
        tickets.append(str(value["ticket"]))
        children += (child["id"] for child in value["children"])
        records.append(match[1])
        salts.append(bytes.fromhex(match[2].decode("ascii")))
    if any(one.encode() >= two.encode() for one, two in pairwise(tickets)):
        raise malformed(name, 0)
    if len(set(children)) < len(children):
        raise malformed(name, 0)
    return Frozen(tuple(tickets), tuple(records), tuple(salts))


def _lines(content: bytes, name: str) -> list[bytes]:
    *lines, rest = content.split(b"\n")
    if rest:
        raise malformed(name, len(lines) + 1)
    return lines


def _record(record: bytes, name: str, row: int) -> dict[str, JsonValue]:
    """Return what a record says; one that is not canonical is refused."""
    try:
        value: dict[str, JsonValue] = json.loads(record)
        written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if written.encode() == record and _is_record(value):
            return value
    except (ValueError, RecursionError):
        pass
    raise malformed(name, row)


def _is_record(value: dict[str, JsonValue]) -> bool:
    """Tell whether an object is a ticket with its children, each of whom has an id."""
    if value.keys() != {"children", "ticket"} or not isinstance(value["ticket"], str):
        return False
    return all(
        isinstance(child, dict) and isinstance(child.get("id"), str) for child in value["children"]
    )
