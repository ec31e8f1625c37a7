"""Taking back a change, the newest or an older one, as far as it stands (DESIGN, decision 4).

Given back are the preferred presence that our own journal says was running, with the rest of its
time, and the message that was read before, with its own end. What somebody changed by hand since
is left alone, and that is said. An older change that a later one has replaced is taken out of the
journal alone: what stands stays, and taking that back will not bring the older one back.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.commands import Extend, Undo
from bot.domain.journal import (
    Entry,
    MessageChange,
    PresenceChange,
    before,
    overlaid,
    rest_of,
    rest_of_message,
    undoable,
)
from bot.domain.plan import Plan, Post, Prefer
from bot.domain.presence import Presence
from bot.domain.reply import Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.domain.timers import SequenceStart
from bot.service.changes import Change, Drop, MarkUndone, Record
from bot.service.errors import GatewayError
from bot.service.handlers import sessions
from bot.service.handlers.end_reminders import asked_lead, end_reminder, moved_reminders
from bot.service.handlers.status import entry_for, facts_of, seen_notes
from bot.service.ports import Outcome
from bot.service.saying import retry, sorry, trouble
from bot.service.turn import Turn
from bot.service.writing import write

# What only a preferred presence can look like: sessions and calendars show other activities.
_ONLY_PREFERRED = frozenset(
    {("busy", "busy"), ("donotdisturb", "donotdisturb"), ("offline", "offwork")}
)


async def undo(turn: Turn, command: Undo) -> Outcome:
    """Take back a change. Raises a GatewayError where nothing was changed."""
    entries = turn.record.entries
    entry = undoable(entries, command.entry)
    if entry is None:
        return Outcome(reply=sorry(Phrase("undo-already" if command.entry else "undo-nothing")))
    parts = [one for one in entries if one.id == entry.id or _belongs(one, entry)]
    marks = (
        *(MarkUndone(entry=one.id) for one in parts),
        *((Drop(timer=entry.part_of),) if entry.part_of else ()),
    )
    if overlaid(entries, entry):
        said = sorry(Phrase("undo-overlaid"), Phrase("undo-overlaid-note"))
        return Outcome(reply=said, changes=marks)
    entry = _as_one(turn, entry, parts[-1])
    extended = entry.command == Extend.__name__
    if entry.presence is None and entry.message is None and entry.session is not None:
        return await sessions.undo(turn, entry, entry.session)
    read = await turn.tools.gateway.read(turn.person)
    presence, presence_note = _presence_to_give_back(turn, entry.presence, read)
    message, message_note = _message_to_give_back(turn, entry.message, read)
    notes = [note for note in (presence_note, message_note) if note is not None]
    if presence is None and message is None:
        return Outcome(reply=sorry(Phrase("undo-left-alone"), *notes), changes=marks)
    back = presence.to if presence else None
    planned = Plan(
        presence=presence,
        message=message,
        end=back.end if back else None,
        end_said=back is not None and _end_was_said(turn, entry),
    )
    written = await write(turn, planned, read)
    record = entry_for(turn, command, planned, written)
    error = written.error
    changes: tuple[Change, ...] = ()
    if entry.session is not None:
        back_again = sessions.to_give_back(turn, entry.session)
        if isinstance(back_again, Phrase):
            notes.append(back_again)
        else:
            try:
                changes = await sessions.put(turn, back_again)
                written = replace(written, after=await turn.tools.gateway.read(turn.person))
            except GatewayError as failed:
                error = error or failed
    if error is not None:
        notes.append(trouble(error))
    return Outcome(
        reply=Reply(
            tone=Tone.SORRY if error else Tone.DONE,
            title=Phrase("undone-half" if error else "undone"),
            shows=written.after.availability if written.after else None,
            facts=facts_of(turn.moment, planned, written),
            notes=(*notes, *seen_notes(planned, written)),
            offers=(retry(command),) if error else (),
        ),
        changes=(
            Record(entry=record),
            *(() if error else marks),
            *end_reminder(
                turn, planned, written, record, asked=asked_lead(turn) if extended else None
            ),
            *(moved_reminders(turn, planned, written) if extended else ()),
            *changes,
        ),
    )


def _belongs(one: Entry, entry: Entry) -> bool:
    return entry.part_of is not None and one.part_of == entry.part_of


def _as_one(turn: Turn, newest: Entry, oldest: Entry) -> Entry:
    """Return the change from before the oldest part to after the newest."""
    if newest.presence is None:
        return newest
    back = before(turn.record.entries, oldest)
    for timer in turn.record.timers:
        # The journal at hand may begin later than a long sequence did.
        if isinstance(timer.task, SequenceStart) and timer.id == newest.part_of:
            back = next((one.preferred for one in timer.task.earlier if one.preferred), None)
    return replace(newest, presence=replace(newest.presence, before=back), at=oldest.at)


def _presence_to_give_back(
    turn: Turn, change: PresenceChange | None, read: Presence
) -> tuple[Prefer | None, Phrase | None]:
    if change is None:
        return None, None
    after = change.after
    if after is not None and after.end is not None and after.end <= turn.now:
        return None, Phrase("undo-presence-over")
    if not _still_stands(change, read):
        return None, Phrase("undo-presence-changed")
    return Prefer(to=rest_of(change.before, turn.now)), None


def _still_stands(change: PresenceChange, read: Presence) -> bool:
    if change.after is None:
        return nothing_preferred_shows(read)
    if read.shows_nothing:
        return True  # without a Teams client nothing shows, whatever is preferred
    return read.availability.casefold() == change.after.availability.casefold()


def nothing_preferred_shows(read: Presence) -> bool:
    """Return whether what shows may come from clients and calendars alone."""
    looks = (read.availability.casefold(), read.activity.casefold())
    return looks not in _ONLY_PREFERRED and looks[1] != "berightback"


def _message_to_give_back(
    turn: Turn, change: MessageChange | None, read: Presence
) -> tuple[Post | None, Phrase | None]:
    if change is None:
        return None, None
    after = change.after
    if after is not None and after.end is not None and after.end <= turn.now:
        return None, Phrase("undo-message-over")
    if _text(read.message) != _text(after):
        return None, Phrase("undo-message-changed")
    return Post(to=rest_of_message(change.before, turn.now)), None


def _text(message: StatusMessage | None) -> str:
    return message.text.strip() if message is not None else ""


def _end_was_said(turn: Turn, undone: Entry) -> bool:
    """Return whether the state that is given back was set with an end."""
    for entry in turn.record.entries:
        if entry.at < undone.at and entry.presence is not None:
            return entry.presence.end_said
    return False
