"""The folder of a draw: what lies in it, and whether each part fits the others."""

from __future__ import annotations

import json
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import enroll
from enroll.errors import InputError
from enroll.lottery.frozen import RECORDS, Frozen, read_frozen
from enroll.lottery.protocol import (
    COMMIT,
    DRAW_ID,
    ORDER,
    ROLL,
    RULES,
    SEED,
    SOURCES,
    Commitment,
    Roll,
    malformed,
    order_bytes,
    read_commit,
    read_roll,
    read_sources,
    seed_bytes,
    seed_of,
    sha256_hex,
)
from enroll.notices import Problem
from enroll.notices.system import why
from enroll.report.json_out import json_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enroll.records import JsonValue

FREEZE = "freeze.json"
TICKETS = "private/tickets.csv"
RECEIPTS = "private/receipts"
ORIGIN = "private/origin.json"
"""Where the scenario of the draw lies, seen from the folder of the draw."""

_PUBLIC = (FREEZE, ROLL, RULES, COMMIT, SOURCES, SEED, ORDER)


@dataclass(frozen=True)
class DrawFolder:
    """A draw as it lies on the disk; each part is checked against the others when first used.

    Parameters
    ----------
    path
        The folder.
    files
        The public files that are there, by name.
    """

    path: Path
    files: dict[str, bytes]

    def need(self, name: str) -> bytes:
        """Return a public file.

        Raises
        ------
        InputError
            Where it is missing.
        """
        if name not in self.files:
            raise InputError([Problem("DRAW_FILE_MISSING", name)])
        return self.files[name]

    @cached_property
    def freeze(self) -> dict[str, JsonValue]:
        """What `freeze.json` says: `count`, `draw_id`, `inputs`, `roll`."""
        value = _canonical(FREEZE, self.need(FREEZE))
        if value.keys() != {"count", "draw_id", "inputs", "roll"}:
            raise malformed(FREEZE, 1)
        named = isinstance(value["draw_id"], str) and DRAW_ID.fullmatch(value["draw_id"])
        if not named or not isinstance(value["count"], int):
            raise malformed(FREEZE, 1)
        return value

    @cached_property
    def rules(self) -> dict[str, JsonValue]:
        """What `rules.json` says."""
        value = _canonical(RULES, self.need(RULES))
        if not isinstance(value.get("log_head"), str):
            raise malformed(RULES, 1)
        return value

    @cached_property
    def roll(self) -> Roll:
        """The tickets, as they were frozen."""
        content = self.need(ROLL)
        if sha256_hex(content) != self.freeze["roll"]:
            raise _changed(ROLL, FREEZE)
        roll = read_roll(content)
        if (len(roll.tickets), roll.draw_id) != (self.freeze["count"], self.freeze["draw_id"]):
            raise _changed(FREEZE, ROLL)
        return roll

    @cached_property
    def frozen(self) -> Frozen:
        """The records of all tickets, as they were frozen."""
        frozen = read_frozen(self._private(RECORDS))
        if frozen.root != self.freeze["inputs"]:
            raise _changed(RECORDS, FREEZE)
        if frozen.tickets != self.roll.tickets:
            raise InputError([Problem("DRAW_TICKETS_DIFFER", RECORDS)])
        return frozen

    @cached_property
    def commitment(self) -> Commitment:
        """What the draw committed to, which is what the other files hold."""
        if COMMIT not in self.files:
            raise InputError([Problem("DRAW_NOT_COMMITTED", self.path.name)])
        commitment = read_commit(self.files[COMMIT])
        held = {
            ROLL: (commitment.roll, sha256_hex(self.need(ROLL))),
            RULES: (commitment.rules, sha256_hex(self.need(RULES))),
            RECORDS: (commitment.inputs, self.freeze["inputs"]),
            FREEZE: (commitment.draw, self.freeze["draw_id"]),
        }
        for name, (said, found) in held.items():
            if said != found:
                raise _changed(name, COMMIT)
        return commitment

    @cached_property
    def seed(self) -> bytes:
        """The seed that the commitment and the sources give."""
        names = tuple(name for name, _ in read_sources(self.need(SOURCES)))
        if names != self.commitment.sources:
            expected = {"expected": self.commitment.sources}
            raise InputError([Problem("DRAW_SOURCES_DIFFER", SOURCES, params=expected)])
        return seed_of(self.need(COMMIT), self.need(SOURCES))

    @cached_property
    def order(self) -> bytes:
        """`order.csv`, as the seed gives it and as it lies in the folder."""
        if SEED not in self.files or ORDER not in self.files:
            raise InputError([Problem("DRAW_UNFINISHED", self.path.name)])
        order = order_bytes(self.seed, self.roll)
        for name, expected in ((SEED, seed_bytes(self.seed)), (ORDER, order)):
            if self.files[name] != expected:
                raise InputError([Problem("DRAW_RESULT_WRONG", name)])
        return order

    @property
    def keeps_private_files(self) -> bool:
        """Whether the office's own files are here, and not only what is public."""
        return os.path.lexists((self.path / RECORDS).parent)

    def origin(self) -> Path | None:
        """Return where the scenario of the draw should be, or None where that is not known."""
        try:
            value = json.loads(self._private(ORIGIN))
        except (ValueError, RecursionError, InputError):
            return None
        named = value.get("scenario") if isinstance(value, dict) else None
        return self.path / named if isinstance(named, str) else None

    def check_tickets(self) -> None:
        """Hold the table of tickets and every receipt against the frozen records.

        Raises
        ------
        InputError
            Naming the first file that is not as the freeze wrote it.
        """
        if self._private(TICKETS) != tickets_csv(self.frozen):
            raise InputError([Problem("DRAW_TICKETS_DIFFER", TICKETS)])
        for name, content in receipts(self.frozen, self.roll.draw_id).items():
            if self._private(name) != content:
                raise _changed(name, FREEZE)

    def _private(self, name: str) -> bytes:
        return _read(self.path / name, name)


def open_draw(folder: Path) -> DrawFolder:
    """Return the draw in a folder, as far as it has come.

    Raises
    ------
    InputError
        Where no draw was frozen there.
    """
    files = {}
    for name in _PUBLIC:
        path = folder / name
        if os.path.lexists(path):
            files[name] = _read(path, name)
    if FREEZE not in files:
        raise InputError([Problem("DRAW_FOLDER_MISSING", folder.name)])
    return DrawFolder(folder, files)


def _read(path: Path, name: str) -> bytes:
    """Return a file's bytes; what is no file, such as a device or a pipe, is never opened."""
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return path.read_bytes()
    except OSError:
        pass
    raise InputError([Problem("DRAW_FILE_MISSING", name)])


def _canonical(name: str, content: bytes) -> dict[str, JsonValue]:
    """Return the object of a file that is written as enroll writes it, and no other."""
    try:
        value: JsonValue = json.loads(content)
        if isinstance(value, dict) and json_bytes(value) == content:
            return value
    except (ValueError, TypeError, RecursionError):
        pass
    raise malformed(name, 1)


def tickets_csv(frozen: Frozen) -> bytes:
    """Return `tickets.csv`: the ticket of each child, ascending by applicant_id."""
    pairs = sorted(frozen.ticket_of().items(), key=lambda pair: pair[0].encode())
    lines = [f"{applicant_id},{ticket}\n" for applicant_id, ticket in pairs]
    return "".join(["applicant_id,ticket\n", *lines]).encode()


def receipts(frozen: Frozen, draw_id: str) -> dict[str, bytes]:
    """Return every family's receipt by its file name: record, salt, and path to the root."""
    count = len(frozen.tickets)
    head = '{"count":%d,"draw_id":"%s","index":%d,"path":[%s],"record":'
    made = {}
    for index, path in enumerate(frozen.paths()):
        hashes = ",".join(f'"{one.hex()}"' for one in path)
        ticket, salt = frozen.tickets[index], frozen.salts[index].hex()
        start = (head % (count, draw_id, index, hashes)).encode()
        end = f',"salt":"{salt}","ticket":"{ticket}"}}\n'.encode()
        made[f"{RECEIPTS}/{ticket}.json"] = start + frozen.records[index] + end
    return made


def program_hash() -> str:
    """Return the SHA-256 of the list of enroll's own files, in the form of `SHA256SUMS`.

    Compiled Python and the template of messages are no part of the program as it is built.
    """
    home = Path(enroll.__file__).parent
    lines = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(home).as_posix()}\n"
        for path in home.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pot"
    ]
    return sha256_hex("".join(sorted(lines, key=lambda line: line[66:].encode())).encode())


def named_hashes(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the hash of each file of a draw by its name in the log."""
    return {f"{folder.name}/{name}": sha256_hex(content) for name, content in files.items()}


def refused(code: str, file: str = "", column: str = "", **params: object) -> InputError:
    """Return the one reason why a command on a draw is refused."""
    return InputError([Problem(code, file, column=column, params=params)])


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the system says against writing a draw into a sentence."""
    try:
        yield
    except OSError as error:
        raise refused("DRAW_NOT_WRITTEN", folder.name, reason=why(error)) from error


def _changed(name: str, since: str) -> InputError:
    return InputError([Problem("DRAW_FILE_CHANGED", name, params={"since": since})])
