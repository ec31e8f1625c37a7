"""What a command writes to Graph: pure, so that it can be shown before it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.commands import ClearAll, ClearMessage, ClearStatus, Extend, SetMessage, SetStatus
from bot.domain.journal import Running
from bot.domain.presence import (
    DEFAULT_LENGTH,
    LONGEST_STATUS,
    SHORTEST_STATUS,
    PreferredPresence,
)
from bot.domain.reply import Phrase
from bot.domain.status import MAX_MESSAGE_LENGTH, StatusMessage

Writing = SetStatus | SetMessage | ClearStatus | ClearMessage | ClearAll | Extend


@dataclass(frozen=True, kw_only=True, slots=True)
class Prefer:
    """Write the preferred presence: `to`, or none to give it up."""

    to: PreferredPresence | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """Write the status message: `to`, or none to clear it."""

    to: StatusMessage | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The writes of one command; none = that half is left alone.

    `ends_session` is whether the presence session that the bot keeps up goes too.

    `end` is when the preferred presence will be over (UTC): the said one, or the one that Graph
    applies where none was said.
    """

    presence: Prefer | None = None
    message: Post | None = None
    end: datetime | None = None
    end_said: bool = False
    ends_session: bool = False


def end_problem(end: datetime, now: datetime) -> Phrase | None:
    """Return what is wrong with an end, or none: 1 minute to 366 days ahead."""
    if end <= now:
        return Phrase("problem-past", {"end": end})
    if end - now < SHORTEST_STATUS:
        return Phrase("problem-too-short", {"end": end})
    if end - now > LONGEST_STATUS:
        return Phrase("problem-too-far", {"days": LONGEST_STATUS.days})
    return None


def message_problem(message: StatusMessage) -> Phrase | None:
    """Return what is wrong with a status message, or none."""
    if len(message.text) <= MAX_MESSAGE_LENGTH:
        return None
    return Phrase(
        "problem-message-too-long",
        {"count": len(message.text), "limit": MAX_MESSAGE_LENGTH, "text": message.text},
    )


def plan(command: Writing, running: Running | None, now: datetime) -> Plan | Phrase:
    """Return what `command` writes at `now`, or the sentence that says why it cannot be."""
    now = _whole(now)
    match command:
        case SetStatus():
            return _set_status(command, now)
        case SetMessage(message=message):
            message = _whole_end(message)
            problem = message_problem(message) or (
                end_problem(message.end, now) if message.end else None
            )
            return problem or Plan(message=Post(to=message))
        case ClearStatus():
            # A message that came with the status goes with it.
            with_it = running is not None and running.message_came_along
            return Plan(presence=Prefer(to=None), message=Post(to=None) if with_it else None)
        case ClearMessage():
            return Plan(message=Post(to=None))
        case ClearAll():
            return Plan(presence=Prefer(to=None), message=Post(to=None))
        case Extend():
            return _extend(command, running, now)


def _whole(instant: datetime) -> datetime:
    """Return the instant in whole seconds: state and message end at the same one."""
    return instant.replace(microsecond=0)


def _whole_end(message: StatusMessage) -> StatusMessage:
    return replace(message, end=_whole(message.end)) if message.end else message


def _set_status(command: SetStatus, now: datetime) -> Plan | Phrase:
    said = _whole(command.end) if command.end else None
    if said is not None and (problem := end_problem(said, now)):
        return problem
    end = said or now + DEFAULT_LENGTH[command.availability]
    message = command.message
    if message is not None:
        message = _whole_end(replace(message, end=message.end or end))
        problem = message_problem(message) or end_problem(message.end or end, now)
        if problem:
            return problem
    return Plan(
        presence=Prefer(to=PreferredPresence(availability=command.availability, end=said)),
        message=Post(to=message) if message else None,
        end=end,
        end_said=said is not None,
    )


def _extend(command: Extend, running: Running | None, now: datetime) -> Plan | Phrase:
    if running is None:
        return Phrase("problem-nothing-running")
    end = _whole(command.to or running.end + (command.by or SHORTEST_STATUS))
    if problem := end_problem(end, now):
        return problem
    # A message with an end of its own keeps it; one that was to end with the status still does.
    message = running.message if running.message_came_along else None
    return Plan(
        presence=Prefer(
            to=PreferredPresence(availability=running.preferred.availability, end=end)
        ),
        message=Post(to=replace(message, end=end)) if message else None,
        end=end,
        end_said=True,
    )
