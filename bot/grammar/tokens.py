"""Tokens, their kinds, and patterns over kinds.

A kind is a name; each name stands for one private character, so that a list of tokens is a string
and a rule over tokens is an ordinary regular expression: "num unit" matches a number and a unit.
"""

from __future__ import annotations

import re
from typing import Any

_LETTERS: dict[str, str] = {}
_NAME = re.compile(r"[a-z_]+")


def letter(kind: str) -> str:
    """Return the character that stands for a kind."""
    found = _LETTERS.get(kind)
    if found is None:
        found = _LETTERS[kind] = chr(0x3000 + len(_LETTERS))
    return found


def pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern whose words are kinds: `(num) unit (and? num unit)*`."""
    return re.compile(_NAME.sub(lambda m: letter(m[0]), text).replace(" ", ""))


class Token:
    """A piece of the utterance: `start` and `end` are places in the folded text."""

    __slots__ = ("end", "kind", "letter", "start", "text", "value")

    def __init__(self, kind: str, value: Any, text: str, start: int, end: int) -> None:
        self.kind = kind
        self.letter = letter(kind)
        self.value = value
        self.text = text
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f"{self.kind}:{self.text}"


def shape(tokens: list[Token]) -> str:
    """Return the kinds of `tokens` as a string of their letters."""
    return "".join([token.letter for token in tokens])
