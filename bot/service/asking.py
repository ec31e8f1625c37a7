"""Asking which reading was meant, and saying what was assumed, with a button to correct it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.commands import (
    ClearAll,
    ClearMessage,
    ClearStatus,
    Command,
    Extend,
    KeepAvailable,
    SetMessage,
    SetStatus,
    SetWorkLocation,
    ShowSession,
    Watch,
)
from bot.domain.journal import Running
from bot.domain.own_commands import LookAgain, UsePreset
from bot.domain.plan_commands import Remind, Schedule
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.domain.timers import FreeReminder, PlannedStart
from bot.grammar.reading import Understood
from bot.service.changes import Arm
from bot.service.ports import Outcome


def assuming(outcome: Outcome, reading: Understood, words: str, at: datetime) -> Outcome:
    """Say what was assumed of words, with a button for each other thing that may have been meant.

    `at` is when they were said: whoever looks at the card again reads them again.
    """
    reply = outcome.reply
    done = reply.tone is Tone.DONE
    plan = next((c.timer for c in outcome.changes if isinstance(c, Arm) and _made(c)), None)
    others = [one for one in reading.instead if done and one != reading.command]
    offers = tuple(
        Offer(
            label=Phrase("offer-rather", {"what": label}),
            command=_instead_of(plan, reading.command, command),
        )
        for command in others
        if (label := described(command)) is not None
    )
    refresh = reply.refresh
    if isinstance(refresh, LookAgain) and (offers or reading.assumptions):
        refresh = replace(refresh, said=words, at=at)
    return replace(
        outcome,
        reply=replace(
            reply,
            notes=(*reading.assumptions, *reply.notes),
            offers=(*offers, *reply.offers),
            refresh=refresh,
        ),
    )


def read_again(reading: Understood, running: Running, now: datetime) -> Understood | None:
    """Return words that were read again with what can still be corrected of them.

    None where they do not mean what is running: the person's zone or a preset is another by now.
    """
    end = _end(reading.command)
    if end is not None and end != running.end:
        return None
    ahead = (one for one in reading.instead if (other := _end(one)) is None or other > now)
    return replace(reading, instead=tuple(ahead))


def _end(command: Command) -> datetime | None:
    end = command.to if isinstance(command, Extend) else getattr(command, "end", None)
    return end.replace(microsecond=0) if isinstance(end, datetime) else None


def _made(change: Arm) -> bool:
    return isinstance(change.task, PlannedStart | FreeReminder)


def _instead_of(plan: str | None, done: Command, command: Command) -> Command:
    match command:
        case Schedule() | Remind() | SetStatus():
            return replace(command, instead_of=plan)
        case SetWorkLocation() if isinstance(done, SetWorkLocation):
            return replace(command, instead_of=done.day)
        case _:
            return command


def which(readings: tuple[Understood, ...]) -> Reply:
    """Return the question which of several readings was meant."""
    return Reply(
        tone=Tone.QUESTION,
        title=Phrase("which-one"),
        offers=tuple(
            Offer(label=label, command=reading.command)
            for reading in readings
            if (label := described(reading.command)) is not None
        ),
    )


def described(command: Command) -> Phrase | None:
    """Return what a command would do, in words that tell it from others; none where it has none.

    Every `Choosable` has them.
    """
    match command:
        case Schedule(availability=availability, start=start, end=end) if end is not None:
            return Phrase(
                "planned-until", {"availability": availability, "start": start, "end": end}
            )
        case Schedule(availability=availability, start=start):
            return Phrase("planned-from", {"availability": availability, "start": start})
        case SetStatus(availability=availability, end=end) if end is not None:
            return Phrase("choice-set-until", {"availability": availability, "end": end})
        case SetStatus(availability=availability):
            return Phrase("offer-set", {"availability": availability})
        case SetMessage(message=message) if message.end is not None:
            return Phrase("choice-message-until", {"text": message.text, "end": message.end})
        case SetMessage(message=message):
            return Phrase("quote", {"text": message.text})
        case KeepAvailable(end=end) if end is not None:
            return Phrase("session-Available", {"end": end})
        case ShowSession(activity=activity, end=end) if end is not None:
            return Phrase(f"session-{activity.value}", {"end": end})
        case Remind(at=at) if at is not None:
            return Phrase("choice-remind", {"at": at})
        case Extend(to=to) if to is not None:
            return Phrase("offer-until", {"end": to})
        case Extend(by=by) if by is not None:
            return Phrase("choice-longer", {"by": by})
        case ClearMessage():
            return Phrase("offer-clear-message")
        case ClearStatus() | ClearAll():
            return Phrase("offer-clear")
        case SetWorkLocation(location="office" | "remote" | "timeOff" as place, day=day) if day:
            return Phrase(f"location-planned-{place}", {"at": day})
        case Watch(end=end) if end is not None:
            return Phrase("offer-until", {"end": end})
        case UsePreset(name=name):
            return Phrase("offer-preset", {"name": name})
        case _:
            return None
