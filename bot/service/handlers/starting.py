"""A planned status takes over, and gives back what was there before when it ends.

Given back is what our own journal says was running, with the rest of its time, and the message
that was read before (DESIGN, decision 4): only while the planned status is the last thing set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.commands import ClearAll, ClearStatus, Command, SetMessage, SetStatus, Undo
from bot.domain.journal import Entry, rest_of, rest_of_message
from bot.domain.plan import Plan, Post, Prefer, plan
from bot.domain.plan_commands import Schedule
from bot.domain.presence import Availability, PreferredPresence, Presence
from bot.domain.reply import Argument, Offer, Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.domain.timers import Earlier, GiveBack, Timer
from bot.service.changes import Arm, Change, Drop, Record
from bot.service.errors import GatewayError, worth_another_try
from bot.service.handlers.end_reminders import asked_lead, end_reminder
from bot.service.handlers.standing import (
    GAVE_BACK,
    give_back_timer,
    pending_give_back,
    stands,
)
from bot.service.handlers.status import (
    changed_by_hand,
    end_offers,
    entry_for,
    facts_of,
    half_that_failed,
    seen_notes,
)
from bot.service.handlers.undo import nothing_preferred_shows
from bot.service.ports import Fired, Outcome
from bot.service.saying import failed, retry, sorry, trouble
from bot.service.turn import Turn
from bot.service.writing import Written, write

_MOST_TRIES = 6  # about five minutes; then the person is told


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """A planned status whose time has come. `command` names it in the journal."""

    plan: str
    command: str
    availability: Availability
    start: datetime
    end: datetime | None = None
    message: StatusMessage | None = None

    @property
    def again(self) -> Schedule:
        """Return the command of the button that starts it."""
        return Schedule(
            availability=self.availability,
            start=self.start,
            end=self.end,
            message=self.message,
        )


async def take_over(
    turn: Turn, start: Start, *, notes: tuple[Phrase, ...] = (), reminds: bool = True
) -> Outcome:
    """Set a planned status, and arm what gives back. Raises a GatewayError where nothing changed.

    With `reminds` the person is reminded before it ends; without, of no end while it shows.
    """
    command = SetStatus(availability=start.availability, end=start.end, message=start.message)
    planned = plan(command, turn.running, turn.now)
    if isinstance(planned, Phrase):
        return Outcome(reply=sorry(planned))
    before = await turn.tools.gateway.read(turn.person)
    written = await write(turn, planned, before)
    entry = replace(entry_for(turn, command, planned, written), command=start.command)
    changes = (
        Record(entry=entry),
        *_arm_give_back(turn, start, planned, written),
        *(
            end_reminder(turn, planned, written, entry)
            if reminds
            else _reminds_no_more(turn, written)
        ),
        *((Drop(timer=turn.session_timer),) if entry.session is not None else ()),
    )
    reply = replace(_started(turn, start, planned, written, notes), about=entry.id)
    return Outcome(reply=reply, changes=changes)


def _reminds_no_more(turn: Turn, written: Written) -> tuple[Change, ...]:
    return () if written.presence_error is not None else (Drop(timer=turn.end_timer),)


def _arm_give_back(
    turn: Turn, start: Start, planned: Plan, written: Written
) -> tuple[Change, ...]:
    if written.presence_error is not None or planned.end is None:
        return ()
    pending = pending_give_back(turn)
    inherited = pending[1] if pending else None
    earlier = (*standing(turn, written.before), *(inherited.earlier if inherited else ()))
    text = planned.message.to.text if planned.message and planned.message.to else None
    if text is None and inherited is not None:
        text = inherited.text
    if written.message_error is not None:
        text = None
    # One that is due at this very instant would find that its status stands no more.
    over = pending is not None and pending[0].due <= turn.now
    dropped = (Drop(timer=pending[0].id),) if pending and over else ()
    if not earlier:
        return dropped
    task = GiveBack(
        availability=start.availability, end=planned.end, earlier=tuple(earlier), text=text
    )
    return (*dropped, Arm(timer=give_back_timer(start.plan), task=task, due=planned.end))


def standing(turn: Turn, before: Presence) -> tuple[Earlier, ...]:
    """Return what stands now, to be given back later; nothing where nothing does."""
    running = None if changed_by_hand(turn, before) else turn.running
    message = before.message if before.message and before.message.text else None
    if running is None and message is None:
        return ()
    return (
        Earlier(
            preferred=running.preferred if running else None,
            end_said=running.end_said if running else False,
            lead=asked_lead(turn) if running else None,
            message=message,
        ),
    )


def _started(
    turn: Turn, start: Start, planned: Plan, written: Written, notes: tuple[Phrase, ...]
) -> Reply:
    title = Phrase("plan-started", {"availability": start.availability})
    if planned.end is not None:
        title = Phrase(
            "plan-started-until", {"availability": start.availability, "end": planned.end}
        )
    clearing = ClearAll() if start.message else ClearStatus()
    error = written.error
    return Reply(
        tone=Tone.SORRY if error else Tone.DONE,
        title=title if written.presence_error is None else Phrase("plan-started-half"),
        shows=start.availability.value,
        facts=facts_of(turn.moment, planned, written),
        notes=(*notes, *((trouble(error),) if error else ()), *seen_notes(planned, written)),
        offers=(
            *((retry(start.again),) if error else ()),
            *end_offers(turn.moment, start.end),
            Offer(label=Phrase("offer-clear"), command=clearing),
            Offer(label=Phrase("offer-undo"), command=Undo()),
        ),
    )


def waits(start: Start, why: Phrase) -> Reply:
    """Return the card that offers a planned status instead of starting it."""
    named: dict[str, Argument] = {"availability": start.availability, "at": start.start}
    title = Phrase("plan-waits", named)
    if start.end is not None:
        title = Phrase("plan-waits-until", {**named, "end": start.end})
    offer = Offer(label=Phrase("offer-start-now"), command=start.again)
    return Reply(tone=Tone.QUESTION, title=title, notes=(why,), offers=(offer,))


def give_up(timer: Timer, start: Start, error: GatewayError) -> Reply:
    """Return what to say of a start that cannot be; raise the error where later may work."""
    if worth_another_try(error, timer.attempts, most=_MOST_TRIES):
        raise error
    said = failed(error, start.again)
    return replace(said, title=Phrase("plan-failed", {"availability": start.availability}))


async def give_back_due(turn: Turn, timer: Timer, task: GiveBack) -> Fired:
    """Give back what was there before a planned status. Raises a GatewayError to try again."""
    if not stands(turn, task):
        return Fired()
    rests = (rest_of(one.preferred, turn.now) for one in task.earlier)
    preferred = next((rest for rest in rests if rest is not None), None)
    message = _message_to_give_back(turn, task)
    if preferred is None and message is None:
        return Fired()
    try:
        before = await turn.tools.gateway.read(turn.person)
        if not _as_we_left_it(task, preferred, before):
            return Fired(reply=Reply(tone=Tone.INFO, title=Phrase("give-back-left-alone")))
        if before.message is not None and before.message.text not in ("", task.text):
            message = None  # somebody has written another one since
        if preferred is None and message is None:
            return Fired()
        planned = Plan(
            presence=Prefer(to=preferred) if preferred else None,
            message=Post(to=message) if message else None,
            end=preferred.end if preferred else None,
            end_said=any(e.end_said for e in task.earlier if e.preferred == preferred),
        )
        written = await write(turn, planned, before)
    except GatewayError as error:
        if worth_another_try(error, timer.attempts, most=_MOST_TRIES):
            raise
        said = failed(error, _by_button(preferred, message))
        return Fired(reply=replace(said, title=Phrase("give-back-failed")))
    leads = (e.lead for e in task.earlier if e.preferred == preferred)
    return _given_back(turn, planned, written, next(leads, None))


def _by_button(preferred: PreferredPresence | None, message: StatusMessage | None) -> Command:
    """Return the command of the button that gives back what is still to be."""
    if preferred is not None:
        return SetStatus(availability=preferred.availability, end=preferred.end, message=message)
    assert message is not None  # noqa: S101  # one of them is still to be given back
    return SetMessage(message=message)


def _given_back(turn: Turn, planned: Plan, written: Written, asked: timedelta | None) -> Fired:
    entry: Entry = replace(entry_for(turn, Undo(), planned, written), command=GAVE_BACK)
    back = planned.presence.to if planned.presence and not written.presence_error else None
    title = Phrase("given-back-message")
    if back is not None and planned.end is not None:
        title = Phrase("given-back", {"availability": back.availability, "end": planned.end})
    notes: list[Phrase] = []
    offers = list(end_offers(turn.moment, planned.end)) if back else []
    if written.error is not None:
        notes += [half_that_failed(written), trouble(written.error)]
        failed_presence = planned.presence.to if planned.presence and not back else None
        failed_message = planned.message.to if planned.message and back else None
        offers.insert(0, retry(_by_button(failed_presence, failed_message)))
        title = title if back else Phrase("given-back-half")
    return Fired(
        reply=Reply(
            tone=Tone.SORRY if written.error else Tone.DONE,
            title=title,
            shows=back.availability.value if back else None,
            facts=facts_of(turn.moment, planned, written),
            notes=(*notes, *seen_notes(planned, written)),
            offers=tuple(offers),
            about=entry.id,
        ),
        changes=(Record(entry=entry), *end_reminder(turn, planned, written, entry, asked=asked)),
    )


def _message_to_give_back(turn: Turn, task: GiveBack) -> StatusMessage | None:
    if task.text is None:
        return None
    rests = (rest_of_message(one.message, turn.now) for one in task.earlier)
    return next((rest for rest in rests if rest is not None), None)


def _as_we_left_it(task: GiveBack, back: PreferredPresence | None, read: Presence) -> bool:
    """Return whether nobody else has set anything; an earlier try may have given it back."""
    ours = {task.availability.casefold()} | ({back.availability.casefold()} if back else set())
    if read.shows_nothing or read.availability.casefold() in ours:
        return True
    return nothing_preferred_shows(read)
