"""A status that is planned once: taking the plan down, and starting it when it is due."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.plan import end_problem, message_problem
from bot.domain.plan_commands import Cancel, ListPlans, Schedule, Target
from bot.domain.presence import DEFAULT_LENGTH, LONGEST_STATUS, SHORTEST_STATUS
from bot.domain.reply import Argument, Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import PlannedStart, Timer
from bot.service.changes import Arm, Drop
from bot.service.errors import GatewayError
from bot.service.handlers import overdue
from bot.service.handlers.planning import lateness, overlap, too_many
from bot.service.handlers.standing import STARTED, person_spoke_later
from bot.service.handlers.starting import Start, give_up, take_over, waits
from bot.service.ports import Fired, Outcome
from bot.service.saying import message_facts, sorry
from bot.service.turn import Turn


async def schedule(turn: Turn, command: Schedule) -> Outcome:
    """Plan a status; one whose start has come (a button of an old card) starts at once."""
    command = replace(command, start=command.start.replace(microsecond=0))
    if command.start <= turn.now:
        return await _start_now(turn, command)
    if problem := _problem(turn, command):
        return Outcome(reply=sorry(problem))
    timer = command.instead_of or turn.tools.new_id()
    task = PlannedStart(
        availability=command.availability,
        start=command.start,
        end=command.end,
        message=command.message,
        said=turn.now,
    )
    return Outcome(
        reply=_planned(turn, command, timer),
        changes=(Arm(timer=timer, task=task, due=command.start),),
    )


async def _start_now(turn: Turn, command: Schedule) -> Outcome:
    if command.end is not None and (problem := end_problem(command.end, turn.now)):
        return Outcome(reply=sorry(problem))
    start = Start(
        plan=turn.tools.new_id(),
        command=STARTED,
        availability=command.availability,
        start=command.start,
        end=command.end,
        message=command.message,
    )
    outcome = await take_over(turn, start)
    if command.instead_of is None:
        return outcome
    return replace(outcome, changes=(*outcome.changes, Drop(timer=command.instead_of)))


def _problem(turn: Turn, command: Schedule) -> Phrase | None:
    if command.instead_of is None and (problem := too_many(turn)):
        return problem
    if command.start - turn.now > LONGEST_STATUS:
        return Phrase("problem-too-far")
    if command.end is not None:
        if command.end - command.start < SHORTEST_STATUS:
            return Phrase("problem-too-short")
        if command.end - command.start > LONGEST_STATUS:
            return Phrase("problem-too-far")
    return message_problem(command.message) if command.message else None


def _planned(turn: Turn, command: Schedule, timer: str) -> Reply:
    named: dict[str, Argument] = {"availability": command.availability, "start": command.start}
    title = Phrase("planned-from", named)
    notes = [Phrase("note-gives-back")]
    end = command.end
    if end is None:
        end = command.start + DEFAULT_LENGTH[command.availability]
        notes.append(Phrase("note-graph-ends-it", {"end": end}))
    else:
        title = Phrase("planned-until", {**named, "end": end})
    if overlaps := overlap(turn, [(command.start, end)]):
        notes.insert(0, overlaps)
    return Reply(
        tone=Tone.DONE,
        title=title,
        shows=command.availability.value,
        facts=(
            Fact(
                label=Phrase("fact-starts"),
                value=Phrase("end-in-zone", {"end": command.start, "zone": turn.moment.zone.key}),
            ),
            *message_facts(command.message),
        ),
        notes=tuple(notes),
        offers=(
            Offer(label=Phrase("offer-cancel"), command=Cancel(target=Target.SCHEDULE, ref=timer)),
            Offer(label=Phrase("offer-list"), command=ListPlans()),
        ),
    )


async def schedule_due(turn: Turn, timer: Timer, task: PlannedStart) -> Fired:
    """Start a planned status; offer or report it where it does not start by itself.

    Raises a GatewayError where it should be tried again.
    """
    if overdue.is_overdue(turn, timer):
        return overdue.report(turn, timer)
    start = Start(
        plan=timer.id,
        command=STARTED,
        availability=task.availability,
        start=task.start,
        end=task.end,
        message=task.message,
    )
    if person_spoke_later(turn, said=task.said, due=task.start):
        return Fired(reply=waits(start, Phrase("waits-said-later")))
    try:
        outcome = await take_over(turn, start, notes=lateness(turn, task.start))
    except GatewayError as error:
        return Fired(reply=give_up(timer, start, error))
    return Fired(reply=outcome.reply, changes=outcome.changes)
