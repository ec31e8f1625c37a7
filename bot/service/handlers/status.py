"""Setting, extending and clearing: whatever writes presence or message."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.commands import ClearAll, ClearMessage, ClearStatus, Extend, SetStatus, Undo
from bot.domain.journal import Entry, MessageChange, PresenceChange, SessionChange
from bot.domain.moment import Moment
from bot.domain.own_commands import LookAgain, SetEndReminders
from bot.domain.plan import Plan, Writing, plan
from bot.domain.presence import Availability, PreferredPresence, Presence
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import EndReminder
from bot.service.changes import Arm, Change, Drop, Record
from bot.service.errors import UnknownOutcome
from bot.service.handlers.end_reminders import asked_lead, end_reminder, moved_reminders
from bot.service.handlers.standing import moved_give_back
from bot.service.ports import Outcome
from bot.service.saying import (
    hold_offer,
    message_facts,
    retry,
    seen_as,
    sorry,
    trouble,
    until_fact,
)
from bot.service.turn import Turn
from bot.service.writing import Written, not_shown, write

_HALF_AN_HOUR = timedelta(minutes=30)


async def carry_out(turn: Turn, command: Writing, *, amends: bool = False) -> Outcome:
    """Write what the command says, and say what became of it.

    With `amends` it changes the status that runs; else it takes its place, unless it extends it.
    Raises a GatewayError where nothing was changed.
    """
    goes_on = amends or isinstance(command, Extend)
    usual = _usual_end(turn, command)
    if isinstance(command, SetStatus) and usual is not None:
        command = replace(command, end=usual)
    instead_of = command.instead_of if isinstance(command, SetStatus) else None
    planned = plan(command, turn.running, turn.counts_from)
    if isinstance(planned, Phrase):
        return Outcome(reply=sorry(planned))
    session = turn.session if isinstance(command, ClearStatus | ClearAll) else None
    planned = replace(planned, ends_session=session is not None)
    before = await turn.tools.gateway.read(turn.person)
    if isinstance(command, Extend) and changed_by_hand(turn, before):
        return Outcome(reply=sorry(Phrase("extend-changed-by-hand"), seen_as(before)))
    written = await write(turn, planned, before)
    entry = entry_for(turn, command, planned, written)
    changes = (
        Record(entry=entry),
        *end_reminder(turn, planned, written, entry, asked=_asked(turn, command)),
        *(moved_reminders(turn, planned, written) if goes_on else ()),
        *(moved_give_back(turn, planned) if isinstance(command, Extend) else ()),
        *((Drop(timer=turn.session_timer),) if entry.session is not None else ()),
        *((Drop(timer=instead_of),) if instead_of is not None else ()),
    )
    reply = _reply(turn, command, planned, written, changes, entry)
    if usual is not None:
        reply = replace(reply, notes=(Phrase("note-usual-length"), *reply.notes))
    return Outcome(reply=reply, changes=changes)


def _usual_end(turn: Turn, command: Writing) -> datetime | None:
    """Return the end that the person's own usual length gives a status said without one."""
    if not isinstance(command, SetStatus) or command.end is not None:
        return None
    length = turn.record.settings.usual_length(command.availability)
    return None if length is None else turn.moment.now + length


def _asked(turn: Turn, command: Writing) -> timedelta | None:
    """Return how long before the end the person asked to be reminded."""
    if isinstance(command, Extend):
        return asked_lead(turn)
    return command.remind_before_end if isinstance(command, SetStatus) else None


def changed_by_hand(turn: Turn, before: Presence) -> bool:
    """Return whether something else shows than the status that the journal says is running."""
    now_running = turn.running
    return (
        now_running is not None
        and not before.shows_nothing
        and before.availability.casefold() != now_running.preferred.availability.casefold()
    )


def entry_for(turn: Turn, command: Writing | Undo, planned: Plan, written: Written) -> Entry:
    """Return the journal entry of what was really written."""
    presence = message = session = None
    if planned.ends_session and written.presence_error is None:
        session = SessionChange(before=turn.session, after=None)
    if planned.presence is not None and written.presence_error is None:
        to = planned.presence.to
        earlier = turn.running
        presence = PresenceChange(
            before=earlier.preferred if earlier else None,
            after=PreferredPresence(availability=to.availability, end=planned.end) if to else None,
            end_said=planned.end_said,
        )
    if planned.message is not None and written.message_error is None:
        message = MessageChange(before=written.before.message, after=planned.message.to)
    return Entry(
        id=turn.tools.new_id(),
        at=turn.now,
        command=type(command).__name__,
        presence=presence,
        message=message,
        session=session,
    )


def _reply(
    turn: Turn,
    command: Writing,
    planned: Plan,
    written: Written,
    changes: tuple[Change, ...],
    entry: Entry,
) -> Reply:
    notes: list[Phrase] = []
    if written.error is not None:
        notes += [half_that_failed(written), trouble(written.error)]
    notes += seen_notes(planned, written)
    if planned.ends_session and written.presence_error is None:
        notes.append(Phrase("session-ended-too"))
    offers = list(_offers(turn.moment, planned, written))
    if Phrase("note-no-client") in notes:
        offers.insert(0, hold_offer(turn.now, planned.end if planned.end_said else None))
    for change in changes:
        if isinstance(change, Arm) and isinstance(change.task, EndReminder):
            notes.append(Phrase("note-reminder", {"at": change.due}))
            offers.append(
                Offer(label=Phrase("offer-no-reminders"), command=SetEndReminders(on=False))
            )
    if written.error is not None:
        offers = [retry(command), *offers]
    return Reply(
        tone=Tone.SORRY if written.error else Tone.DONE,
        title=_title(planned, written),
        shows=_shows(planned, written),
        facts=facts_of(turn.moment, planned, written),
        notes=tuple(notes),
        offers=tuple(offers),
        about=entry.id,
        refresh=LookAgain(entry=entry.id) if _runs(planned, written) else None,
    )


def _runs(planned: Plan, written: Written) -> bool:
    """Return whether a status runs now that can be looked at again."""
    return written.error is None and planned.presence is not None and bool(planned.presence.to)


def _title(planned: Plan, written: Written) -> Phrase:
    presence = planned.presence if written.presence_error is None else None
    message = planned.message if written.message_error is None else None
    if presence is not None and presence.to is not None:
        availability = presence.to.availability
        if planned.end_said and planned.end:
            return Phrase("set-until", {"availability": availability, "end": planned.end})
        return Phrase("set-open", {"availability": availability})
    if presence is not None:
        return Phrase("cleared-all" if message else "cleared-status")
    if message is not None and message.to is not None:
        return Phrase("message-set")
    return Phrase("cleared-message")


def _shows(planned: Plan, written: Written) -> str | None:
    if planned.presence and planned.presence.to and written.presence_error is None:
        return planned.presence.to.availability.value
    return written.after.availability if written.after else None


def facts_of(moment: Moment, planned: Plan, written: Written) -> tuple[Fact, ...]:
    """Return what was written, and what colleagues see now."""
    facts: list[Fact] = []
    wrote_presence = planned.presence is not None and written.presence_error is None
    if wrote_presence and planned.presence and planned.presence.to and planned.end:
        facts.append(until_fact(planned.end, moment))
    if planned.message and planned.message.to and written.message_error is None:
        message = planned.message.to
        facts += message_facts(message)
        if message.end and not (wrote_presence and message.end == planned.end):
            facts.append(
                Fact(
                    label=Phrase("fact-message-until"),
                    value=Phrase("end-in-zone", {"end": message.end, "zone": moment.zone.key}),
                )
            )
    if written.after is not None:
        facts.append(Fact(label=Phrase("fact-seen"), value=seen_as(written.after)))
    return tuple(facts)


def seen_notes(planned: Plan, written: Written) -> list[Phrase]:
    """Return what is to be said about the end and about what shows."""
    notes: list[Phrase] = []
    preferred = planned.presence.to if planned.presence else None
    if written.presence_error is not None:
        preferred = None
    to_be_seen = preferred is not None and preferred.availability is not Availability.OFFLINE
    if preferred is not None and not planned.end_said and planned.end:
        notes.append(Phrase("note-graph-ends-it", {"end": planned.end}))
    message = planned.message.to if planned.message else None
    if message is not None and message.end is None and written.message_error is None:
        notes.append(Phrase("note-message-stays"))
    if written.after is None:
        notes.append(Phrase("note-not-seen"))
    elif written.after.shows_nothing and to_be_seen:
        notes.append(Phrase("note-no-client"))
    if not_shown(planned, written):
        notes.append(Phrase("note-not-shown-yet"))
    return notes


def half_that_failed(written: Written) -> Phrase:
    """Return the sentence that one half holds and the other does not."""
    half = "presence" if written.presence_error is not None else "message"
    outcome = "unclear" if isinstance(written.error, UnknownOutcome) else "failed"
    return Phrase(f"half-{half}-{outcome}")


def _offers(moment: Moment, planned: Plan, written: Written) -> tuple[Offer, ...]:
    undo = Offer(label=Phrase("offer-undo"), command=Undo())
    presence = planned.presence.to if planned.presence else None
    if presence is None or planned.end is None or written.presence_error is not None:
        if planned.message and planned.message.to and written.message_error is None:
            clear = Offer(label=Phrase("offer-clear-message"), command=ClearMessage())
            return (clear, undo)
        return (undo,)
    clearing = ClearAll() if planned.message and planned.message.to else ClearStatus()
    return (
        *end_offers(moment, planned.end if planned.end_said else None),
        Offer(label=Phrase("offer-clear"), command=clearing),
        undo,
    )


def end_offers(moment: Moment, end: datetime | None) -> tuple[Offer, ...]:
    """Return the buttons for another end; `end` is the said one, none where none was said."""
    day_ends = moment.end_of_day()
    offers = []
    if end is not None:
        offers.append(
            Offer(
                label=Phrase("offer-extend", {"by": _HALF_AN_HOUR}),
                command=Extend(by=_HALF_AN_HOUR),
            )
        )
    else:
        in_an_hour = (moment.now + timedelta(hours=1)).replace(second=0, microsecond=0)
        if in_an_hour < day_ends:
            offers.append(
                Offer(
                    label=Phrase("offer-until", {"end": in_an_hour}), command=Extend(to=in_an_hour)
                )
            )
    if end is None or end < day_ends:
        offers.append(Offer(label=Phrase("offer-end-of-day"), command=Extend(to=day_ends)))
    return tuple(offers)
