"""Finds the time chunks of a list of tokens: the whole grammar of times, in its one order."""

from __future__ import annotations

from collections.abc import Sequence

from bot.grammar.tokens import Token
from bot.grammar.when.clocks import BARE_CLOCKS, CLOCKS, LATE_CLOCKS
from bot.grammar.when.days import CALENDAR_DAY_RULES, DATES, DAY_RULES
from bot.grammar.when.lengths import LENGTHS, NUMBERS
from bot.grammar.when.points import OFFSETS, POINTS
from bot.grammar.when.ranges import DAY_RANGES, NEXT_LENGTHS, RANGES
from bot.grammar.when.recurrences import HEADS, MERGES, TIMES
from bot.grammar.when.reduce import Rule, reduce
from bot.grammar.when.values import Context

_COMMAND: Sequence[Rule] = (
    *NUMBERS, *HEADS, *CLOCKS, *LENGTHS, *DATES, *DAY_RANGES, *NEXT_LENGTHS, *DAY_RULES, *TIMES,
    *OFFSETS, *LATE_CLOCKS, *POINTS, *RANGES, *MERGES,
)  # fmt: skip
_CALENDAR: Sequence[Rule] = (
    *NUMBERS, *HEADS, *CLOCKS, *LENGTHS, *DATES, *DAY_RANGES, *NEXT_LENGTHS, *CALENDAR_DAY_RULES,
    *DAY_RULES, *TIMES, *OFFSETS, *LATE_CLOCKS, *BARE_CLOCKS, *POINTS, *RANGES, *MERGES,
)  # fmt: skip


def with_times(
    tokens: list[Token], context: Context, trace: list[str] | None = None
) -> list[Token]:
    """Return the tokens with every time in them as one token."""
    return reduce(tokens, _CALENDAR if context.calendar else _COMMAND, context, trace)
