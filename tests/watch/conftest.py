"""What the watch says about a small run, in English."""

import pytest

from enroll.notices import level_of, message_of, remedy_of
from enroll.watch import watch
from tests.small import make_run


@pytest.fixture
def said():
    """Return a function from a small run to `{code: [(level, message, remedy)]}`."""

    def say(inputs, placement, **keys):
        found = {}
        for notice in watch(*make_run(inputs, placement, **keys)):
            words = level_of(notice), message_of(notice, "en"), remedy_of(notice, "en")
            found.setdefault(notice.code, []).append(words)
        return found

    return say
