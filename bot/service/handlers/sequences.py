"""Statuses one after the other: one timer goes from step to step, and is cancelled as a whole.

Each step is written with its own end, so that Graph ends it also when nothing runs here. At the
end of the last one what stood before the first is given back.
"""

from __future__ import annotations

from collections.abc import Sequence as Series
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.commands import SetStatus, Undo
from bot.domain.plan import Plan, plan
from bot.domain.plan_commands import Cancel, Sequence, Step, Target
from bot.domain.presence import LONGEST_STATUS, SHORTEST_STATUS, Presence
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import Earlier, GiveBack, SequenceStart, Timer
from bot.service.changes import Arm, Change, Drop, Record
from bot.service.errors import GatewayError
from bot.service.handlers.planning import lateness, overlap, too_many
from bot.service.handlers.standing import (
    WENT_ON,
    give_back_timer,
    newest,
    pending_give_back,
    person_spoke_later,
)
from bot.service.handlers.starting import Start, give_up, standing
from bot.service.handlers.status import entry_for, facts_of, seen_notes
from bot.service.ports import Fired, Outcome
from bot.service.saying import sorry
from bot.service.turn import Turn
from bot.service.writing import Written, write


@dataclass(frozen=True, kw_only=True, slots=True)
class _Now:
    """The step that is set now: its number from 1, its end, and when the next one starts."""

    step: Step
    number: int
    start: datetime
    end: datetime
    following: datetime | None


async def begin(turn: Turn, command: Sequence) -> Outcome:
    """Set the first step and plan the others. Raises a GatewayError where nothing was changed."""
    if problem := too_many(turn):
        return Outcome(reply=sorry(problem))
    task = SequenceStart(
        steps=command.steps,
        repeat=command.repeat,
        begun=turn.now.replace(microsecond=0),
        said=turn.now,
    )
    if any(step.duration < SHORTEST_STATUS for step in command.steps):
        return Outcome(reply=sorry(Phrase("problem-too-short")))
    if task.end - task.begun > LONGEST_STATUS:
        return Outcome(reply=sorry(Phrase("problem-too-far")))
    before = await turn.tools.gateway.read(turn.person)
    task = replace(task, earlier=_earlier(turn, before))
    first = _step_at(task, task.begun)
    if first is None:
        return Outcome(reply=sorry(Phrase("problem-too-short")))
    outcome = await _set(turn, turn.tools.new_id(), task, first, "Sequence", before)
    facts = (Fact(label=Phrase("fact-steps"), value=_steps(task)), *outcome.reply.facts)
    notes = (*outcome.reply.notes, Phrase("sequence-ends", {"end": task.end}))
    if overlaps := overlap(turn, [(task.begun, task.end)]):
        notes = (overlaps, *notes)
    return replace(outcome, reply=replace(outcome.reply, facts=facts, notes=notes))


def _earlier(turn: Turn, before: Presence) -> tuple[Earlier, ...]:
    pending = pending_give_back(turn)
    return (*standing(turn, before), *(pending[1].earlier if pending else ()))


def _step_at(task: SequenceStart, now: datetime) -> _Now | None:
    """Return the step to set at `now`: one that is nearly over is left out."""
    windows = list(task.windows())
    for number, (step, start, end) in enumerate(windows, 1):
        if start <= now and end - now >= SHORTEST_STATUS:
            following = end if number < len(windows) else None
            return _Now(step=step, number=number, start=start, end=end, following=following)
    return None


async def _set(
    turn: Turn, sequence: str, task: SequenceStart, step: _Now, command: str, before: Presence
) -> Outcome:
    said = SetStatus(availability=step.step.availability, end=step.end)
    planned = plan(said, turn.running, turn.now)
    if isinstance(planned, Phrase):
        return Outcome(reply=sorry(planned))
    written = await write(turn, planned, before)
    entry = entry_for(turn, said, planned, written)
    entry = replace(entry, command=command, part_of=sequence)
    if command != WENT_ON:
        task = replace(task, said=entry.at)
    return Outcome(
        reply=replace(_reply(turn, sequence, task, step, planned, written), about=entry.id),
        changes=(
            Record(entry=entry),
            Drop(timer=turn.end_timer),  # the next step is the reminder
            *_next(sequence, task, step),
        ),
    )


def _next(sequence: str, task: SequenceStart, step: _Now) -> tuple[Change, ...]:
    if step.following is not None:
        return (Arm(timer=sequence, task=task, due=step.following),)
    return _gives_back(sequence, task, step.step, step.end, due=step.end)


def _gives_back(
    sequence: str, task: SequenceStart, last: Step, end: datetime, *, due: datetime
) -> tuple[Change, ...]:
    if not task.earlier:
        return ()
    back = GiveBack(availability=last.availability, end=end, earlier=task.earlier)
    return (Arm(timer=give_back_timer(sequence), task=back, due=due),)


def _reply(
    turn: Turn, sequence: str, task: SequenceStart, step: _Now, planned: Plan, written: Written
) -> Reply:
    state = step.step.availability
    stop = Cancel(target=Target.ALL, ref=sequence)
    count = len(task.steps) * task.repeat
    offers = [Offer(label=Phrase("offer-undo"), command=Undo())]
    if step.following is not None:
        offers.insert(0, Offer(label=Phrase("offer-stop-sequence"), command=stop))
    return Reply(
        tone=Tone.DONE,
        title=Phrase("set-until", {"availability": state, "end": step.end}),
        shows=state.value,
        facts=facts_of(turn.moment, planned, written),
        notes=(
            *lateness(turn, step.start),
            Phrase("sequence-step", {"number": step.number, "count": count}),
            *seen_notes(planned, written),
        ),
        offers=tuple(offers),
    )


def _steps(task: SequenceStart) -> Phrase:
    """Return the steps of one round as one phrase."""
    round_ = _joined([_one(step) for step in task.steps])
    return Phrase("sequence-rounds", {"steps": round_, "count": task.repeat})


def _one(step: Step) -> Phrase:
    return Phrase("sequence-part", {"availability": step.availability, "length": step.duration})


def _joined(parts: Series[Phrase]) -> Phrase:
    said = parts[0]
    for part in parts[1:]:
        said = Phrase("sequence-then", {"first": said, "next": part})
    return said


async def due(turn: Turn, timer: Timer, task: SequenceStart) -> Fired:
    """Set the step that is due, or tell that it cannot be and go on with the next one.

    It stops where the person decided otherwise. Raises a GatewayError where it should be tried
    again.
    """
    if person_spoke_later(turn, said=task.said, due=timer.due):
        return Fired(reply=Reply(tone=Tone.INFO, title=Phrase("sequence-stopped")))
    step = _step_at(task, turn.now)
    if step is None:
        return _between_steps(turn, timer, task)
    try:
        before = await turn.tools.gateway.read(turn.person)
        outcome = await _set(turn, timer.id, task, step, WENT_ON, before)
    except GatewayError as error:
        start = Start(
            plan=timer.id,
            command=WENT_ON,
            availability=step.step.availability,
            start=step.start,
            end=step.end,
        )
        reply = give_up(timer, start, error)
        return Fired(reply=reply, changes=_without(turn, timer, task, step))
    return Fired(reply=outcome.reply, changes=outcome.changes)


def _without(turn: Turn, timer: Timer, task: SequenceStart, step: _Now) -> tuple[Change, ...]:
    """Return what comes after a step that could not be set."""
    if step.following is not None:
        return _next(timer.id, task, step)
    return _gives_back_later(turn, timer, task, due=step.end)


def _between_steps(turn: Turn, timer: Timer, task: SequenceStart) -> Fired:
    """Wait for the next step where this one is nearly over; after the last, give back."""
    changes = rest(turn, timer, task)
    if any(start > turn.now for _, start, _ in task.windows()):
        return Fired(changes=changes)
    return Fired(
        reply=Reply(tone=Tone.SORRY, title=Phrase("sequence-over", {"end": task.end})),
        changes=changes,
    )


def rest(turn: Turn, timer: Timer, task: SequenceStart) -> tuple[Change, ...]:
    """Return the changes that go on with the next step, or give back where there is none."""
    coming = (start for _, start, _ in task.windows() if start > turn.now)
    following = next(coming, None)
    if following is not None:
        return (Arm(timer=timer.id, task=task, due=following),)
    return _gives_back_later(turn, timer, task, due=turn.now)


def _gives_back_later(
    turn: Turn, timer: Timer, task: SequenceStart, *, due: datetime
) -> tuple[Change, ...]:
    """Return what gives back at `due` where the last step was never set."""
    entry = newest(turn)
    after = entry.presence.after if entry and entry.presence else None
    if after is None or after.end is None:
        return ()
    last = Step(availability=after.availability, duration=timedelta(0))
    return _gives_back(timer.id, task, last, after.end, due=due)
