"""One utterance on its way to a reading: its tokens, and its form as a folded sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.domain.commands import Choosable, Command
from bot.domain.journal import Running
from bot.domain.moment import Moment
from bot.domain.reply import Phrase
from bot.grammar.lexicon import MARKS, Lexicon
from bot.grammar.normalise import Prepared
from bot.grammar.tokens import Token
from bot.grammar.when.resolve import Resolver


@dataclass(frozen=True, slots=True)
class Either:
    """Commands that are as good as each other: the person is asked."""

    commands: tuple[Choosable, ...]


# What a rule makes of an utterance: a command, several, a problem, or nothing.
Made = Command | Either | Phrase | None

_TIME_MARKS = frozenset("\ue001\ue003\ue004\ue005\ue006\ue007\ue008\ue009\ue00a")
_TIME_MARK_OF = {
    "soon": "lasting", "allday": "ending", "span_end": "ending", "times": "point", "bad": "point",
    "far": "point",
}  # fmt: skip
_SILENT = frozenset({"comma", "stop", "bang", "blank", "hyphen", "noise", "dash"})
_TRIMMED = " \t\r\n,;:.!?-–—()[]。，、：；！？"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of an utterance, and what is known around it."""

    prepared: Prepared
    tokens: tuple[Token, ...]
    lexicon: Lexicon
    resolver: Resolver
    running: Running | None
    presets: Collection[str]
    text: str = ""
    starts: tuple[int, ...] = ()
    spoken: tuple[Token, ...] = ()

    @property
    def moment(self) -> Moment:
        """Return when and where the utterance was said."""
        return self.resolver.moment

    def said(self, first: Token, last: Token) -> str:
        """Return the person's own words from one token to another."""
        return tidy(self.prepared.said(first.start, last.end))


def tidy(text: str) -> str:
    """Return somebody's words without the marks and blanks around them."""
    text = text.replace("\ue020", "").replace("\ue021", "").strip()
    stripped = text.strip(_TRIMMED)
    if stripped.count("(") > stripped.count(")") and text.rstrip(".,;").endswith(")"):
        stripped += ")"
    return " ".join(stripped.split())


def mark_of(token: Token) -> str | None:
    """Return the private character that stands for a time, an availability or the like."""
    return MARKS.get(_TIME_MARK_OF.get(token.kind, token.kind))


def spell(
    tokens: tuple[Token, ...], *, spaceless: bool = False
) -> tuple[str, tuple[int, ...], tuple[Token, ...]]:
    """Return the folded sentence, where each of its tokens starts, and those tokens."""
    pieces: list[str] = []
    starts: list[int] = []
    spoken: list[Token] = []
    place = 0
    for token in tokens:
        if token.kind in _SILENT:
            continue
        piece = mark_of(token) or token.text
        if spaceless:
            piece = piece.replace(" ", "")
        starts.append(place)
        spoken.append(token)
        pieces.append(piece)
        place += len(piece) + (0 if spaceless else 1)
    return ("" if spaceless else " ").join(pieces), tuple(starts), tuple(spoken)


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence pattern that matched the whole utterance."""

    sentence: Sentence
    match: re.Match[str]
    rule: str
    values: dict[str, object] = field(default_factory=dict)

    def tokens(self, name: str) -> tuple[Token, ...]:
        """Return the tokens of a named part; none where it is empty."""
        if name not in self.match.re.groupindex or self.match[name] is None:
            return ()
        starts = self.sentence.starts
        first = bisect_right(starts, self.match.start(name)) - 1
        if starts[first] < self.match.start(name) and self.match[name].startswith(" "):
            first += 1
        return self.sentence.spoken[first : bisect_left(starts, self.match.end(name))]

    def words(self, name: str) -> str | None:
        """Return the person's own words of a named part."""
        found = self.tokens(name)
        if not found:
            return None
        if len(found) == 1 and found[0].kind in {"quote", "mention"}:
            return str(found[0].value)
        return self.sentence.said(found[0], found[-1]) or None

    def has(self, name: str) -> bool:
        """Return whether a named part is there."""
        return name in self.match.re.groupindex and self.match[name] is not None

    def times(self) -> list[Token]:
        """Return the times of the sentence, apart from those in free words."""
        free: set[int] = set()
        for name in ("text", "ref", "who", "name", "body", "location", "zone", "steps"):
            free.update(id(t) for t in self.tokens(name))
        return [t for t in self.sentence.spoken if id(t) not in free and is_time(t)]

    def all(self, kind: str) -> list[Token]:
        """Return the tokens of a kind."""
        return [t for t in self.sentence.spoken if t.kind == kind]


def is_time(token: Token) -> bool:
    """Return whether a token stands for a time."""
    return mark_of(token) in _TIME_MARKS
