"""Presence sessions: shown, kept up by a timer, bounded, and ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.commands import KeepAvailable, ShowSession, Undo
from bot.domain.journal import Entry, SessionChange
from bot.domain.plan import end_problem
from bot.domain.plan_commands import Cancel, PlanAgain, Target
from bot.domain.presence import (
    LONGEST_HELD,
    LONGEST_SESSION,
    SHORTEST_SESSION,
    SHORTEST_STATUS,
    HeldSession,
    Presence,
    PresenceSession,
    SessionActivity,
)
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import HoldSession, Timer
from bot.service.causes import cause, outranks, shows_preferred, shows_session
from bot.service.changes import Arm, Change, Drop, MarkUndone, Record
from bot.service.errors import GatewayError, worth_another_try
from bot.service.ports import Fired, Outcome
from bot.service.saying import retry, seen_as, sorry, trouble, until_fact
from bot.service.turn import Turn

USUAL_LENGTH = timedelta(hours=1)  # of a session for which no end was said
# An Available session fades after 5 minutes; the others last as they are for 4 hours at most.
RENEW_AVAILABLE = timedelta(minutes=4)
RENEW_OTHERS = timedelta(hours=3, minutes=30)
_SECOND_LOOK = 1.0  # seconds
_HALF_AN_HOUR = timedelta(minutes=30)
_MOST_TRIES = 8  # about twenty minutes; then the person is told


async def show(turn: Turn, command: KeepAvailable | ShowSession) -> Outcome:
    """Show a session and keep it up until its end. Raises a GatewayError where it is not shown."""
    now = turn.now.replace(microsecond=0)
    end, notes = _end(turn, command, now)
    if problem := end_problem(end, now):
        return Outcome(reply=sorry(problem))
    activity = command.activity if isinstance(command, ShowSession) else SessionActivity.AVAILABLE
    held = HeldSession(activity=activity, since=now, end=end)
    before = turn.session
    changes = await put(turn, held)
    seen = await _look(turn, held)
    notes += _honest(turn, held, before, seen)
    entry = _entry(turn, type(command).__name__, before, held)
    facts = [until_fact(end, turn.moment)]
    if seen is not None:
        facts.append(Fact(label=Phrase("fact-seen"), value=seen_as(seen)))
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase(f"session-{activity.value}", {"end": end}),
            shows=seen.availability if seen else held.availability.value,
            facts=tuple(facts),
            notes=tuple(notes),
            offers=(
                *_longer(held, now),
                stop_offer(),
                Offer(label=Phrase("offer-undo"), command=Undo()),
            ),
        ),
        changes=(Record(entry=entry), *changes),
    )


def _end(
    turn: Turn, command: KeepAvailable | ShowSession, now: datetime
) -> tuple[datetime, list[Phrase]]:
    latest = now + LONGEST_HELD
    if command.end is not None:
        end = command.end.replace(microsecond=0)
        if end > latest:
            return latest, [Phrase("session-bounded", {"most": LONGEST_HELD, "end": latest})]
        return end, []
    usual = now + USUAL_LENGTH
    if isinstance(command, KeepAvailable):
        usual = min(max(usual, turn.moment.end_of_day()), latest)
    return usual, [Phrase("session-usual-end", {"end": usual})]


def _longer(held: HeldSession, now: datetime) -> tuple[Offer, ...]:
    end = held.end + _HALF_AN_HOUR
    if end - now > LONGEST_HELD:
        return ()
    label = Phrase("offer-extend", {"by": _HALF_AN_HOUR})
    return (Offer(label=label, command=_again(held, end)),)


def _again(held: HeldSession, end: datetime) -> KeepAvailable | ShowSession:
    if held.activity is SessionActivity.AVAILABLE:
        return KeepAvailable(end=end)
    return ShowSession(activity=held.activity, end=end)


def stop_offer() -> Offer:
    """Return the button that ends the session."""
    return Offer(label=Phrase("offer-stop"), command=Cancel(target=Target.SESSION))


async def put(turn: Turn, to: HeldSession | None) -> tuple[Change, ...]:
    """Show a session, or with none end the one that shows; return what keeps it so."""
    if to is None:
        await turn.tools.gateway.clear_session(turn.person)
        return (Drop(timer=turn.session_timer),)
    await turn.tools.gateway.set_session(turn.person, _lease(to, turn.counts_from))
    return (_armed(turn, to),)


def _lease(held: HeldSession, now: datetime) -> PresenceSession:
    """Return the session for Graph: it ends by itself in time, also when the bot is down."""
    rest = min(max(held.end - now, SHORTEST_SESSION), LONGEST_SESSION)
    return PresenceSession(activity=held.activity, length=rest)


def _armed(turn: Turn, held: HeldSession) -> Arm:
    available = held.activity is SessionActivity.AVAILABLE
    due = turn.now + (RENEW_AVAILABLE if available else RENEW_OTHERS)
    task = HoldSession(held=held)
    return Arm(timer=turn.session_timer, task=task, due=min(held.end, due))


async def _look(turn: Turn, held: HeldSession) -> Presence | None:
    """Read back, once more after a second where the session does not show."""
    try:
        seen = await turn.tools.gateway.read(turn.person)
        if not shows_session(held, seen) and not shows_preferred(turn, seen):
            await turn.tools.sleep(_SECOND_LOOK)
            seen = await turn.tools.gateway.read(turn.person)
    except GatewayError:
        return None  # the session was accepted: the reply says that it could not be seen
    return seen


def _honest(
    turn: Turn, held: HeldSession, before: HeldSession | None, seen: Presence | None
) -> list[Phrase]:
    if seen is None:
        return [Phrase("note-not-seen")]
    if shows_session(held, seen):
        return []
    # What shows may still be our own earlier session: Graph answers late.
    stale = before is not None and shows_session(before, seen)
    if not stale and (shows_preferred(turn, seen) or outranks(seen, held)):
        return [Phrase("session-outranked", {"state": seen_as(seen)}), cause(turn, seen)]
    return [Phrase("note-not-shown-yet")]


def _entry(
    turn: Turn, command: str, before: HeldSession | None, after: HeldSession | None
) -> Entry:
    return Entry(
        id=turn.tools.new_id(),
        at=turn.now,
        command=command,
        session=SessionChange(before=before, after=after),
    )


async def stop(turn: Turn) -> Outcome:
    """End the session. Raises a GatewayError where it could not be ended."""
    session = turn.session
    if session is None:
        return Outcome(reply=sorry(Phrase("session-none")))
    changes = await end(turn, session)
    return Outcome(reply=await _told(turn, Phrase("session-stopped")), changes=changes)


async def end(turn: Turn, session: HeldSession) -> tuple[Change, ...]:
    """End the session that shows. Raises a GatewayError where it could not be ended."""
    changes = await put(turn, None)
    return (Record(entry=_entry(turn, Cancel.__name__, session, None)), *changes)


async def again(turn: Turn, held: HeldSession) -> tuple[Change, ...]:
    """Show a session again that was ended; nothing where it is over, or another one shows.

    Raises a GatewayError where it is not shown.
    """
    if turn.session is not None or held.end - turn.now < SHORTEST_STATUS:
        return ()
    changes = await put(turn, held)
    return (Record(entry=_entry(turn, PlanAgain.__name__, None, held)), *changes)


async def _told(turn: Turn, title: Phrase, *, undo: bool = True) -> Reply:
    try:
        seen = await turn.tools.gateway.read(turn.person)
    except GatewayError:
        return Reply(tone=Tone.DONE, title=title, notes=(Phrase("note-not-seen"),))
    return Reply(
        tone=Tone.DONE,
        title=title,
        shows=seen.availability,
        facts=(Fact(label=Phrase("fact-seen"), value=seen_as(seen)),),
        offers=(Offer(label=Phrase("offer-undo"), command=Undo()),) if undo else (),
    )


async def due(turn: Turn, timer: Timer, task: HoldSession) -> Fired:
    """Renew the session, or end it at its end; say where it cannot be kept up.

    Raises a GatewayError where it should be tried again soon.
    """
    held = task.held
    try:
        if turn.now >= held.end:
            await put(turn, None)
            return Fired()
        return Fired(changes=await put(turn, held))
    except GatewayError as error:
        if worth_another_try(error, timer.attempts, most=_MOST_TRIES):
            raise
        if turn.now >= held.end:
            return Fired()  # Graph has ended it by itself
        return Fired(
            reply=Reply(
                tone=Tone.SORRY,
                title=Phrase("session-lost"),
                notes=(trouble(error), Phrase("session-lost-what-now", {"end": held.end})),
                offers=(retry(_again(held, held.end)),),
            )
        )


async def undo(turn: Turn, entry: Entry, change: SessionChange) -> Outcome:
    """Take back a change of the session alone. Raises a GatewayError where that failed."""
    back = to_give_back(turn, change)
    if isinstance(back, Phrase):
        return Outcome(
            reply=sorry(Phrase("undo-left-alone"), back), changes=(MarkUndone(entry=entry.id),)
        )
    before = turn.session
    changes = await put(turn, back)
    record = _entry(turn, "Undo", before, back)
    return Outcome(
        reply=await _told(turn, Phrase("undone"), undo=False),
        changes=(Record(entry=record), MarkUndone(entry=entry.id), *changes),
    )


def to_give_back(turn: Turn, change: SessionChange) -> HeldSession | Phrase | None:
    """Return the session to show again, none to end it, or why it is to be left alone."""
    if change.after is not None and change.after.end <= turn.now:
        return Phrase("undo-session-over")
    if turn.session != change.after:
        return Phrase("undo-session-changed")
    before = change.before
    if before is None or before.end - turn.now < SHORTEST_STATUS:
        return None
    return before


def listed(turn: Turn) -> tuple[Fact, ...]:
    """Return the session as a line of the list of plans."""
    session = turn.session
    if session is None:
        return ()
    label = Phrase(f"session-{session.activity.value}", {"end": session.end})
    return (Fact(label=Phrase("list-session"), value=label),)
