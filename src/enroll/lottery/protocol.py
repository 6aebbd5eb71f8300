"""The texts of the protocol ALLOT1, byte for byte, and parsers that refuse all others.

Every text is ASCII with LF at the end of each line. A text that was read gives the same bytes
when it is written again, so no two texts mean the same and a hash of one is a hash of both.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from enroll.errors import InputError
from enroll.lottery.ranks import ONE_DRAW_FOR_ALL, rank_key
from enroll.notices import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

ROLL, RULES, COMMIT, SOURCES = "roll.txt", "rules.json", "commit.txt", "sources.txt"
SEED, ORDER = "seed.txt", "order.csv"
REHEARSAL = "test-"
"""How the id of a draw begins that decides nothing."""

TICKET = re.compile(r"[A-Z0-9]{4,32}")
DRAW_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
SOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
SOURCE_VALUE = re.compile(r"[0-9a-z.+-]{1,128}")
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_HEADS = {ROLL: "ALLOT1-ROLL", COMMIT: "ALLOT1-COMMIT", SOURCES: "ALLOT1-SOURCES"}
_SEED_PREFIX = b"ALLOT1-SEED\0"


def malformed(name: str, row: int) -> InputError:
    """Return the refusal of a file that is not as the protocol writes it."""
    return InputError([Problem("DRAW_FILE_MALFORMED", name, row)])


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hex."""
    return sha256(content).hexdigest()


def is_time(text: str) -> bool:
    """Tell whether a text is a moment in UTC as the protocol writes it."""
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=UTC).strftime(_TIME) == text
    except ValueError:
        return False


@dataclass(frozen=True)
class Roll:
    """All tickets of a draw.

    Parameters
    ----------
    draw_id
        Name of the draw.
    tickets
        Ascending by byte, each once.
    """

    draw_id: str
    tickets: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Return `roll.txt`."""
        return _text(_HEADS[ROLL], self.draw_id, str(len(self.tickets)), *self.tickets)


@dataclass(frozen=True)
class Commitment:
    """What a draw commits to before any source has a value; the fields are the file's lines.

    Parameters
    ----------
    draw
        Id of the draw.
    roll, rules
        SHA-256 of `roll.txt` and `rules.json`.
    inputs
        Root over the salted records.
    program
        SHA-256 of the list of the program's files.
    sources
        Names of the sources, in order.
    published, draw_after
        UTC: when the commitment is made public, and before when no source may have a value.
    """

    draw: str
    roll: str
    inputs: str
    rules: str
    program: str
    sources: tuple[str, ...]
    published: str
    draw_after: str

    def to_bytes(self) -> bytes:
        """Return `commit.txt`."""
        values = {**vars(self), "sources": ",".join(self.sources)}
        return _text(_HEADS[COMMIT], *(f"{key}={value}" for key, value in values.items()))


def read_roll(content: bytes) -> Roll:
    """Return the tickets of `roll.txt`.

    Raises
    ------
    InputError
        Naming the first line that is not as the protocol writes it.
    """
    lines = _lines(content, ROLL)
    _hold(len(lines) >= 3, ROLL, len(lines) + 1)
    head, draw_id, count, *tickets = lines
    _hold(head == _HEADS[ROLL], ROLL, 1)
    _hold(DRAW_ID.fullmatch(draw_id) is not None, ROLL, 2)
    _hold(count == str(len(tickets)), ROLL, 3)
    for row, ticket in enumerate(tickets):
        in_order = row == 0 or tickets[row - 1] < ticket
        _hold(in_order and TICKET.fullmatch(ticket) is not None, ROLL, row + 4)
    return Roll(draw_id, tuple(tickets))


def read_commit(content: bytes) -> Commitment:
    """Return what `commit.txt` says.

    Raises
    ------
    InputError
        Naming the first line that is not as the protocol writes it.
    """
    lines = _lines(content, COMMIT)
    keys = [field.name for field in fields(Commitment)]
    _hold(lines[:1] == [_HEADS[COMMIT]], COMMIT, 1)
    values = {}
    for row, key in enumerate(keys, start=2):
        found, _, value = (lines[row - 1] if row <= len(lines) else "").partition("=")
        _hold(found == key and _fits(key, value), COMMIT, row)
        values[key] = value
    _hold(len(lines) == len(keys) + 1, COMMIT, len(keys) + 2)
    sources = tuple(values.pop("sources").split(","))
    return Commitment(**values, sources=sources)


def _fits(key: str, value: str) -> bool:
    """Tell whether a value of `commit.txt` has the form of its key."""
    if key == "draw":
        return DRAW_ID.fullmatch(value) is not None
    if key == "sources":
        names = value.split(",")
        return len(set(names)) == len(names) and all(map(SOURCE_NAME.fullmatch, names))
    if key in ("published", "draw_after"):
        return is_time(value)
    return _HASH.fullmatch(value) is not None


def sources_bytes(values: Iterable[tuple[str, str]]) -> bytes:
    """Return `sources.txt` from the sources' names and values, in the committed order."""
    return _text(_HEADS[SOURCES], *(f"{name}={value}" for name, value in values))


def read_sources(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return the names and values of `sources.txt`.

    Raises
    ------
    InputError
        Naming the first line that is not as the protocol writes it.
    """
    lines = _lines(content, SOURCES)
    _hold(lines[:1] == [_HEADS[SOURCES]] and len(lines) > 1, SOURCES, 1)
    values = []
    for row, line in enumerate(lines[1:], start=2):
        name, _, value = line.partition("=")
        well = SOURCE_NAME.fullmatch(name) and SOURCE_VALUE.fullmatch(value)
        _hold(well is not None, SOURCES, row)
        values.append((name, value))
    return tuple(values)


def seed_of(commit: bytes, sources: bytes) -> bytes:
    """Return the seed that `commit.txt` and `sources.txt` fix together: 32 bytes."""
    return sha256(_SEED_PREFIX + sha256(commit).digest() + sha256(sources).digest()).digest()


def seed_bytes(seed: bytes) -> bytes:
    """Return `seed.txt`."""
    return _text(seed.hex())


def order_bytes(seed: bytes, roll: Roll, scope: str = ONE_DRAW_FOR_ALL) -> bytes:
    """Return `order.csv`: rank, ticket and key of every ticket, the first drawn first."""
    keys = [(rank_key(seed, roll.draw_id, scope, one.encode()), one) for one in roll.tickets]
    lines = (f"{at},{ticket},{key.hex()}" for at, (key, ticket) in enumerate(sorted(keys), 1))
    return _text("rank,ticket,key", *lines)


def drand_matches(randomness: str, signature: str) -> bool:
    """Tell whether a drand round's randomness is the SHA-256 of its signature, both in hex."""
    try:
        expected = sha256(bytes.fromhex(signature)).hexdigest()
    except ValueError:
        return False
    return hmac.compare_digest(expected, randomness)


def _text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def _lines(content: bytes, name: str) -> list[str]:
    """Return the lines of an ASCII text that ends with a line end."""
    try:
        *lines, rest = content.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise malformed(name, content.count(b"\n", 0, error.start) + 1) from None
    _hold(not rest and "\r" not in content.decode("ascii"), name, len(lines) + 1)
    return lines


def _hold(holds: bool, name: str, row: int) -> None:
    if not holds:
        raise malformed(name, row)
