"""What stops a file is said in the reader's language, whatever the machine speaks."""

from __future__ import annotations

import errno

import pytest

from enroll.notices.refusing import usage_error
from enroll.notices.system import why

SENTENCE = "{file} could not be written ({reason}): name another file that does not exist."


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (errno.EACCES, "Permission denied", "没有权限"),
        (errno.ENOSPC, "No space left on device", "磁盘空间不足"),
        (errno.ENOENT, "No such file or directory", "没有该文件或文件夹"),
        (errno.EEXIST, "File exists", "文件已存在"),
    ],
)
def test_a_reason_is_known_by_its_number(number: int, english: str, chinese: str) -> None:
    error = OSError(number, "Zugriff verweigert")
    told = [
        str(usage_error(SENTENCE, spoken, file="a", reason=why(error))) for spoken in ("en", "zh")
    ]
    assert told == [
        f"a could not be written ({english}): name another file that does not exist.",
        f"无法写入 a（{chinese}）：请换一个尚不存在的文件名。",
    ]


def test_a_reason_that_is_not_known_is_said_as_the_system_says_it() -> None:
    odd = max(errno.errorcode) + 1000
    assert why(OSError(odd, "odd")) == "odd"
    assert why(OSError("no number")) == "OSError"


def test_a_reason_steers_no_terminal() -> None:
    error = why(OSError(max(errno.errorcode) + 1000, "a\x1b[31m"))
    assert "\x1b" not in str(usage_error(SENTENCE, "zh", file="\x1b[2J", reason=error))
