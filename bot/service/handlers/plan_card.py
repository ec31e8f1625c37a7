"""The card of one thing planned: its times are changed on it, as words can change them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.elsewhere import carried
from bot.domain.occurrence import Series
from bot.domain.plan_commands import (
    Cancel,
    ChangePlan,
    FillInPlan,
    ListPlans,
    Pause,
    ShowPlan,
    SkipOnce,
    Target,
)
from bot.domain.recurrence import Recurrence
from bot.domain.reply import Fact, Field, Input, Offer, Phrase, Reply, Tone
from bot.domain.timers import (
    FreeReminder,
    PlannedStart,
    Recurring,
    RecurringReminder,
    RecurringStart,
    SequenceStart,
)
from bot.service.handlers.changing import change_listed
from bot.service.handlers.plan_list import meant
from bot.service.handlers.planning import Listed, Reference, name_of, other_zone, repeats
from bot.service.ports import Outcome
from bot.service.saying import sorry
from bot.service.turn import Turn

_ONE_DAY = timedelta(days=1)
_PAUSE = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """What the card shows to be filled in: times of day, and the last day of what recurs."""

    start: time | None = None
    end: time | None = None
    until: date | None = None


async def show(turn: Turn, command: ShowPlan) -> Outcome:
    """Show one thing planned, to be changed."""
    listed = _listed(turn, command.ref)
    return Outcome(
        reply=sorry(Phrase("change-nothing")) if listed is None else _card(turn, listed)
    )


async def fill_in(turn: Turn, command: FillInPlan) -> Outcome:
    """Change what was filled in; where it cannot be, say why on the same card."""
    listed = _listed(turn, command.ref)
    if listed is None:
        return Outcome(reply=sorry(Phrase("change-nothing")))
    shown = _shown(turn, listed)
    try:
        change = _change(command, shown)
    except ValueError:
        return Outcome(reply=_refused(turn, listed, Phrase("change-wrong")))
    if change == ChangePlan(until=shown.until):
        return Outcome(reply=_card(turn, listed))
    if change.start is not None and change.start == change.end:
        return Outcome(reply=_refused(turn, listed, Phrase("problem-too-short")))
    outcome = change_listed(turn, _ever(listed), change)
    if outcome.changes:
        return outcome
    return Outcome(reply=_refused(turn, listed, outcome.reply.title))


def _listed(turn: Turn, ref: str) -> Listed | None:
    found = [one for one in meant(turn, Reference(words=ref)) if one.timer.id == ref]
    return found[0] if found else None


def _ever(listed: Listed) -> Listed:
    """Return the plan without a last day: what was filled in says it, or that there is none."""
    if not isinstance(listed.task, Recurring):
        return listed
    series = listed.task.series
    series = replace(series, recurrence=replace(series.recurrence, until=None))
    return replace(listed, task=replace(listed.task, series=series))


def _change(command: FillInPlan, shown: _Shown) -> ChangePlan:
    """Return what was filled in as a change. Raises ValueError for what is no time or no day."""
    start = _clock(command.start, shown.start)
    end = _clock(command.end, shown.end)
    until = date.fromisoformat(command.until) if command.until else None
    if start == shown.start and end == shown.end:
        return ChangePlan(until=until)
    if end == shown.end and _overnight(start, end) and not _overnight(shown.start, shown.end):
        end = None  # it would end before it starts: it is moved as it is, not made a day long
    return ChangePlan(start=start, end=end, until=until)


def _overnight(start: time | None, end: time | None) -> bool:
    return start is not None and end is not None and end <= start


def _clock(filled_in: str | None, shown: time | None) -> time | None:
    if shown is None or not filled_in:
        return shown  # what the card does not ask for is nobody's to fill in
    clock = time.fromisoformat(filled_in)
    if clock.tzinfo is not None:
        raise ValueError("a time of day has no zone")
    return clock.replace(second=0, microsecond=0)


def _shown(turn: Turn, listed: Listed) -> _Shown:
    match listed.task:
        case RecurringStart(series=series, start=start):
            rule = _seen(turn, series, start)
            return _Shown(start=rule.start, end=rule.end, until=rule.until)
        case RecurringReminder(series=series, start=start):
            rule = _seen(turn, series, start)
            return _Shown(start=rule.start, until=rule.until)
        case PlannedStart(start=start, end=end):
            within_a_day = end is not None and end - start < _ONE_DAY
            return _Shown(
                start=_minute(turn.moment.wall(start).time()),
                end=_minute(turn.moment.wall(end).time()) if end and within_a_day else None,
            )
        case FreeReminder(at=at):
            return _Shown(start=_minute(turn.moment.wall(at or listed.timer.due).time()))
        case SequenceStart():
            return _Shown()


def _seen(turn: Turn, series: Series, start: datetime) -> Recurrence:
    """Return the rule by the person's own clock, which is what they fill in."""
    day, here = series.day_of(start), turn.moment.zone.key
    return carried(series.recurrence, day, zone=series.zone, to=here)[0]


def _minute(clock: time) -> time:
    return clock.replace(second=0, microsecond=0)


def _refused(turn: Turn, listed: Listed, problem: Phrase) -> Reply:
    return replace(_card(turn, listed), title=problem, tone=Tone.SORRY)


def _card(turn: Turn, listed: Listed) -> Reply:
    task, ref = listed.task, listed.timer.id
    shown = _shown(turn, listed)
    upcoming = Phrase("end-in-zone", {"end": listed.timer.due, "zone": turn.moment.zone.key})
    facts = [
        Fact(label=Phrase("fact-plan"), value=name_of(task)),
        Fact(label=Phrase("fact-next"), value=upcoming),
    ]
    offers = [Offer(label=Phrase("offer-save"), command=FillInPlan(ref=ref))]
    if isinstance(task, Recurring):
        facts.insert(1, Fact(label=Phrase("fact-repeats"), value=repeats(task.series)))
        offers.append(Offer(label=Phrase("offer-skip"), command=SkipOnce(ref=ref)))
        paused = task.series.paused_until
        if paused is not None and paused > turn.now:
            facts.append(
                Fact(label=Phrase("fact-paused"), value=Phrase("list-until", {"end": paused}))
            )
            resume = Pause(ref=ref, until=turn.now)
            offers.append(Offer(label=Phrase("offer-resume"), command=resume))
        else:
            a_week = Pause(ref=ref, until=turn.now + _PAUSE)
            offers.append(Offer(label=Phrase("offer-pause-week"), command=a_week))
    offers += [
        Offer(label=Phrase("offer-cancel"), command=Cancel(target=Target.ALL, ref=ref)),
        Offer(label=Phrase("offer-list"), command=ListPlans()),
    ]
    return Reply(
        tone=Tone.QUESTION,
        title=Phrase("change-title"),
        facts=tuple(facts),
        notes=other_zone(turn, task.series) if isinstance(task, Recurring) else (),
        inputs=tuple(_inputs(shown, recurs=isinstance(task, Recurring))),
        offers=tuple(offers),
    )


def _inputs(shown: _Shown, *, recurs: bool) -> list[Input]:
    found = [
        Input(id=name, kind=Field.TIME, label=Phrase(label), value=clock.isoformat("minutes"))
        for name, label, clock in (
            ("start", "change-start", shown.start),
            ("end", "change-end", shown.end),
        )
        if clock is not None
    ]
    if recurs:
        until = shown.until.isoformat() if shown.until else ""
        found.append(Input(id="until", kind=Field.DATE, label=Phrase("change-until"), value=until))
    return found
