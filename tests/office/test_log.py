"""The log is one chain, and every break in it is named."""

from hashlib import sha256

import pytest

from enroll.errors import InputError
from enroll.notices import message_of
from enroll.office.log import LOG, NO_HEAD, Step, chain, hashes_of, open_log, read_heads
from enroll.records import Source


def step(number):
    return Step("allocate", {"a": "0"}, {"b": f"{number:064}"}, "", "2026-07-10T01:00:00Z")


def filled(folder, count=4):
    """Return the path of a log of some steps."""
    for number in range(count):
        with open_log(folder) as log:
            log.append(step(number))
    return folder / LOG


def broken_line(content):
    with pytest.raises(InputError) as refused:
        read_heads(content)
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == ("LOG_BROKEN", LOG)
    return problem.row


def test_heads_are_those_of_the_published_vector():
    head = chain(chain(NO_HEAD, b'{"e":"open"}'), b'{"e":"freeze"}')
    assert (head[:8], head[-4:]) == ("1e1a0824", "68e7")


def test_a_head_hashes_the_head_before_and_the_line():
    expected = sha256(b"ALLOT1-LOG\0" + bytes(32) + b"line").hexdigest()
    assert chain(NO_HEAD, b"line") == expected


def test_every_line_names_the_head_before_it(tmp_path):
    content = filled(tmp_path).read_bytes()
    heads = read_heads(content)
    assert len(heads) == 5
    assert heads[0] == NO_HEAD
    for head, line in zip(heads, content.splitlines(), strict=False):
        assert f'"previous":"{head}"'.encode() in line


def test_a_log_goes_on_where_it_ended(tmp_path):
    content = filled(tmp_path).read_bytes()
    with open_log(tmp_path) as log:
        assert log.head == read_heads(content)[-1]
        assert log.append(step(4)) == log.head
    assert (tmp_path / LOG).read_bytes().startswith(content)


def test_a_log_knows_what_its_steps_made(tmp_path):
    filled(tmp_path)
    with open_log(tmp_path) as log:
        assert log.holds(f"{3:064}")
        assert not log.holds(f"{4:064}")


def test_a_changed_line_breaks_the_chain_at_the_next(tmp_path):
    lines = filled(tmp_path).read_bytes().splitlines(keepends=True)
    changed = lines[1].replace(b"01:00:00Z", b"02:00:00Z")
    assert broken_line(b"".join([lines[0], changed, *lines[2:]])) == 3


def test_a_line_taken_out_or_put_in_or_moved_breaks_the_chain(tmp_path):
    lines = filled(tmp_path).read_bytes().splitlines(keepends=True)
    assert broken_line(b"".join([lines[0], *lines[2:]])) == 2
    assert broken_line(b"".join([lines[0], lines[0], *lines[1:]])) == 2
    assert broken_line(b"".join([lines[0], lines[2], lines[1], lines[3]])) == 2


def test_two_logs_are_not_mixed(tmp_path):
    """A fork: both lines continue the same head."""
    (tmp_path / "other").mkdir()
    one = filled(tmp_path, 2).read_bytes().splitlines(keepends=True)
    other = filled(tmp_path / "other", 1).read_bytes()
    assert broken_line(one[0] + one[1] + other) == 3


@pytest.mark.parametrize(
    "line",
    [
        b"", b"[]", b"{}", b"1.5", b"\xff", b"[" * 5000,
        b'{"command":1.5,"in":{},"operator":"","out":{},"previous":"%s","time":"","version":""}',
        b'{"command":"\\ud800","in":{},"operator":"","out":{},"previous":"%s","time":"","version":""}',
        b'{"command":"","in":{},"operator":"","out":[],"previous":"%s","time":"","version":""}',
        b'{"command": "","in":{},"operator":"","out":{},"previous":"%s","time":"","version":""}',
    ],
)  # fmt: skip
def test_a_line_that_is_not_enroll_s_is_named(line):
    assert broken_line(line.replace(b"%s", NO_HEAD.encode()) + b"\n") == 1


def test_a_line_without_its_end_is_named_by_who_only_reads(tmp_path):
    assert broken_line(filled(tmp_path).read_bytes()[:-1]) == 4


def test_what_a_power_cut_left_of_a_line_is_taken_out(tmp_path):
    path = filled(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content + b'{"command":"allo')
    with open_log(tmp_path) as log:
        assert len(log.heads) == 5
    assert path.read_bytes() == content


@pytest.mark.parametrize("rest", [b"my notes", b"{}", b'{"b":1'])
def test_what_is_no_rest_of_a_step_is_not_taken_out(tmp_path, rest):
    path = filled(tmp_path)
    content = path.read_bytes() + rest
    path.write_bytes(content)
    with pytest.raises(InputError), open_log(tmp_path):
        pass
    assert path.read_bytes() == content


def test_a_whole_line_that_lost_its_end_is_kept(tmp_path):
    path = filled(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    with open_log(tmp_path) as log:
        log.append(step(9))
    assert path.read_bytes().startswith(content)
    assert len(read_heads(path.read_bytes())) == 6


def test_a_broken_log_is_not_continued(tmp_path):
    path = filled(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"01:00:00Z", b"02:00:00Z", 1))
    with pytest.raises(InputError), open_log(tmp_path):
        pass


def test_a_log_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / LOG).mkdir()
    with pytest.raises(InputError) as refused, open_log(tmp_path):
        pass
    assert [one.code for one in refused.value.problems] == ["LOG_NOT_WRITTEN"]


def test_a_log_that_cannot_be_read_says_so(tmp_path, monkeypatch):
    def fail(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("enroll.office.log.Log", fail)
    with pytest.raises(InputError) as refused, open_log(tmp_path):
        pass
    said = message_of(refused.value.problems[0], "en")
    assert said == "The log beside the scenario could not be read or written: Input/output error."


def test_files_of_one_name_keep_both_hashes():
    sources = [Source("applicants", "a.csv", "1", "", 0), Source("schools", "a.csv", "2", "", 0)]
    assert hashes_of(sources) == {"a.csv": "1", "schools a.csv": "2"}
