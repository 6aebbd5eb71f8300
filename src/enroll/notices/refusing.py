"""An ending in one sentence that the user can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.errors import UsageError
from enroll.notices.kinds import Phrase
from enroll.notices.language import translate
from enroll.notices.masking import printable

if TYPE_CHECKING:
    from enroll.notices.language import Language


def usage_error(sentence: str, language: Language, **params: object) -> UsageError:
    """Return what stops a command, in the user's language.

    Parameters
    ----------
    sentence
        To translate; names its values as `{name}`.
    params
        The values, shown as they are but for letters that would steer a terminal; a `Phrase`
        is translated.
    """
    shown = {
        name: value if isinstance(value, Phrase) else printable(str(value))
        for name, value in params.items()
    }
    return UsageError(translate(sentence, language, shown))
