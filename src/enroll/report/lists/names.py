"""A child's name as a public list may show it."""

from __future__ import annotations

HIDDEN = "**"
"""Two asterisks, however long the rest is: its length is nobody's business."""

_COMPOUND = (
    "欧阳司马上官诸葛夏侯皇甫尉迟公孙慕容令狐宇文长孙司徒司空端木东方独孤南宫轩辕百里呼延闻人澹台公冶宗政濮阳"
    "淳于单于太叔申屠仲孙钟离赫连拓跋万俟东郭西门鲜于"
    "歐陽司馬諸葛尉遲公孫長孫東方獨孤南宮軒轅聞人澹臺濮陽單于仲孫鍾離赫連東郭鮮于"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))
"""Surnames of two characters."""


def public_name(name: str) -> str:
    """Return a name's surname and asterisks: `欧阳**`, `王**`, `S**`.

    A name of two characters has a surname of one, whatever the two are: nobody is called by a
    surname alone. Of names in other scripts one letter is left, since nobody knows which part
    is the surname. A name of one character, and one that does not begin with a letter, shows
    nothing. A missing name stays empty.
    """
    letters = "".join(name.split())
    if len(letters) > 2 and letters[:2] in COMPOUND_SURNAMES:
        return letters[:2] + HIDDEN
    shown = letters[:1] if len(letters) > 1 and letters[0].isalpha() else ""
    return shown + HIDDEN if letters else ""
