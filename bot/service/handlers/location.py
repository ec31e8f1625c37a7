"""Where the person works: today at Graph, and on another day when its morning has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.commands import SetWorkLocation
from bot.domain.presence import LONGEST_STATUS, Presence, WorkLocation
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import PlannedLocation, Timer
from bot.service.changes import Arm, Drop
from bot.service.errors import GatewayError, worth_another_try
from bot.service.handlers.planning import too_many
from bot.service.ports import Fired, Outcome
from bot.service.saying import retry, sorry, trouble
from bot.service.turn import Turn

MORNING = time(6)  # wall time at which the location of a later day is set
_SECOND_LOOK = 1.0  # seconds
_MOST_TRIES = 8  # about twenty minutes; then the person is told
_KNOWN = {location.value.casefold(): location for location in WorkLocation}


async def set_location(turn: Turn, command: SetWorkLocation) -> Outcome:
    """Set today's location, or plan that of a later day: Graph knows today only.

    Raises a GatewayError where nothing was changed.
    """
    outcome = await _set(turn, command)
    if command.instead_of is None or outcome.reply.tone is not Tone.DONE:
        return outcome
    dropped = Drop(timer=_timer(turn, command.instead_of))
    return replace(outcome, changes=(*outcome.changes, dropped))


async def _set(turn: Turn, command: SetWorkLocation) -> Outcome:
    if command.location is None:
        return await _clear(turn, command.day)
    location = _KNOWN.get(command.location.casefold())
    if location is None:
        return Outcome(reply=sorry(Phrase("location-unknown", {"place": command.location})))
    today = turn.moment.local.date()
    day = command.day or today
    if day < today:
        return Outcome(reply=sorry(Phrase("problem-past")))
    if day > today:
        return _plan(turn, location, day, today)
    await turn.tools.gateway.set_work_location(turn.person, location)
    seen = await _look(turn, location.value)
    if seen is None:
        notes = [Phrase("note-not-seen")]
    elif seen.work_location != location.value:
        notes = [Phrase("note-not-shown-yet")]
    else:
        notes = []
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase(f"location-{location.value}"),
            shows=seen.availability if seen else None,
            notes=(*notes, Phrase("location-today-only")),
            offers=(
                Offer(
                    label=Phrase("offer-clear-location"), command=SetWorkLocation(location=None)
                ),
            ),
        )
    )


async def _look(turn: Turn, wanted: str | None) -> Presence | None:
    try:
        seen = await turn.tools.gateway.read(turn.person)
        if seen.work_location != wanted:
            await turn.tools.sleep(_SECOND_LOOK)
            seen = await turn.tools.gateway.read(turn.person)
    except GatewayError:
        return None
    return seen


def _plan(turn: Turn, location: WorkLocation, day: date, today: date) -> Outcome:
    if day - today > LONGEST_STATUS:
        return Outcome(reply=sorry(Phrase("problem-too-far")))
    if problem := too_many(turn):
        return Outcome(reply=sorry(problem))
    at = turn.moment.instant(datetime.combine(day, MORNING))
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase(f"location-planned-{location.value}", {"at": at}),
            notes=(Phrase("location-set-then", {"at": at}),),
            offers=(
                Offer(
                    label=Phrase("offer-cancel"), command=SetWorkLocation(location=None, day=day)
                ),
            ),
        ),
        changes=(
            Arm(timer=_timer(turn, day), task=PlannedLocation(location=location, day=day), due=at),
        ),
    )


def _timer(turn: Turn, day: date) -> str:
    return f"location:{day}:{turn.person}"


async def _clear(turn: Turn, day: date | None) -> Outcome:
    """Take today's location back at Graph, or a later day's out of the plans."""
    if day is not None and day != turn.moment.local.date():
        known = any(timer.id == _timer(turn, day) for timer in turn.record.timers)
        if not known:
            return Outcome(reply=sorry(Phrase("cancel-nothing")))
        return Outcome(
            reply=Reply(tone=Tone.DONE, title=Phrase("location-cancelled")),
            changes=(Drop(timer=_timer(turn, day)),),
        )
    await turn.tools.gateway.clear_work_location(turn.person)
    seen = await _look(turn, None)
    if seen is None:
        notes = [Phrase("note-not-seen")]
    elif seen.work_location is not None:
        notes = [Phrase("note-not-shown-yet")]
    else:
        notes = []
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("location-cleared"),
            shows=seen.availability if seen else None,
            notes=tuple(notes),
        )
    )


async def due(turn: Turn, timer: Timer, task: PlannedLocation) -> Fired:
    """Set the location of the day that has begun; say where that cannot be.

    Raises a GatewayError where it should be tried again soon.
    """
    if turn.moment.local.date() != task.day:
        day = turn.moment.instant(datetime.combine(task.day, MORNING))
        return Fired(reply=sorry(Phrase("location-missed", {"at": day})))
    try:
        await turn.tools.gateway.set_work_location(turn.person, task.location)
    except GatewayError as error:
        if worth_another_try(error, timer.attempts, most=_MOST_TRIES):
            raise
        command = SetWorkLocation(location=task.location.value, day=task.day)
        return Fired(
            reply=Reply(
                tone=Tone.SORRY,
                title=Phrase("location-not-set"),
                notes=(trouble(error),),
                offers=(retry(command),),
            )
        )
    return Fired()


def listed(turn: Turn) -> tuple[tuple[Fact, ...], tuple[Offer, ...]]:
    """Return the planned locations as lines of the list of plans, and what cancels them."""
    facts, offers = [], []
    for timer in turn.record.timers:
        if isinstance(timer.task, PlannedLocation):
            place = Phrase(f"location-{timer.task.location.value}")
            facts.append(Fact(label=Phrase("list-location", {"at": timer.due}), value=place))
            offers.append(
                Offer(
                    label=Phrase("cancel-location", {"at": timer.due}),
                    command=SetWorkLocation(location=None, day=timer.task.day),
                )
            )
    return tuple(facts), tuple(offers)
