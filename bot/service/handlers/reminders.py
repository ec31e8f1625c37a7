"""Reminders: setting them, what is said when one is due, and bringing it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.commands import Extend
from bot.domain.occurrence import Series, next_occurrence
from bot.domain.own_commands import LookAgain, SetEndReminders
from bot.domain.plan import end_problem
from bot.domain.plan_commands import Cancel, Done, ListPlans, Remind, SkipOnce, Snooze, Target
from bot.domain.presence import LONGEST_STATUS, PreferredPresence
from bot.domain.recurrence import Recurrence
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import EndReminder, FreeReminder, RecurringReminder, Timer
from bot.service.changes import Arm, Drop, SaveSettings
from bot.service.errors import GatewayError, worth_another_try
from bot.service.handlers import overdue
from bot.service.handlers.planning import instant_of, lateness, repeats, too_many
from bot.service.handlers.status import changed_by_hand
from bot.service.ports import Fired, Outcome
from bot.service.saying import sorry, trouble, until_fact
from bot.service.turn import Turn

SNOOZE = timedelta(minutes=10)
_MOST_LOOKS = 3  # half a minute: later a reminder may be of no use
_LONGER = (timedelta(minutes=30), timedelta(hours=1))


async def remind(turn: Turn, command: Remind) -> Outcome:
    """Arm a reminder."""
    if command.instead_of is None and (problem := too_many(turn)):
        return Outcome(reply=sorry(problem))
    if command.recurrence is not None:
        return await _remind_again(turn, command.text or "", command.recurrence)
    at = command.at
    running = turn.running
    if command.before_end is not None:
        if running is None:
            return Outcome(reply=sorry(Phrase("problem-nothing-running")))
        at = running.end - command.before_end
    if at is None:
        return Outcome(reply=sorry(Phrase("problem-not-understood")))
    if at <= turn.now:
        return Outcome(reply=sorry(Phrase("problem-past", {"end": at})))
    if command.before_end is not None and running is not None and not command.text:
        task = EndReminder(
            entry=running.entry.id,
            availability=running.preferred.availability,
            end=running.end,
            lead=command.before_end,
        )
        return Outcome(
            reply=Reply(tone=Tone.DONE, title=Phrase("end-reminder-set", {"at": at})),
            changes=(Arm(timer=turn.end_timer, task=task, due=at),),
        )
    ends = running.end if command.before_end is not None and running is not None else None
    return _armed(turn, command.text or "", at, instead_of=command.instead_of, ends=ends)


def _armed(
    turn: Turn,
    text: str,
    at: datetime,
    *,
    instead_of: str | None = None,
    ends: datetime | None = None,
) -> Outcome:
    if instead_of is None and (problem := too_many(turn)):
        return Outcome(reply=sorry(problem))
    now = turn.now
    if problem := end_problem(max(at, now + timedelta(minutes=1)), now):
        return Outcome(reply=sorry(problem))
    timer = instead_of or turn.tools.new_id()
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("reminder-set", {"at": at}),
            facts=_text_facts(text),
            offers=(
                Offer(
                    label=Phrase("offer-cancel"),
                    command=Cancel(target=Target.REMINDER, ref=timer),
                ),
            ),
        ),
        changes=(Arm(timer=timer, task=FreeReminder(text=text, at=at, ends=ends), due=at),),
    )


def _text_facts(text: str) -> tuple[Fact, ...]:
    if not text:
        return ()
    return (Fact(label=Phrase("fact-reminder"), value=Phrase("quote", {"text": text})),)


async def _remind_again(turn: Turn, text: str, rule: Recurrence) -> Outcome:
    rule = replace(rule, start=rule.start or turn.moment.working_day.start, end=None)
    zone = turn.moment.zone.key
    series = Series(recurrence=rule, zone=zone, first=turn.moment.local.date())
    first = next_occurrence(series, after=turn.now)
    if first is None or first.start - turn.now > LONGEST_STATUS:
        return Outcome(reply=sorry(Phrase("recurs-never")))
    timer = turn.tools.new_id()
    task = RecurringReminder(text=text, series=series, start=first.start)
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("reminder-set", {"at": first.start}),
            facts=(
                Fact(label=Phrase("fact-repeats"), value=repeats(series)),
                *_text_facts(text),
            ),
            offers=(
                Offer(label=Phrase("offer-skip"), command=SkipOnce(ref=timer)),
                Offer(
                    label=Phrase("offer-cancel"),
                    command=Cancel(target=Target.REMINDER, ref=timer),
                ),
                Offer(label=Phrase("offer-list"), command=ListPlans()),
            ),
        ),
        changes=(Arm(timer=timer, task=task, due=first.start),),
    )


async def snooze(turn: Turn, command: Snooze) -> Outcome:
    """Bring a reminder again after a while: the one on the button, or the last one."""
    text = command.text if command.text is not None else turn.record.settings.last_reminder
    if text is None:
        return Outcome(reply=sorry(Phrase("snooze-nothing")))
    at = turn.now + (command.duration or SNOOZE)
    return _armed(turn, text, _tomorrow_morning(turn) if command.tomorrow else at)


async def done(turn: Turn, command: Done) -> Outcome:
    """Put a reminder away."""
    del turn
    title = Phrase("reminder-done", {"text": command.text})
    return Outcome(
        reply=Reply(tone=Tone.DONE, title=title if command.text else Phrase("reminder-done-bare"))
    )


async def set_end_reminders(turn: Turn, command: SetEndReminders) -> Outcome:
    """Turn the reminders before a status ends on or off, for good."""
    settings = replace(turn.record.settings, end_reminders=command.on)
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("end-reminders-on" if command.on else "end-reminders-off"),
            offers=(Offer(label=Phrase("offer-reminders-on"), command=SetEndReminders(on=True)),)
            if not command.on
            else (),
        ),
        changes=(
            SaveSettings(settings=settings),
            *(() if command.on else (Drop(timer=turn.end_timer),)),
        ),
    )


def reminder_due(turn: Turn, timer: Timer, task: FreeReminder | RecurringReminder) -> Fired:
    """Return the reminder itself, and arm what comes again."""
    if overdue.is_overdue(turn, timer):
        return overdue.report(turn, timer)
    text = task.text
    title = Phrase("reminder-due", {"text": text}) if text else Phrase("reminder-due-bare")
    settings = replace(turn.record.settings, last_reminder=text)
    return Fired(
        reply=Reply(
            tone=Tone.REMINDER,
            title=title,
            notes=lateness(turn, instant_of(timer, task)),
            offers=(
                *(
                    Offer(
                        label=Phrase("offer-snooze", {"by": by}),
                        command=Snooze(duration=by, text=text),
                    )
                    for by in (SNOOZE, timedelta(hours=1))
                ),
                Offer(
                    label=Phrase("offer-snooze-tomorrow"),
                    command=Snooze(text=text, tomorrow=True),
                ),
                Offer(label=Phrase("offer-done"), command=Done(text=text)),
            ),
        ),
        changes=(SaveSettings(settings=settings), overdue.rearmed(turn, timer)),
    )


def _tomorrow_morning(turn: Turn) -> datetime:
    tomorrow = turn.moment.local.date() + timedelta(days=1)
    return turn.moment.instant(datetime.combine(tomorrow, turn.moment.working_day.start))


async def end_reminder_due(turn: Turn, timer: Timer, task: EndReminder) -> Fired:
    """Remind that a status ends soon, in the end also where it cannot be seen whether it shows.

    Raises a GatewayError to look again.
    """
    if task.told:
        return Fired()
    try:
        reply = await ends_soon(turn, task)
    except GatewayError as error:
        if worth_another_try(error, timer.attempts, most=_MOST_LOOKS):
            raise
        reply = replace(_ending(turn, task), notes=(trouble(error),))
    if reply is None or task.lead is None:
        return Fired(reply=reply)
    told = Arm(timer=turn.end_timer, task=replace(task, told=True), due=task.end)
    return Fired(reply=reply, changes=(told,))


async def ends_soon(turn: Turn, task: EndReminder) -> Reply | None:
    """Return the reminder that a status ends soon; none where that status no longer stands.

    Raises a GatewayError where it cannot be seen whether it stands.
    """
    if not _stands(turn, task):
        return None
    if changed_by_hand(turn, await turn.tools.gateway.read(turn.person)):
        return None
    return _ending(turn, task)


def _stands(turn: Turn, task: EndReminder) -> bool:
    running = turn.running
    status = PreferredPresence(availability=task.availability, end=task.end)
    return running is not None and running.preferred == status


def _ending(turn: Turn, task: EndReminder) -> Reply:
    left = timedelta(minutes=max(1, round((task.end - turn.now) / timedelta(minutes=1))))
    return Reply(
        tone=Tone.REMINDER,
        title=Phrase("ends-soon", {"availability": task.availability, "left": left}),
        shows=task.availability.value,
        facts=(until_fact(task.end, turn.moment),),
        offers=(
            *(
                Offer(label=Phrase("offer-extend", {"by": by}), command=Extend(by=by))
                for by in _LONGER
            ),
            Offer(label=Phrase("offer-no-reminders"), command=SetEndReminders(on=False)),
        ),
        about=task.entry,
        refresh=LookAgain(entry=task.entry, ends=task.end),
    )
