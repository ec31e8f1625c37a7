"""Leaving one occurrence out of what recurs, pausing it, and letting it come again.

What is named is never all of it: a name that is a time too ("Mittag") stays a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.plan_commands import Pause, SkipOnce
from bot.grammar.lexer import lex
from bot.grammar.periods import Misfit, period
from bot.grammar.rules.plans import LONGEST_NAME, NO_PLAN, named
from bot.grammar.sentence import Hit, Made, Sentence, is_time
from bot.grammar.tokens import Token
from bot.grammar.when.values import Clock, Point, Range, Until

_SAYS_NOON = frozenset(
    {("part", "lunch"), ("named_clock", "12:00"), ("today_part", "0:lunch"),
     ("today_part", "1:lunch")}
)  # fmt: skip
_NOT_NAMED = (NO_PLAN | {"me", "set", "other", "mention"}) - {"everything"}
_BETWEEN = frozenset({"of", "for", "on", "at", "in", "from", "the", "me", "glue", "comma"})


def skip_once(hit: Hit) -> Made:
    """Leave one occurrence out."""
    tokens = list(hit.tokens("ref"))
    days = [token for token in hit.times() if _day(token)]
    while tokens and _day(tokens[0]):  # "skip tomorrow the lunch"
        days.append(tokens.pop(0))
    while tokens and _day(tokens[-1]):
        days.append(tokens.pop())
    while tokens and tokens[-1].kind in _BETWEEN:
        tokens.pop()
    ref = named(hit.sentence, tokens) or _noon(hit.sentence, [*days, *hit.times()])
    return SkipOnce(ref=ref, day=_day(days[-1]) if days else None)


def pause(hit: Hit) -> Made:
    """Stop something recurring for a while."""
    about = hit.tokens("ref")
    if hit.has("halt") and (_is_about_me(about) or hit.words("halt") != hit.values["halt"]):
        return None  # "mets-moi en pause", "mets-moi en réunion"
    if hit.has("halt") and all(map(is_time, about)):
        return None  # "mets en pause jusqu'à 15h": a break
    spoken = all(is_time(t) or t.kind == "everything" for t in about)  # all of it, until Monday
    times = [*hit.times(), *(t for t in about if spoken and is_time(t))]
    ref = _noon(hit.sentence, times) if spoken else named(hit.sentence, about)
    if ref is None and not spoken:
        return None  # "put me on hold"
    times = [t for t in map(_until, times) if t is not None] if spoken and ref else times
    until = None
    if times:
        try:
            until = period(times, hit.sentence.resolver).end
        except Misfit:
            return None
    return Pause(ref=ref, until=until)


def resume(hit: Hit) -> Made:
    """Let something recurring come again: its pause ends now."""
    about = hit.tokens("ref")
    now = hit.sentence.moment.now
    if not about or all(t.kind == "everything" for t in about):
        return Pause(until=now)
    if len(about) > LONGEST_NAME or _is_about_me(about):
        return None
    ref = _noon(hit.sentence, about) if all(map(is_time, about)) else named(hit.sentence, about)
    return None if ref is None else Pause(ref=ref, until=now)


def _is_about_me(tokens: Sequence[Token]) -> bool:
    return any(t.kind in _NOT_NAMED for t in tokens)


def _day(token: Token) -> date | None:
    return token.value.day if token.kind == "point" else None


def _is_noon(value: object) -> bool:
    match value:
        case Point(part="lunch", clock=None) | Point(part=None, clock=Clock(hour=12, minute=0)):
            return True
        case Range(start=Point(day=None) as start):
            return _is_noon(start)
        case _:
            return False


def _noon(sentence: Sentence, times: Sequence[Token]) -> str | None:
    """Return the word for noon in these times, where one is there: it names the lunch, too."""
    for time in times:
        if time.kind in {"point", "range"} and _is_noon(time.value):
            for word in lex(sentence.prepared, sentence.lexicon):
                inside = time.start <= word.start < time.end
                if inside and (word.kind, word.value) in _SAYS_NOON:
                    return sentence.said(word, word).split()[-1]  # "morgen Mittag" is one entry
    return None


def _until(token: Token) -> Token | None:
    """Return a time without the noon in it, which is a name: "Mittag bis Freitag"."""
    if token.kind not in {"point", "range"} or not _is_noon(token.value):
        return token
    if token.kind == "point":
        return None
    return Token("ending", Until(end=token.value.end), token.text, token.start, token.end)
