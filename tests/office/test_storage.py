"""Files of a draw are complete or absent, whatever happens."""

import os

import pytest

from enroll.office import storage


def failing(*_, **__):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", ["fsync", "rename"])
def test_a_folder_that_could_not_be_finished_is_absent(tmp_path, monkeypatch, name):
    monkeypatch.setattr(os, name, failing)
    with pytest.raises(OSError, match="No space"):
        storage.write_folder(tmp_path / "draw", {"a": b"1", "private/b": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_left_alone(tmp_path):
    storage.write_folder(tmp_path / "draw", {"a": b"1"})
    with pytest.raises(FileExistsError):
        storage.write_folder(tmp_path / "draw", {"a": b"2"})
    assert (tmp_path / "draw" / "a").read_bytes() == b"1"


def test_very_many_files_are_all_written(tmp_path):
    files = {f"private/receipts/{number}": b"%d" % number for number in range(150)}
    storage.write_folder(tmp_path / "draw", {"private/a": b"", **files})
    for name, content in files.items():
        assert (tmp_path / "draw" / name).read_bytes() == content


def test_what_another_process_left_unfinished_is_no_obstacle(tmp_path):
    (tmp_path / ".draw.unfinished.1").mkdir()
    (tmp_path / ".a.unfinished.1").write_bytes(b"")
    storage.write_folder(tmp_path / "draw", {"a": b"1"})
    storage.write_once(tmp_path / "a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"


def test_a_file_is_written_once(tmp_path):
    storage.write_once(tmp_path / "a", b"1")
    with pytest.raises(FileExistsError):
        storage.write_once(tmp_path / "a", b"2")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"1"]


@pytest.mark.parametrize("write", [storage.replace_file, storage.write_once])
def test_a_file_that_could_not_be_finished_leaves_the_earlier_one(tmp_path, monkeypatch, write):
    (tmp_path / "a").write_bytes(b"1")
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "a", b"2")
    assert (tmp_path / "a").read_bytes() == b"1"


def test_a_file_is_replaced_whole(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    storage.replace_file(tmp_path / "a", b"2")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"2"]
