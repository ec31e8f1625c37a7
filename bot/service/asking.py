"""Asking which reading was meant, and saying what was assumed, with a button to correct it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.commands import Command, Extend, Remind, Schedule, SetStatus
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.domain.timers import FreeReminder, PlannedStart
from bot.grammar.reading import Understood
from bot.service.ports import Arm, Outcome


def assuming(outcome: Outcome, reading: Understood) -> Outcome:
    """Say what was assumed, with a button for each other thing that may have been meant."""
    reply = outcome.reply
    done = reply.tone is Tone.DONE
    plan = next((c.timer for c in outcome.changes if isinstance(c, Arm) and _made(c)), None)
    offers = tuple(
        Offer(
            label=Phrase("offer-rather", {"what": _described(command)}),
            command=_instead_of(plan, command),
        )
        for command in reading.instead
        if done and command != reading.command
    )
    return replace(
        outcome,
        reply=replace(
            reply,
            notes=(*reading.assumptions, *reply.notes),
            offers=(*offers, *reply.offers),
            # What was assumed is not in the journal: looked at again, it would be gone.
            refresh=None if offers else reply.refresh,
        ),
    )


def _made(change: Arm) -> bool:
    return isinstance(change.task, PlannedStart | FreeReminder)


def _instead_of(plan: str | None, command: Command) -> Command:
    if isinstance(command, Schedule | Remind):
        return replace(command, instead_of=plan)
    return command


def which(readings: tuple[Understood, ...]) -> Reply:
    """Return the question which of several readings was meant."""
    return Reply(
        tone=Tone.QUESTION,
        title=Phrase("which-one"),
        offers=tuple(
            Offer(label=_described(reading.command), command=reading.command)
            for reading in readings
        ),
    )


def _described(command: Command) -> Phrase:
    """Return the label of a choice: every `Choosable`, in words that tell it from the others."""
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
        case Remind(at=at) if at is not None:
            return Phrase("choice-remind", {"at": at})
        case Extend(to=to) if to is not None:
            return Phrase("offer-until", {"end": to})
        case Extend(by=by) if by is not None:
            return Phrase("choice-longer", {"by": by})
        case _:
            raise ValueError(f"{type(command).__name__} is nothing to choose")
