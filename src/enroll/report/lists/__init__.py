"""The lists that go out after a run: public notice, schools, letters, messages, the office."""

from __future__ import annotations

from enroll.report.lists.contents import RunUnfit, read_contents
from enroll.report.lists.counting import assert_counted
from enroll.report.lists.identity import Identity, read_identity
from enroll.report.lists.making import Listing, make_lists
from enroll.report.lists.names import public_name
from enroll.report.lists.screen import lists_view

__all__ = [
    "Identity",
    "Listing",
    "RunUnfit",
    "assert_counted",
    "lists_view",
    "make_lists",
    "public_name",
    "read_contents",
    "read_identity",
]
