"""Cancelling, and taking that back.

What is cancelled is said by its name and its time, with a button that plans it again: a number may
have come to mean another plan since the list was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.occurrence import next_occurrence
from bot.domain.plan_commands import Cancel, ListPlans, PlanAgain, Target
from bot.domain.presence import HeldSession
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.domain.timers import (
    Planned,
    PlannedLocation,
    RecurringReminder,
    RecurringStart,
    Timer,
    Watching,
)
from bot.service.changes import Arm, Change, Drop
from bot.service.errors import GatewayError, SignInRequired
from bot.service.handlers import sessions, watches
from bot.service.handlers.planning import MAX_PLANS, name_of, plans
from bot.service.ports import Outcome
from bot.service.saying import retry, sorry, trouble
from bot.service.turn import Turn

_SHOWN = 8


async def everything(turn: Turn) -> Outcome:
    """Cancel all that the list of plans shows, and end the session that it shows.

    Raises a GatewayError where there is nothing but a session, which could not be ended.
    """
    timers = [
        timer
        for timer in turn.record.timers
        if isinstance(timer.task, Planned | PlannedLocation | Watching)
    ]
    session = turn.session
    if session is None:
        return cancelled(timers) if timers else Outcome(reply=sorry(Phrase("cancel-nothing")))
    try:
        ended = await sessions.end(turn, session)
    except SignInRequired:
        raise
    except GatewayError as error:
        if not timers:
            raise
        return _but_for_the_session(cancelled(timers), error)
    return cancelled(timers, session, ended)


def _lines(timer: Timer) -> list[Phrase]:
    """Return what an entry of the list of plans is called, or several."""
    match timer.task:
        case PlannedLocation(location=location):
            name = Phrase(f"location-{location.value}")
        case Watching(watched=watched):
            return [Phrase("watch-cancelled", {"name": one.name}) for one in watched]
        case task:
            assert isinstance(task, Planned)  # noqa: S101 - nothing else is listed
            name = name_of(task)
    return [Phrase("plan-at", {"plan": name, "at": timer.due})]


def _all_lines(timers: Sequence[Timer], session: HeldSession | None) -> list[Phrase]:
    lines = [line for timer in timers for line in _lines(timer)]
    if session is None:
        return lines
    return [Phrase(f"session-{session.activity.value}", {"end": session.end}), *lines]


def _first(lines: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Return as many lines as a card has room for, and how many there are more."""
    more = len(lines) - _SHOWN
    return (*lines[:_SHOWN], *((Phrase("and-more", {"count": more}),) if more > 0 else ()))


def cancelled(
    timers: Sequence[Timer],
    session: HeldSession | None = None,
    ended: tuple[Change, ...] = (),
) -> Outcome:
    """Cancel what these timers plan; `ended` is what ending the session has changed."""
    lines = _all_lines(timers, session)
    undo = PlanAgain(timers=tuple(timer.id for timer in timers), session=session)
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("cancelled", {"count": len(lines)}),
            notes=_first(lines),
            offers=(Offer(label=Phrase("offer-restore"), command=undo),),
        ),
        changes=(*(Drop(timer=timer.id) for timer in timers), *ended),
    )


def _but_for_the_session(outcome: Outcome, error: GatewayError) -> Outcome:
    reply = outcome.reply
    said = Reply(
        tone=Tone.SORRY,
        title=reply.title,
        notes=(*reply.notes, Phrase("cancelled-but-session"), trouble(error)),
        offers=(retry(Cancel(target=Target.SESSION)), *reply.offers),
    )
    return Outcome(reply=said, changes=outcome.changes)


async def plan_again(turn: Turn, command: PlanAgain) -> Outcome:
    """Take a cancellation back, but for what is over. Raises a GatewayError of the session."""
    found = await turn.tools.own_data.disarmed(turn.person, command.timers)
    armed = {timer.id: _again(turn, timer) for timer in found}
    back = [timer for timer in found if armed[timer.id]]
    planned = sum(isinstance(timer.task, Planned) for timer in back)
    if len(plans(turn)) + planned > MAX_PLANS:
        return Outcome(reply=sorry(Phrase("too-many-plans", {"limit": MAX_PLANS})))
    held = command.session
    shown = await sessions.again(turn, held) if held is not None else ()
    if not back and not shown:
        return Outcome(reply=sorry(Phrase("plan-again-nothing")))
    whole = len(back) == len(command.timers) and (held is None or bool(shown))
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("planned-again" if whole else "planned-again-half"),
            notes=_first(_all_lines(back, held if shown else None)),
            offers=(Offer(label=Phrase("offer-list"), command=ListPlans()),),
        ),
        changes=(*(change for timer in back for change in armed[timer.id]), *shown),
    )


def _again(turn: Turn, timer: Timer) -> tuple[Change, ...]:
    match timer.task:
        case RecurringStart() | RecurringReminder() as task:
            working_day = turn.moment.working_day
            upcoming = next_occurrence(task.series, after=turn.now, working_day=working_day)
            if upcoming is None:
                return ()
            task = replace(task, start=upcoming.start)
            return (Arm(timer=timer.id, task=task, due=upcoming.start),)
        case Watching() as task:
            return watches.again(turn, task)
        case task if timer.due > turn.now:
            return (Arm(timer=timer.id, task=task, due=timer.due),)
        case _:
            return ()
