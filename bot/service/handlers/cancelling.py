"""What is cancelled is said by its name and its time: a number may have come to mean another."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.commands import Cancel, Target
from bot.domain.reply import Phrase, Reply, Tone
from bot.domain.timers import Planned, PlannedLocation, Timer, Watching
from bot.service.changes import Change, Drop
from bot.service.errors import GatewayError, SignInRequired
from bot.service.handlers import sessions
from bot.service.handlers.planning import name_of
from bot.service.ports import Outcome
from bot.service.saying import retry, sorry, trouble
from bot.service.turn import Turn

_SHOWN = 8


def cancelled(timers: Sequence[Timer]) -> Outcome:
    """Cancel plans."""
    return _outcome([line for timer in timers for line in _lines(timer)], timers, ())


async def everything(turn: Turn) -> Outcome:
    """Cancel all that the list of plans shows, and end the session that it shows.

    Raises a GatewayError where there is nothing but a session, which could not be ended.
    """
    timers = [
        timer
        for timer in turn.record.timers
        if isinstance(timer.task, Planned | PlannedLocation | Watching)
    ]
    lines = [line for timer in timers for line in _lines(timer)]
    session = turn.session
    if session is None:
        return _outcome(lines, timers, ()) if timers else _nothing()
    try:
        ended = await sessions.end(turn, session)
    except SignInRequired:
        raise
    except GatewayError as error:
        if not timers:
            raise
        return _but_for_the_session(_outcome(lines, timers, ()), error)
    name = Phrase(f"session-{session.activity.value}", {"end": session.end})
    return _outcome([name, *lines], timers, ended)


def _nothing() -> Outcome:
    return Outcome(reply=sorry(Phrase("cancel-nothing")))


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


def _outcome(
    lines: Sequence[Phrase], timers: Sequence[Timer], ended: tuple[Change, ...]
) -> Outcome:
    more = len(lines) - _SHOWN
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("cancelled", {"count": len(lines)}),
            notes=(
                *lines[:_SHOWN],
                *((Phrase("and-more", {"count": more}),) if more > 0 else ()),
            ),
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
