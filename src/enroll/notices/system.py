"""What the system says against a file, in the reader's language instead of the machine's."""

from __future__ import annotations

import errno

from enroll.notices.kinds import N_, Phrase

_REASONS = {
    "ENOENT": N_("No such file or directory"),
    "EACCES": N_("Permission denied"),
    "EPERM": N_("Operation not permitted"),
    "EEXIST": N_("File exists"),
    "EISDIR": N_("Is a directory"),
    "ENOTDIR": N_("Not a directory"),
    "ENOTEMPTY": N_("Directory not empty"),
    "ENOSPC": N_("No space left on device"),
    "EDQUOT": N_("Disk quota exceeded"),
    "EROFS": N_("Read-only file system"),
    "EBUSY": N_("Device or resource busy"),
    "EMFILE": N_("Too many open files"),
    "ENAMETOOLONG": N_("File name too long"),
    "ELOOP": N_("Too many levels of symbolic links"),
    "EIO": N_("Input/output error"),
}
"""By the name of the number, which differs from system to system, as its words do."""


def why(error: OSError) -> Phrase | str:
    """Return in a few words why a file could not be read or written.

    What is not known here is said as the system says it.
    """
    name = errno.errorcode.get(error.errno or 0, "")
    if name in _REASONS:
        return Phrase(_REASONS[name])
    return error.strerror or type(error).__name__
