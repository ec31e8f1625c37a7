"""Taking back the newest change, as far as it still stands (DESIGN, decision 4).

Given back are the preferred presence that our own journal says was running, with the rest of its
time, and the message that was read before, with its own end. What somebody changed by hand since
is left alone, and that is said.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.commands import Undo
from bot.domain.journal import (
    Entry,
    MessageChange,
    PresenceChange,
    rest_of,
    rest_of_message,
    undoable,
)
from bot.domain.plan import Plan, Post, Prefer
from bot.domain.presence import Presence
from bot.domain.reply import Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.service.errors import GatewayError
from bot.service.handlers import sessions
from bot.service.handlers.status import end_reminder, entry_for, facts_of, seen_notes
from bot.service.ports import Change, MarkUndone, Outcome, Record
from bot.service.saying import retry, sorry, trouble
from bot.service.turn import Turn
from bot.service.writing import write

# What only a preferred presence can look like: sessions and calendars show other activities.
_ONLY_PREFERRED = frozenset(
    {("busy", "busy"), ("donotdisturb", "donotdisturb"), ("offline", "offwork")}
)


async def undo(turn: Turn, command: Undo) -> Outcome:
    """Take back the newest change. Raises a GatewayError where nothing was changed."""
    entry = undoable(turn.record.entries)
    if entry is None:
        return Outcome(reply=sorry(Phrase("undo-nothing")))
    if entry.presence is None and entry.message is None and entry.session is not None:
        return await sessions.undo(turn, entry, entry.session)
    before = await turn.tools.gateway.read(turn.person)
    presence, presence_note = _presence_to_give_back(turn, entry.presence, before)
    message, message_note = _message_to_give_back(turn, entry.message, before)
    notes = [note for note in (presence_note, message_note) if note is not None]
    if presence is None and message is None:
        return Outcome(
            reply=sorry(Phrase("undo-left-alone"), *notes), changes=(MarkUndone(entry=entry.id),)
        )
    back = presence.to if presence else None
    planned = Plan(
        presence=presence,
        message=message,
        end=back.end if back else None,
        end_said=back is not None and _end_was_said(turn, entry),
    )
    written = await write(turn, planned, before)
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
            *(() if error else (MarkUndone(entry=entry.id),)),
            *end_reminder(turn, command, planned, written, record),
            *changes,
        ),
    )


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
