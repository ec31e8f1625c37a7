"""Two things said with "or" between them: "busy or away", "until 3 or 4".

Makes of the tokens of one sentence those of two, one for each thing that may be meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.grammar.tokens import Token

_NUMBERS = frozenset({"num", "hhmm", "decimal", "numh", "frac", "half", "quarter", "named_clock"})
_SHARED = frozenset({"unit", "mer", "oclock"})  # said once for both: "1 or 2 hours", "3 or 4 pm"
_TIMES = (
    _NUMBERS | _SHARED | {"length", "half_to", "weekday", "relday", "part", "today_part", "edge"}
)
_BEFORE = frozenset({"until", "for", "at", "from", "in", "on", "to", "the_hour", "a", "the"})
_ARTICLES = frozenset({"the_hour", "a", "the"})


def alternatives(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens of each reading of "... or ...", none where that is not what is said."""
    places = [i for i, t in enumerate(tokens) if t.kind == "or"]
    if len(places) != 1:
        return []
    place = places[0]
    first, second = place, place + 1
    while second < len(tokens) and tokens[second].kind in _BEFORE:
        second += 1
    end = second
    if second < len(tokens) and tokens[second].kind == "presence":
        end, first = second + 1, place - 1
        if first < 0 or tokens[first].kind != "presence":
            return []
    else:
        while end < len(tokens) and tokens[end].kind in _TIMES:
            end += 1
        while first and tokens[first - 1].kind in _TIMES:
            first -= 1
    if end == second or first == place:
        return []
    left, right = list(tokens[first:place]), list(tokens[second:end])
    if not any(t.kind in _SHARED for t in left):
        left += [t for t in right if t.kind in _SHARED]
    said_again = list(tokens[place + 1 : second])
    start = first
    while start and tokens[start - 1].kind in _BEFORE:
        start -= 1
    if said_again and start < first:  # "for an hour or until 4", "hasta las 3 o las 4"
        kind = said_again[0].kind
        same = [i for i in range(start, first) if tokens[i].kind == kind]
        if same or kind not in _ARTICLES:
            keep = same[0] if same else start
            left, right = [*tokens[keep:first], *left], said_again + right
            first = keep
    return [[*tokens[:first], *chosen, *tokens[end:]] for chosen in (left, right)]
