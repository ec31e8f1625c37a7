"""The other day that a weekday may be: today, or a week later.

"On Monday", said on a Monday, is read as the next one, and "next Friday" as the nearest one: who
means the other day is told which one was taken.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.domain.reply import Phrase
from bot.grammar.lexer import lex
from bot.grammar.sentence import Sentence
from bot.grammar.tokens import Token
from bot.grammar.when.values import Point, Range, Since, Until

_WEEK = timedelta(days=7)


def other_week(sentence: Sentence) -> tuple[Sentence, tuple[Phrase, ...]] | None:
    """Return the sentence with the other day of its weekdays, and how those were read."""
    if not any(_weekday(token.value) for token in sentence.tokens):
        return None
    today = sentence.moment.local.date()
    words = lex(sentence.prepared, sentence.lexicon, typos=False)
    said_next = any(token.kind == "next" for token in words)
    moved: dict[int, Token] = {}
    notes: list[Phrase] = []
    for token in sentence.tokens:
        day = _weekday(token.value)
        if day is None or (other := _other(day, today, said_next=said_next)) is None:
            continue
        value = _on(token.value, other)
        moved[id(token)] = Token(token.kind, value, token.text, token.start, token.end)
        named = [
            word
            for word in words
            if word.kind in ("next", "weekday") and token.start <= word.start < token.end
        ]
        said = sentence.said(named[0], named[-1]) if named else token.text
        notes.append(Phrase("assumed-date", {"said": said, "day": day}))
    if not moved:
        return None
    other_sentence = replace(
        sentence,
        tokens=tuple(moved.get(id(token), token) for token in sentence.tokens),
        spoken=tuple(moved.get(id(token), token) for token in sentence.spoken),
    )
    return other_sentence, tuple(notes)


def _other(day: date, today: date, *, said_next: bool) -> date | None:
    ahead = day - today
    if ahead == _WEEK and not said_next:
        return today
    return day + _WEEK if ahead < _WEEK and said_next else None


def _weekday(value: Any) -> date | None:
    """Return the day of a time, an end or a start that was named by its weekday."""
    match value:
        case Range(start=point) | Since(start=Point() as point) | Until(end=Point() as point):
            return _weekday(point)
        case Point(how="weekday", day=day):
            return day
        case _:
            return None


def _on(value: Any, day: date) -> Any:
    match value:
        case Range(start=point) | Since(start=Point() as point):
            return replace(value, start=replace(point, day=day))
        case Until(end=Point() as point):
            return replace(value, end=replace(point, day=day))
        case _:
            return replace(value, day=day)
