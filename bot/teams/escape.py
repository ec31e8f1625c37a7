"""Other people's words on a card: as they wrote them, and nothing but words.

Text blocks are Markdown with templating (`{{DATE(...)}}`, `${...}`); Teams makes mentions of
`<at>` tags and links of addresses. Text that pretends (bidirectional overrides, characters
without width) is a trick as well.
"""

from __future__ import annotations

import re
import unicodedata

_AT_TAG = re.compile(r"<\s*/?\s*at\b[^<>]*>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_OPENED_TWICE = re.compile(r"\{(?=\{)")
_TEMPLATE = re.compile(r"\$(?=\{)")
# Markdown's own punctuation; what makes addresses of words (//, @, a dot between letters); and
# what makes a list of a line that begins with it.
_ACTIVE = re.compile(r"[\\`*_\[\]()<>#~|!&{}@]|/(?=/)|(?<=/)/|(?<=\w)\.(?=[^\W\d])|^[-+=]")
_NUMBERED = re.compile(r"^(\d+)([.)])")

_JOINER = "\u200d"  # holds emoji of several people or things together


def _pictograph(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk", "Mn") and ord(character) > 0x2000


def _visible(text: str) -> str:
    kept: list[str] = []
    for index, character in enumerate(text):
        category = unicodedata.category(character)
        if character.isspace():
            kept.append(" ")
        elif character == _JOINER:
            after = text[index + 1 : index + 2]
            if kept and after and _pictograph(kept[-1]) and _pictograph(after):
                kept.append(character)
        elif category not in ("Cc", "Cf", "Cs"):
            kept.append(character)
    return "".join(kept)


def plain(text: str) -> str:
    """Return `text` on one line without tags, marks of templating and hidden characters.

    For places that are not Markdown: titles of buttons, summaries.
    """
    text = _visible(text)
    while (without := _AT_TAG.sub("", text)) != text:
        text = without
    text = _TEMPLATE.sub("$ ", _OPENED_TWICE.sub("{ ", text))
    return _SPACE.sub(" ", text).strip()


def markdown(text: str) -> str:
    """Return `text` such that a text block shows exactly `plain(text)`."""
    escaped = _ACTIVE.sub(lambda mark: "\\" + mark.group(), plain(text))
    return _NUMBERED.sub(r"\1\\\2", escaped)
