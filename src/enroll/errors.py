"""What stops a command, and with which exit status.

Two endings are kept apart: the user's input is wrong (exit 2, no traceback), and a bug in
enroll (exit 3, always with a traceback: any exception that is not an `EnrollError`, a result
against the rules among them). A finding about a run is no ending: it is a notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.notices import Problem


class EnrollError(Exception):
    """An ending that the user can act on; its text is one sentence that says how."""

    exit_status = 2


class InputError(EnrollError):
    """The input or the command line is wrong: nothing was written.

    Parameters
    ----------
    problems
        Every problem found, blocking ones among them; at least one.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problem(s) in the input")

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Travel between processes with the problems, not with their number."""
        return type(self), (self.problems,)


class UsageError(EnrollError):
    """The command cannot be carried out as asked: one sentence that says what to do."""


class UnlawfulError(RuntimeError):
    """A result breaks a rule of the allocation: a bug in enroll, so nothing was written.

    Parameters
    ----------
    breaches
        One sentence per broken rule, naming the rule.
    """

    def __init__(self, breaches: Sequence[str]) -> None:
        self.breaches = tuple(breaches)
        super().__init__("\n".join(self.breaches))

    def __reduce__(self) -> tuple[type[UnlawfulError], tuple[tuple[str, ...]]]:
        """Travel between processes with the breaches, not with their text."""
        return type(self), (self.breaches,)


def assert_lawful(breaches: Sequence[str]) -> None:
    """Stop before anything is written if a result breaks a rule.

    Raises
    ------
    UnlawfulError
        If there is a breach.
    """
    if breaches:
        raise UnlawfulError(breaches)
