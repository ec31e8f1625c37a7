"""The person's time zone: what they chose wins, else that of the last activity.

A new zone counts for the command at hand. Whether what recurs moves to it is asked once, and
nothing moves before the person says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.elsewhere import same_clocks
from bot.domain.occurrence import next_occurrence
from bot.domain.own_commands import SetTimezone
from bot.domain.person import Person, Settings
from bot.domain.plan_commands import MoveRecurring
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.domain.timers import Recurring, ZoneQuestion
from bot.service.changes import Arm, Change, Drop, SaveSettings
from bot.service.ports import Fired, Outcome, PersonRecord
from bot.service.turn import Turn


def asks(record: PersonRecord, settings: Settings, now: datetime) -> str | None:
    """Return the zone for which the person is to be asked now; none = they were, or need not."""
    zone = settings.local_zone
    if zone is None or zone in (settings.asked_zone, record.settings.local_zone):
        return None
    return zone if _elsewhere(record, zone, now) else None


def _elsewhere(record: PersonRecord, zone: str, now: datetime) -> dict[str, Recurring]:
    """Return what recurs by other clocks than those of a zone, by the ids of the timers."""
    found = {one.id: one.task for one in record.timers if isinstance(one.task, Recurring)}
    used = {task.series.zone for task in found.values()}
    other = {one for one in used if not same_clocks(one, zone, now)}
    return {timer: task for timer, task in found.items() if task.series.zone in other}


def question(person: Person, zone: str, now: datetime) -> Arm:
    """Return the change that asks a person about a zone, in a message of its own."""
    return Arm(timer=f"zone:{person}", task=ZoneQuestion(zone=zone), due=now)


def zone_question_due(turn: Turn, task: ZoneQuestion) -> Fired:
    """Ask whether what recurs moves; nothing where that has become pointless."""
    elsewhere = _elsewhere(turn.record, task.zone, turn.now)
    if not elsewhere:
        return Fired()
    return Fired(
        reply=Reply(
            tone=Tone.QUESTION,
            title=Phrase("zone-question", {"count": len(elsewhere), "zone": task.zone}),
            notes=(Phrase("zone-question-note"),),
            offers=(
                Offer(
                    label=Phrase("offer-move-zone", {"zone": task.zone}),
                    command=MoveRecurring(zone=task.zone),
                ),
                Offer(label=Phrase("offer-keep-zone"), command=MoveRecurring()),
            ),
        )
    )


async def move_recurring(turn: Turn, command: MoveRecurring) -> Outcome:
    """Move everything that recurs to a zone, in one transaction; without a zone, leave it."""
    if command.zone is None:
        return Outcome(reply=Reply(tone=Tone.DONE, title=Phrase("zone-kept")))
    changes = _moved(turn, command.zone)
    title = Phrase("zone-moved", {"count": len(changes), "zone": command.zone})
    return Outcome(reply=Reply(tone=Tone.DONE, title=title), changes=changes)


def _moved(turn: Turn, zone: str) -> tuple[Change, ...]:
    changes: list[Change] = []
    for timer, task in _elsewhere(turn.record, zone, turn.now).items():
        series = replace(task.series, zone=zone)
        upcoming = next_occurrence(series, after=turn.now, working_day=turn.moment.working_day)
        if upcoming is None:
            changes.append(Drop(timer=timer))
            continue
        moved = replace(task, series=series, start=upcoming.start)
        changes.append(Arm(timer=timer, task=moved, due=upcoming.start))
    return tuple(changes)


async def set_timezone(turn: Turn, command: SetTimezone) -> Outcome:
    """Set the person's own zone, and ask about what recurs in another one."""
    settings = replace(turn.record.settings, own_zone=command.zone, asked_zone=command.zone)
    elsewhere = _elsewhere(turn.record, command.zone, turn.now)
    offers = (
        Offer(
            label=Phrase("offer-move-zone", {"zone": command.zone}),
            command=MoveRecurring(zone=command.zone),
        ),
        Offer(label=Phrase("offer-keep-zone"), command=MoveRecurring()),
    )
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("zone-set", {"zone": command.zone}),
            notes=(Phrase("zone-still-elsewhere", {"count": len(elsewhere)}),)
            if elsewhere
            else (),
            offers=offers if elsewhere else (),
        ),
        changes=(SaveSettings(settings=settings),),
    )
