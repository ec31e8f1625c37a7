"""A card that is looked at or pressed again: the truth takes its place, and it says so.

What its buttons act on is the change that the card is about. Where that has been changed since,
nothing is done: the card becomes one of what stands now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.commands import (
    Amend,
    ClearAll,
    ClearMessage,
    ClearStatus,
    Command,
    Extend,
    ShowStatus,
    Undo,
)
from bot.domain.journal import Entry, newer_than, overlaid
from bot.domain.own_commands import LookAgain, SetEndReminders
from bot.domain.presence import Presence
from bot.domain.reply import Argument, Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import EndReminder
from bot.service.handlers import reminders, showing
from bot.service.handlers.status import changed_by_hand, end_offers
from bot.service.ports import Outcome
from bot.service.saying import hold_offer, message_facts, seen_as, until_fact
from bot.service.turn import Turn

_HALVES: Mapping[type[Command], tuple[str, ...]] = {
    Amend: ("presence", "message"),
    ClearAll: ("presence", "message", "session"),
    ClearMessage: ("message",),
    ClearStatus: ("presence", "session"),
    Extend: ("presence",),
    Undo: ("presence", "message", "session"),
}


def is_outdated(turn: Turn, command: Command, about: str) -> bool:
    """Return whether what a button acts on was changed after the entry that its card is about."""
    if isinstance(command, Undo) and command.entry is not None:
        return False  # it names what it takes back
    halves = _HALVES.get(type(command), ())
    newer = newer_than(turn.record.entries, about)
    return any(getattr(entry, half) is not None for entry in newer for half in halves)


async def outdated(turn: Turn) -> Outcome:
    """Do nothing, and show what stands now. Raises a GatewayError where that cannot be seen."""
    return await _truth(turn, Phrase("card-outdated"))


async def _truth(turn: Turn, why: Phrase) -> Outcome:
    outcome = await showing.show_status(turn, ShowStatus())
    notes = (why, *outcome.reply.notes)
    return replace(outcome, reply=replace(outcome.reply, notes=notes))


async def look_again(turn: Turn, command: LookAgain) -> Outcome:
    """Show what an entry set, as it is now; where it stands no more, what does.

    Raises a GatewayError where that cannot be seen.
    """
    if command.ends is not None:
        return await _ends(turn, command.entry, command.ends)
    entries = turn.record.entries
    entry = next((one for one in entries if one.id == command.entry), None)
    if entry is None or entry.undone or overlaid(entries, entry) or not _runs(turn, entry):
        return await _truth(turn, Phrase("card-changed-since"))
    seen = await turn.tools.gateway.read(turn.person)
    if changed_by_hand(turn, seen):
        return await _truth(turn, Phrase("card-changed-since"))
    return Outcome(reply=_still(turn, entry, seen))


async def _ends(turn: Turn, entry: str, end: datetime) -> Outcome:
    running = turn.running
    if running is None:
        return await _truth(turn, Phrase("card-changed-since"))
    task = EndReminder(entry=entry, availability=running.preferred.availability, end=end)
    reminder = await reminders.ends_soon(turn, task)
    if reminder is None:
        return await _truth(turn, Phrase("card-changed-since"))
    # It is not told a second time: only the card is another.
    return Outcome(reply=replace(reminder, tone=Tone.INFO))


def _runs(turn: Turn, entry: Entry) -> bool:
    running = turn.running
    return running is not None and running.entry.id == entry.id


def _still(turn: Turn, entry: Entry, seen: Presence) -> Reply:
    running = turn.running
    assert running is not None  # noqa: S101  # it was looked at before
    state: dict[str, Argument] = {"availability": running.preferred.availability}
    until: dict[str, Argument] = {**state, "end": running.end}
    said = running.end if running.end_said else None
    clearing = ClearAll() if running.message else ClearStatus()
    notes = [] if running.end_said else [Phrase("note-graph-ends-it", {"end": running.end})]
    offers = [
        *end_offers(turn.moment, said),
        Offer(label=Phrase("offer-clear"), command=clearing),
        Offer(label=Phrase("offer-undo"), command=Undo(entry=entry.id)),
    ]
    if seen.shows_nothing:
        notes.append(Phrase("note-no-client"))
        offers.insert(0, hold_offer(turn.now, said))
    for timer in turn.record.timers:
        task = timer.task
        if isinstance(task, EndReminder) and task.end == running.end and not task.told:
            notes.append(Phrase("note-reminder", {"at": timer.due}))
            off = SetEndReminders(on=False)
            offers.append(Offer(label=Phrase("offer-no-reminders"), command=off))
    return Reply(
        tone=Tone.DONE,
        title=Phrase("set-until", until) if running.end_said else Phrase("set-open", state),
        shows=running.preferred.availability.value,
        facts=(
            until_fact(running.end, turn.moment),
            *message_facts(running.message),
            Fact(label=Phrase("fact-seen"), value=seen_as(seen)),
        ),
        notes=tuple(notes),
        offers=tuple(offers),
        about=entry.id,
        refresh=LookAgain(entry=entry.id),
    )
