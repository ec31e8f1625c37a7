"""What the grammar makes of an utterance. Not understanding is a result, not an exception."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.commands import Command
from bot.domain.reply import Phrase


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """One reading: the command, what was assumed (sentences), and how it came about.

    `instead` are the commands that would have been meant had the assumptions been wrong.
    """

    command: Command
    assumptions: tuple[Phrase, ...] = ()
    trace: tuple[str, ...] = ()
    instead: tuple[Command, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ambiguous:
    """Several readings are as good as each other: ask. Changes nothing."""

    readings: tuple[Understood, ...]
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NotUnderstood:
    """No reading, or one that cannot be: `problem` says what is wrong, `nearest` what to try."""

    problem: Phrase
    nearest: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()


Reading = Understood | Ambiguous | NotUnderstood
