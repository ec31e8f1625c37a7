"""A status that comes again and again: making it, starting it, skipping and pausing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.occurrence import Occurrence, Series, next_occurrence, occurrences, passed
from bot.domain.plan import message_problem
from bot.domain.plan_commands import Cancel, ListPlans, Pause, Recur, SkipOnce, Target
from bot.domain.presence import LONGEST_STATUS
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.domain.timers import Recurring, RecurringStart, Timer
from bot.service.changes import Arm, Change, Drop
from bot.service.errors import GatewayError
from bot.service.handlers import overdue
from bot.service.handlers.cancelling import cancelled
from bot.service.handlers.plan_list import chosen_recurring, meant, which
from bot.service.handlers.planning import (
    Listed,
    Reference,
    lateness,
    name_of,
    overlap,
    repeats,
    series_windows,
    too_many,
)
from bot.service.handlers.standing import STARTED_AGAIN, person_spoke_later
from bot.service.handlers.starting import Start, give_up, take_over, waits
from bot.service.ports import Fired, Outcome
from bot.service.saying import message_facts, sorry
from bot.service.turn import Turn


async def recur(turn: Turn, command: Recur) -> Outcome:
    """Make a recurring status; its rule is in the zone that the person is in now."""
    message = StatusMessage(text=command.message) if command.message else None
    if problem := too_many(turn) or (message_problem(message) if message else None):
        return Outcome(reply=sorry(problem))
    zone = turn.moment.zone.key
    series = Series(recurrence=command.recurrence, zone=zone, first=turn.moment.local.date())
    first = next_occurrence(series, after=turn.now, working_day=turn.moment.working_day)
    if first is None or first.start - turn.now > LONGEST_STATUS:
        return Outcome(reply=sorry(Phrase("recurs-never")))
    timer = turn.tools.new_id()
    task = RecurringStart(
        availability=command.availability,
        series=series,
        start=first.start,
        said=turn.now,
        message=command.message,
    )
    return Outcome(
        reply=_made(turn, timer, task, first),
        changes=(Arm(timer=timer, task=task, due=first.start),),
    )


def _made(turn: Turn, timer: str, task: RecurringStart, first: Occurrence) -> Reply:
    rule = task.series.recurrence
    notes = []
    if overlaps := overlap(turn, series_windows(task.series, turn, turn.now)):
        notes.append(overlaps)
    if rule.end is None and rule.start is not None:
        notes.append(Phrase("note-until-working-day", {"end": first.end}))
    if rule.until is not None:
        last = turn.moment.instant(datetime.combine(rule.until, rule.start or datetime.min.time()))
        notes.append(Phrase("note-last-day", {"at": last}))
    notes.append(Phrase("note-gives-back"))
    message = StatusMessage(text=task.message) if task.message else None
    return Reply(
        tone=Tone.DONE,
        title=Phrase("recurs-from", {"availability": task.availability, "start": first.start}),
        shows=task.availability.value,
        facts=(
            Fact(label=Phrase("fact-repeats"), value=repeats(task.series)),
            Fact(
                label=Phrase("fact-next"),
                value=Phrase(
                    "start-end-in-zone",
                    {"start": first.start, "end": first.end, "zone": task.series.zone},
                ),
            ),
            *message_facts(message),
        ),
        notes=tuple(notes),
        offers=(
            Offer(label=Phrase("offer-skip"), command=SkipOnce(ref=timer)),
            Offer(
                label=Phrase("offer-cancel"), command=Cancel(target=Target.RECURRING, ref=timer)
            ),
            Offer(label=Phrase("offer-list"), command=ListPlans()),
        ),
    )


async def recurring_due(turn: Turn, timer: Timer, task: RecurringStart) -> Fired:
    """Start an occurrence, and arm the next. Raises a GatewayError to be tried again."""
    if overdue.is_overdue(turn, timer):
        return overdue.report(turn, timer)
    *missed, current = passed(
        task.series, since=task.start, now=turn.now, working_day=turn.moment.working_day
    )
    start = Start(
        plan=timer.id,
        command=STARTED_AGAIN,
        availability=task.availability,
        start=current.start,
        end=current.end,
        message=StatusMessage(text=task.message) if task.message else None,
    )
    again = overdue.rearmed(turn, timer)
    if person_spoke_later(turn, said=task.said, due=current.start):
        return Fired(reply=waits(start, Phrase("waits-said-later")), changes=(again,))
    notes = lateness(turn, current.start)
    if missed:
        notes = (*notes, Phrase("note-missed", {"count": len(missed)}))
    try:
        outcome = await take_over(turn, start, notes=notes, reminds=False)
    except GatewayError as error:
        return Fired(reply=give_up(timer, start, error), changes=(again,))
    return Fired(reply=outcome.reply, changes=(*outcome.changes, again))


async def skip_once(turn: Turn, command: SkipOnce, reference: Reference | None) -> Outcome:
    """Leave one occurrence out: the one of the day that was said, or the next."""
    chosen = chosen_recurring(turn, reference)
    if not chosen and (planned := _planned_once(turn, command, reference)):
        return cancelled([planned[0].timer])
    if len(chosen) != 1:
        return Outcome(
            reply=which(
                chosen,
                lambda one: SkipOnce(ref=one.timer.id, day=command.day),
                "skip-nothing",
            )
        )
    timer, task = chosen[0].timer, chosen[0].task
    assert isinstance(task, Recurring)  # noqa: S101 - chosen_recurring gives nothing else
    left_out = _occurrence(turn, task.series, command)
    if left_out is None:
        return Outcome(reply=sorry(Phrase("skip-no-such-day"), name_of(task)))
    skipped = (*task.series.skipped, left_out.day)
    change = _changed(turn, timer, task, replace(task.series, skipped=skipped))
    return Outcome(
        reply=_about(turn, chosen[0], Phrase("skipped", {"at": left_out.start}), change),
        changes=(change,),
    )


def _planned_once(turn: Turn, command: SkipOnce, reference: Reference | None) -> Sequence[Listed]:
    """Return what comes once only, on the day that was said: to skip it is to cancel it."""
    if reference is None:
        return ()
    return [
        one
        for one in meant(turn, reference)
        if command.day is None or turn.moment.wall(one.timer.due).date() == command.day
    ]


def _occurrence(turn: Turn, series: Series, command: SkipOnce) -> Occurrence | None:
    found = occurrences(series, after=turn.now, working_day=turn.moment.working_day)
    for one in found:
        day = turn.moment.wall(one.start).date()  # what is tomorrow elsewhere may be today here
        if command.day is None or day == command.day:
            return one
        if day > command.day:
            return None
    return None


async def pause(turn: Turn, command: Pause, reference: Reference | None) -> Outcome:
    """Pause what recurs until an instant, or for the longest time; one that is past resumes it."""
    chosen = chosen_recurring(turn, reference)
    everything = reference is None
    until = command.until or turn.now + LONGEST_STATUS
    resumes = until <= turn.now
    if not chosen or (len(chosen) > 1 and not everything):
        return Outcome(
            reply=which(
                chosen,
                lambda one: Pause(ref=one.timer.id, until=command.until),
                "resume-nothing" if resumes else "pause-nothing",
            )
        )
    changes = []
    for one in chosen:
        assert isinstance(one.task, Recurring)  # noqa: S101 - chosen_recurring gives nothing else
        series = replace(one.task.series, paused_until=None if resumes else until)
        changes.append(_changed(turn, one.timer, one.task, series))
    title = Phrase("resumed") if resumes else Phrase("paused", {"until": until})
    return Outcome(reply=_about(turn, chosen[0], title, changes[0]), changes=tuple(changes))


def _changed(turn: Turn, timer: Timer, task: Recurring, series: Series) -> Change:
    upcoming = next_occurrence(series, after=turn.now, working_day=turn.moment.working_day)
    if upcoming is None:
        return Drop(timer=timer.id)
    return Arm(
        timer=timer.id,
        task=replace(task, series=series, start=upcoming.start),
        due=upcoming.start,
    )


def _about(turn: Turn, listed: Listed, title: Phrase, change: Change) -> Reply:
    facts: list[Fact] = [Fact(label=Phrase("fact-plan"), value=name_of(listed.task))]
    offers = [Offer(label=Phrase("offer-list"), command=ListPlans())]
    if isinstance(change, Arm):
        facts.append(
            Fact(
                label=Phrase("fact-next"),
                value=Phrase("end-in-zone", {"end": change.due, "zone": turn.moment.zone.key}),
            )
        )
        if title.key == "paused":
            resume = Pause(ref=listed.timer.id, until=turn.now)
            offers.insert(0, Offer(label=Phrase("offer-resume"), command=resume))
    notes = () if isinstance(change, Arm) else (Phrase("note-was-the-last"),)
    return Reply(
        tone=Tone.DONE, title=title, facts=tuple(facts), notes=notes, offers=tuple(offers)
    )
