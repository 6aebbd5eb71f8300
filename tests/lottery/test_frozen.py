"""Frozen records: written, read back and bound by one root."""

import pytest

from enroll.errors import InputError
from enroll.lottery.frozen import Frozen, read_frozen
from enroll.lottery.merkle import leaf_hash, root_from
from enroll.lottery.protocol import sha256_hex

RECORDS = (
    b'{"children":[{"id":"A1"},{"id":"A2"}],"ticket":"AAAA"}',
    b'{"children":[{"id":"A3"}],"ticket":"BBBB"}',
)
FROZEN = Frozen(("AAAA", "BBBB"), RECORDS, (b"\1" * 32, b"\2" * 32))


def test_what_is_written_is_read_as_it_was():
    assert read_frozen(FROZEN.to_lines()) == FROZEN


def test_the_root_binds_salt_and_record():
    leaf = leaf_hash(b"\2" * 32 + RECORDS[1])
    assert root_from(leaf, 1, 2, FROZEN.paths()[1]).hex() == FROZEN.root


def test_every_child_has_the_ticket_of_its_record():
    assert FROZEN.ticket_of() == {"A1": "AAAA", "A2": "AAAA", "A3": "BBBB"}


def test_nobody_is_frozen_too():
    assert read_frozen(b"").root == sha256_hex(b"")


LINES = FROZEN.to_lines()


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (LINES[:-1], 2),
        (LINES.replace(b"01" * 32, b"01" * 31), 1),
        (LINES.replace(b'"id":"A3"', b'"id": "A3"'), 2),
        (LINES.replace(b'"id":"A3"', b'"id":3'), 2),
        (LINES.replace(b'"id":"A3"', b'"id:"A3"'), 2),
        (LINES.replace(b'"ticket":"BBBB"', b'"ticket":1'), 2),
        (b"".join(reversed(LINES.splitlines(keepends=True))), 0),
        (LINES.replace(b"BBBB", b"AAAA"), 0),
        (LINES.replace(b'"A3"', b'"A1"'), 0),
        (LINES.replace(b'"A3"', b'"\xff"'), 2),
        (LINES.replace(b'"A3"', b'"\\ud800"'), 2),
        (LINES.replace(b'{"id":"A3"}', b'{"id":' + b"[" * 9000 + b"}"), 2),
        (LINES.replace(b'[{"id":"A3"}]', b'[{"id":"A3"},3,{}]'), 2),
        (LINES.replace(b'[{"id":"A3"}]', b'[{"id":"A3","x":[{}],"ticket":""}]'), 2),
        (b"\n", 1),
    ],
)
def test_other_lines_are_refused(content, row):
    with pytest.raises(InputError) as refused:
        read_frozen(content)
    assert [(one.code, one.row) for one in refused.value.problems] == [("DRAW_FILE_MALFORMED", row)]
