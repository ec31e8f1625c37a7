"""What is filled in after a reading: one literal list of refiners."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.domain.commands import Broadcast, Command, OutOfOffice, SetMessage, SetStatus
from bot.domain.plan_commands import Recur, Schedule
from bot.domain.reply import Phrase
from bot.grammar.sentence import Sentence, is_time
from bot.grammar.when.values import Point, Range, Since, Until

_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2}) ?/ ?(\d{1,2})(?!\d)")
_MONTHS = 12
Refined = tuple[Command, tuple[Phrase, ...]]


def message_of(command: Command) -> str | None:
    """Return the status message that a command carries."""
    match command:
        case SetStatus(message=m) | Schedule(message=m) if m is not None:
            return m.text
        case SetMessage(message=m):
            return m.text
        case Recur(message=m):
            return m
        case Broadcast() | OutOfOffice():
            return None
        case _:
            return None


def _message_ends_with_status(command: Command, sentence: Sentence) -> Refined:
    """End a message that was given with a status when the status ends."""
    if isinstance(command, SetStatus | Schedule) and command.message is not None:
        if command.message.end == command.end:
            return command, ()
        message = replace(command.message, end=command.end)
        return replace(command, message=message), ()
    return command, ()


def _says_which_date(command: Command, sentence: Sentence) -> Refined:
    """Tell how a numeric date was read whose day and month might be the other way round."""
    notes: list[Phrase] = []
    for token in filter(is_time, sentence.tokens):
        found = _NUMERIC_DATE.search(token.text)
        day = _day_of(token.value)
        if found is None or day is None or int(found[1]) == int(found[2]):
            continue
        if int(found[1]) <= _MONTHS and int(found[2]) <= _MONTHS:
            said = f"{found[1]}/{found[2]}"
            notes.append(Phrase("assumed-date", {"said": said, "day": day}))
    return command, tuple(notes)


def _day_of(value: object) -> date | None:
    match value:
        case Point(day=day):
            return day
        case Until(end=inner) | Since(start=inner) | Range(start=inner):
            return _day_of(inner)
        case _:
            return None


REFINERS: tuple[Callable[[Command, Sentence], Refined], ...] = (
    _message_ends_with_status,
    _says_which_date,
)


def refine(command: Command, sentence: Sentence) -> Refined:
    """Return the command after every refiner, and what they assumed."""
    notes: tuple[Phrase, ...] = ()
    for refiner in REFINERS:
        command, more = refiner(command, sentence)
        notes = (*notes, *more)
    return command, notes
