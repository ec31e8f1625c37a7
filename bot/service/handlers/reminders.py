"""Reminders: setting, listing and cancelling them, and what is said when one is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.commands import (
    Cancel,
    Extend,
    Listing,
    ListPlans,
    Remind,
    SetEndReminders,
    Target,
)
from bot.domain.plan import end_problem
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.timers import EndReminder, FreeReminder, Timer
from bot.service.handlers import location, sessions
from bot.service.handlers.status import changed_by_hand
from bot.service.ports import Arm, Drop, Outcome, SaveSettings
from bot.service.saying import sorry, until_fact
from bot.service.turn import MAX_TIMERS, Turn

_LONGER = (timedelta(minutes=30), timedelta(hours=1))


async def remind(turn: Turn, command: Remind) -> Outcome:
    """Arm a reminder."""
    if command.recurrence is not None:
        return Outcome(reply=sorry(Phrase("not-yet-recurring-reminder")))
    if len(turn.record.timers) >= MAX_TIMERS:
        return Outcome(reply=sorry(Phrase("too-many-reminders", {"limit": MAX_TIMERS})))
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
    if problem := end_problem(max(at, turn.now + timedelta(minutes=1)), turn.now):
        return Outcome(reply=sorry(problem))
    if command.before_end is not None and running is not None and not command.text:
        task = EndReminder(
            entry=running.entry.id,
            availability=running.preferred.availability,
            end=running.end,
        )
        return Outcome(
            reply=Reply(tone=Tone.DONE, title=Phrase("end-reminder-set", {"at": at})),
            changes=(Arm(timer=turn.end_timer, task=task, due=at),),
        )
    timer = turn.tools.new_id()
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("reminder-set", {"at": at}),
            facts=(
                Fact(
                    label=Phrase("fact-reminder"),
                    value=Phrase("quote", {"text": command.text or ""}),
                ),
            )
            if command.text
            else (),
            offers=(
                Offer(
                    label=Phrase("offer-cancel"),
                    command=Cancel(target=Target.REMINDER, ref=timer),
                ),
            ),
        ),
        changes=(Arm(timer=timer, task=FreeReminder(text=command.text or ""), due=at),),
    )


def _listed(turn: Turn) -> list[Timer]:
    """Return the person's own reminders as they are numbered in the list, next first."""
    return [timer for timer in turn.record.timers if isinstance(timer.task, FreeReminder)]


async def list_plans(turn: Turn, command: ListPlans) -> Outcome:
    """List what is due, numbered, next first."""
    timers = _listed(turn) if command.what in (Listing.ALL, Listing.REMINDERS) else []
    if command.what in (Listing.ALL, Listing.SCHEDULES):
        others, offers = _others(turn)
    else:
        others, offers = (), ()
    if others and not timers:
        reply = Reply(tone=Tone.INFO, title=Phrase("list-others"), facts=others, offers=offers)
        return Outcome(reply=reply)
    if not timers:
        return Outcome(reply=Reply(tone=Tone.INFO, title=Phrase("list-empty")))
    facts = tuple(
        Fact(
            label=Phrase("list-item", {"number": number, "at": timer.due}),
            value=Phrase("quote", {"text": timer.task.text}),
        )
        for number, timer in enumerate(timers, 1)
        if isinstance(timer.task, FreeReminder)
    )
    return Outcome(
        reply=Reply(
            tone=Tone.INFO,
            title=Phrase("list-title", {"count": len(timers)}),
            facts=(*facts, *others),
            notes=(Phrase("list-how-to-cancel"),),
            offers=offers,
        )
    )


def _others(turn: Turn) -> tuple[tuple[Fact, ...], tuple[Offer, ...]]:
    """Return what is planned or going on besides reminders, and the buttons that end it."""
    places, cancel_places = location.listed(turn)
    stop = (sessions.stop_offer(),) if turn.session is not None else ()
    return (*sessions.listed(turn), *places), (*stop, *cancel_places)


async def cancel(turn: Turn, command: Cancel) -> Outcome:
    """Cancel reminders by number, by their words, by the id on a button, or all of them."""
    timers = _listed(turn)
    chosen = [timer for number, timer in enumerate(timers, 1) if _is_meant(command, number, timer)]
    if not chosen:
        return Outcome(reply=sorry(Phrase("cancel-nothing")))
    if len(chosen) > 1 and command.ref not in (None, "all") and command.target is not Target.ALL:
        return Outcome(
            reply=Reply(
                tone=Tone.QUESTION,
                title=Phrase("cancel-which"),
                offers=tuple(
                    Offer(
                        label=Phrase("cancel-one", {"at": timer.due, "text": timer.task.text}),
                        command=Cancel(target=Target.REMINDER, ref=timer.id),
                    )
                    for timer in chosen
                    if isinstance(timer.task, FreeReminder)
                ),
            )
        )
    return Outcome(
        reply=Reply(tone=Tone.DONE, title=Phrase("cancelled", {"count": len(chosen)})),
        changes=tuple(Drop(timer=timer.id) for timer in chosen),
    )


def _is_meant(command: Cancel, number: int, timer: Timer) -> bool:
    if command.target not in (Target.REMINDER, Target.ALL):
        return False
    ref = (command.ref or "all").casefold().removeprefix("#")
    if ref == "all" or ref in (timer.id, str(number)):
        return True
    return isinstance(timer.task, FreeReminder) and ref in timer.task.text.casefold()


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


def free_reminder_due(task: FreeReminder) -> Reply:
    """Return the reminder itself."""
    if not task.text:
        return Reply(tone=Tone.REMINDER, title=Phrase("reminder-due-bare"))
    return Reply(tone=Tone.REMINDER, title=Phrase("reminder-due", {"text": task.text}))


async def end_reminder_due(turn: Turn, task: EndReminder) -> Reply | None:
    """Return the reminder that a status ends soon; none where that status no longer stands.

    Raises a GatewayError where it cannot be seen whether it stands.
    """
    running = turn.running
    if running is None or running.end != task.end:
        return None
    if changed_by_hand(turn, await turn.tools.gateway.read(turn.person)):
        return None
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
    )
