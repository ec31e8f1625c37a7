"""Listing what is planned, finding what a person means, and cancelling it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.commands import ClearStatus, Command
from bot.domain.moment import Moment
from bot.domain.occurrence import next_occurrence
from bot.domain.plan_commands import Cancel, Listing, ListPlans, ShowPlan, SkipOnce, Target
from bot.domain.reply import Fact, Item, Offer, Phrase, Reply, Tone
from bot.domain.timers import (
    FreeReminder,
    Planned,
    PlannedStart,
    PlannedStatus,
    Recurring,
    RecurringReminder,
    RecurringStart,
    SequenceStart,
)
from bot.service.handlers import cancelling, location, sessions, status, watches
from bot.service.handlers.planning import (
    Listed,
    Reference,
    name_of,
    plans,
    repeats,
    text_of,
)
from bot.service.ports import Outcome, PersonRecord
from bot.service.saying import sorry
from bot.service.turn import Turn

_SHOWN = 8  # as many as a card has room for, with their buttons
_SHORTEST_NAME = 3  # characters

_LISTED: dict[Listing, tuple[type, ...]] = {
    Listing.ALL: (PlannedStart, RecurringStart, FreeReminder, RecurringReminder, SequenceStart),
    Listing.SCHEDULES: (PlannedStart, RecurringStart, SequenceStart),
    Listing.RECURRING: (RecurringStart, RecurringReminder),
    Listing.REMINDERS: (FreeReminder, RecurringReminder),
}
_KINDS = {
    Target.ALL: _LISTED[Listing.ALL],
    Target.SCHEDULE: _LISTED[Listing.SCHEDULES],
    Target.RECURRING: _LISTED[Listing.RECURRING],
    Target.REMINDER: _LISTED[Listing.REMINDERS],
}


async def list_plans(
    turn: Turn, command: ListPlans, examples: Callable[[Moment], tuple[str, ...]]
) -> Outcome:
    """List what is planned, next first, a page at a time.

    A plan has the same number in every list. Where nothing is planned, `examples` gives
    utterances that plan something.
    """
    listed = [one for one in plans(turn) if isinstance(one.task, _LISTED[command.what])]
    everything = command.what is Listing.ALL
    facts, offers = _kept_up(turn) if everything else ((), ())
    watched = watches.listed(turn) if everything else ()
    count = len(listed) + len(facts) + len(watched)
    if not count:
        return Outcome(
            reply=Reply(
                tone=Tone.INFO,
                title=Phrase("list-empty"),
                examples=examples(turn.moment),
                refresh=command,
            )
        )
    entries: tuple[Listed | Item, ...] = (*listed, *watched)
    page = min(command.page, max(len(entries) - 1, 0) // _SHOWN)
    shown = entries[page * _SHOWN :][:_SHOWN]
    more = max(len(entries) - (page + 1) * _SHOWN, 0)
    numbered = [one for one in shown if isinstance(one, Listed)]
    notes = [Phrase("and-more", {"count": more})] if more else []
    notes += [Phrase("list-how-to-cancel", {"number": one.number}) for one in numbered[:1]]
    recurring = [text_of(one.task) for one in numbered if isinstance(one.task, Recurring)]
    named = [text for text in recurring if text]
    notes += [Phrase("list-how-to-change", {"text": text}) for text in named[:1]]
    return Outcome(
        reply=Reply(
            tone=Tone.INFO,
            title=Phrase("list-title", {"count": count}),
            facts=facts if page == 0 else (),
            offers=(*_turning(command, page, more=more > 0), *(offers if page == 0 else ())),
            items=tuple(_item(turn, one) if isinstance(one, Listed) else one for one in shown),
            notes=tuple(notes),
            refresh=replace(command, page=page),
        )
    )


def _turning(command: ListPlans, page: int, *, more: bool) -> tuple[Offer, ...]:
    """Return the buttons that turn the page."""
    back = Offer(label=Phrase("offer-back"), command=replace(command, page=page - 1))
    onward = Offer(label=Phrase("offer-more"), command=replace(command, page=page + 1))
    return (*((onward,) if more else ()), *((back,) if page else ()))


def _kept_up(turn: Turn) -> tuple[tuple[Fact, ...], tuple[Offer, ...]]:
    """Return the session and the locations that the bot keeps for the person."""
    facts, offers = location.listed(turn)
    session = sessions.listed(turn)
    return (*session, *facts), (*((sessions.stop_offer(),) if session else ()), *offers)


def _item(turn: Turn, listed: Listed) -> Item:
    task = listed.task
    lines = [name_of(task)]
    if isinstance(task, PlannedStart | SequenceStart) and task.end is not None:
        lines.append(Phrase("list-until", {"end": task.end}))
    if isinstance(task, RecurringStart):
        upcoming = next_occurrence(
            task.series, after=turn.now, working_day=turn.moment.working_day
        )
        if upcoming is not None:
            lines.append(Phrase("list-until", {"end": upcoming.end}))
    ref = listed.timer.id
    offers = [Offer(label=Phrase("offer-cancel"), command=Cancel(target=Target.ALL, ref=ref))]
    if not isinstance(task, SequenceStart):
        offers.insert(0, Offer(label=Phrase("offer-change"), command=ShowPlan(ref=ref)))
    if isinstance(task, Recurring):
        lines.append(repeats(task.series))
        if task.series.paused_until is not None and task.series.paused_until > turn.now:
            lines.append(Phrase("list-paused", {"until": task.series.paused_until}))
        offers.append(Offer(label=Phrase("offer-skip"), command=SkipOnce(ref=ref)))
    return Item(
        label=Phrase("list-item", {"number": listed.number, "at": listed.timer.due}),
        lines=tuple(lines),
        offers=tuple(offers),
    )


async def cancel(turn: Turn, command: Cancel, reference: Reference | None) -> Outcome:
    """Cancel by number, by name, by time, by the id on a button, or all of a kind.

    A name that no plan has may be the running status's own: then that is cleared.
    """
    if reference is None and command.target is Target.ALL:
        return await cancelling.everything(turn)
    kinds = _KINDS[command.target]
    if reference is None:
        chosen = [one for one in plans(turn) if isinstance(one.task, kinds)]
    else:
        chosen = _meant(turn, kinds, reference)
    if reference is not None and not chosen and _runs(turn, reference):
        return await status.carry_out(turn, ClearStatus())
    if not chosen or (len(chosen) > 1 and reference is not None):
        return Outcome(
            reply=which(
                chosen,
                lambda one: Cancel(target=command.target, ref=one.timer.id),
                "cancel-nothing",
            )
        )
    return cancelling.cancelled([one.timer for one in chosen])


def _runs(turn: Turn, reference: Reference) -> bool:
    """Return whether a reference means the status that runs, or the session that is kept up."""
    if reference.implies is None:
        return False  # a number, a time, the id on a button
    if turn.session is not None and turn.session.availability is reference.implies:
        return True
    return turn.running is not None and turn.running.is_called(reference.words, reference.implies)


def meant(turn: Turn, reference: Reference) -> list[Listed]:
    """Return the plans of any kind that a reference means."""
    return _meant(turn, _KINDS[Target.ALL], reference)


def chosen_recurring(turn: Turn, reference: Reference | None) -> list[Listed]:
    """Return what recurs and is meant; without a reference, all of it."""
    kinds = _KINDS[Target.RECURRING]
    if reference is None:
        return [one for one in plans(turn) if isinstance(one.task, kinds)]
    return [one for one in _meant(turn, kinds, reference) if isinstance(one.task, kinds)]


def _meant(turn: Turn, kinds: tuple[type, ...], reference: Reference) -> list[Listed]:
    """Return what a reference means: among plans of these kinds, else among all."""
    everything = plans(turn)
    of_kind = [one for one in everything if isinstance(one.task, kinds)]
    words = reference.words.casefold().removeprefix("#")
    by_id = [one for one in everything if one.timer.id == reference.words]
    if by_id:
        return by_id
    if words.isdecimal():
        number = int(words)
        numbered = [one for one in everything if one.number == number]
        if numbered and (isinstance(numbered[0].task, kinds) or PlannedStart in kinds):
            return numbered
        return of_kind[number - 1 : number]
    for among in (of_kind, everything):
        for fits in (_by_words, _by_availability, _by_time):
            found = [one for one in among if fits(turn, one.task, one, reference)]
            if found:
                return found
    return []


def _by_words(turn: Turn, task: Planned, one: Listed, reference: Reference) -> bool:
    del turn, one
    said, text = reference.words.casefold(), text_of(task).casefold()
    return said in text or (len(text) >= _SHORTEST_NAME and text in said)  # "the weekday lunch"


def _by_availability(turn: Turn, task: Planned, one: Listed, reference: Reference) -> bool:
    del turn, one
    return isinstance(task, PlannedStatus) and task.availability is reference.availability


def _by_time(turn: Turn, task: Planned, one: Listed, reference: Reference) -> bool:
    del task
    wall = turn.moment.wall(one.timer.due)
    if reference.day is not None:
        return wall.date() == reference.day
    if reference.wall is None:
        return False
    wanted = reference.wall.replace(second=0, microsecond=0)
    shown = wall.replace(second=0, microsecond=0)
    # "3pm" names no day: any plan for that time of day is meant.
    return shown == wanted or (
        shown.time() == wanted.time() and wanted.date() <= turn.moment.local.date()
    )


def with_what_stays(record: PersonRecord, outcome: Outcome) -> Outcome:
    """Say after "cancel all", which is the status, that what is planned stays, with a button."""
    reply = outcome.reply
    if reply.tone is not Tone.DONE or not any(
        isinstance(timer.task, Planned) for timer in record.timers
    ):
        return outcome
    cancels = Cancel(target=Target.ALL, ref="all")
    offer = Offer(label=Phrase("offer-cancel-planned"), command=cancels)
    notes = (*reply.notes, Phrase("note-plans-stay"))
    return replace(outcome, reply=replace(reply, notes=notes, offers=(*reply.offers, offer)))


def which(chosen: Sequence[Listed], command: Callable[[Listed], Command], nothing: str) -> Reply:
    """Return the question which one was meant, or the sentence that there is none."""
    if not chosen:
        return sorry(Phrase(nothing))
    more = len(chosen) - _SHOWN
    return Reply(
        tone=Tone.QUESTION,
        title=Phrase("cancel-which"),
        notes=(Phrase("and-more", {"count": more}),) if more > 0 else (),
        items=tuple(
            Item(
                label=Phrase("list-item", {"number": one.number, "at": one.timer.due}),
                lines=(name_of(one.task),),
                offers=(Offer(label=Phrase("offer-this-one"), command=command(one)),),
            )
            for one in chosen[:_SHOWN]
        ),
    )
