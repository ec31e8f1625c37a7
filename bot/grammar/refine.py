"""What is filled in after a reading: one literal list of refiners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain.commands import (
    Broadcast,
    Command,
    OutOfOffice,
    Recur,
    Schedule,
    SetMessage,
    SetStatus,
)
from bot.domain.reply import Phrase
from bot.grammar.sentence import Sentence

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


REFINERS: tuple[Callable[[Command, Sentence], Refined], ...] = (_message_ends_with_status,)


def refine(command: Command, sentence: Sentence) -> Refined:
    """Return the command after every refiner, and what they assumed."""
    notes: tuple[Phrase, ...] = ()
    for refiner in REFINERS:
        command, more = refiner(command, sentence)
        notes = (*notes, *more)
    return command, notes
