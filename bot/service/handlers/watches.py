"""Watching colleagues: told when somebody is available, or changes at all.

A person has one timer for all whom they watch, and each time it is due one request asks for all
of them. Where the bot looks with a permission of its own, one timer of the tenant looks for
everybody instead, and makes the timers of those due for whom something has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from bot.domain.commands import Found, Unwatch, Watch
from bot.domain.person import Person
from bot.domain.plan import end_problem
from bot.domain.plan_commands import ListPlans
from bot.domain.presence import Availability, Presence
from bot.domain.reply import Argument, Fact, Item, Offer, Phrase, Reply, Tone
from bot.domain.timers import TenantWatch, Timer, Watched, Watching
from bot.service.changes import Arm, Change, Drop, KeepArmed, Nudge
from bot.service.errors import (
    GatewayError,
    SignInRequired,
    Throttled,
    Unavailable,
    UnknownOutcome,
)
from bot.service.handlers import people
from bot.service.ports import Fired, Outcome
from bot.service.saying import seen_as, sorry, trouble, until_fact
from bot.service.turn import Turn

MOST_WATCHED = 20  # by one person
USUAL_LENGTH = timedelta(days=1)
EVERY = timedelta(seconds=60)
_SPREAD = 12  # seconds by which a look may be later, so that not all look at the same time
_PASSES = (Throttled, Unavailable, UnknownOutcome)
_UNKNOWN = "presenceunknown"
_SEEN_AS = {"availableidle": "available", "busyidle": "busy"}


def timer_of(person: Person) -> str:
    """Return the id of the timer with which a person watches others."""
    return f"watch:{person}"


async def watch(turn: Turn, command: Watch) -> Outcome:
    """Watch colleagues. Raises a GatewayError where it cannot be seen how they are now."""
    if not turn.tools.people:
        return Outcome(reply=sorry(Phrase("people-off")))
    ends = command.end.replace(microsecond=0) if command.end else turn.now + USUAL_LENGTH
    if problem := end_problem(ends, turn.now):
        return Outcome(reply=sorry(problem))
    if {"me", "team"} & set(command.who):
        return Outcome(reply=sorry(Phrase("watch-name-somebody")))
    found = await people.meant(turn, command)
    if isinstance(found, Reply):
        return Outcome(reply=found)
    outcome = await _watched_from_now(turn, command, found, ends)
    if outcome.reply.tone is Tone.SORRY:
        return outcome
    known = replace(command, who=(), found=tuple(found))
    return replace(outcome, reply=await people.taken(turn, outcome.reply, known))


async def _watched_from_now(
    turn: Turn, command: Watch, found: Sequence[Found], ends: datetime
) -> Outcome:
    seen = await turn.tools.gateway.read_many(turn.person, [one.oid for one in found])
    for one in found:
        if one.oid not in seen:
            return Outcome(reply=sorry(Phrase("people-not-shown", {"name": one.name})))
    wanted = [
        _watched(one, seen[one.oid].availability, command, ends)
        for one in found
        if command.always or not _fits(command.until_state, seen[one.oid].availability)
    ]
    already = [_is_already(one, seen[one.oid]) for one in found if _is_so(command, one, seen)]
    watching = [one for one in _watching(turn) if not _is_mistake(one, command)]
    if not wanted:
        return Outcome(
            reply=Reply(tone=Tone.INFO, title=already[0], notes=tuple(already[1:])),
            changes=_armed(turn, watching) if command.instead_of is not None else (),
        )
    kept = [one for one in watching if not any(_same(one, new) for new in wanted)]
    if len(kept) + len(wanted) > MOST_WATCHED:
        return Outcome(reply=sorry(Phrase("watch-too-many", {"limit": MOST_WATCHED})))
    return Outcome(
        reply=_promise(turn, wanted, seen, already),
        changes=_armed(turn, (*kept, *wanted)),
    )


def _is_so(command: Watch, one: Found, seen: Mapping[str, Presence]) -> bool:
    return _fits(command.until_state, seen[one.oid].availability)


def _is_mistake(one: Watched, command: Watch) -> bool:
    return (one.oid, one.state) == (command.instead_of, command.until_state)


def _watched(one: Found, seen: str, command: Watch, ends: datetime) -> Watched:
    return Watched(
        oid=one.oid,
        name=one.name,
        key=one.mail or one.name,
        ends=ends,
        seen=seen,
        state=command.until_state,
        always=command.always,
    )


def _same(one: Watched, other: Watched) -> bool:
    return (one.oid, one.state) == (other.oid, other.state)


def _is_already(one: Found, seen: Presence) -> Phrase:
    return Phrase("watch-already", {"name": one.name, "state": seen_as(seen)})


def _promise(
    turn: Turn, wanted: Sequence[Watched], seen: Mapping[str, Presence], already: Sequence[Phrase]
) -> Reply:
    first = wanted[0]
    title = _what(first)
    if len(wanted) > 1:
        title = Phrase("watch-many", {"count": len(wanted)})
    return Reply(
        tone=Tone.DONE,
        title=title,
        facts=(
            *(
                Fact(label=Phrase("quote", {"text": one.name}), value=seen_as(seen[one.oid]))
                for one in wanted
            ),
            until_fact(first.ends, turn.moment),
        ),
        notes=(*already, Phrase("watch-each-time" if first.always else "watch-once")),
        offers=(
            Offer(
                label=Phrase("offer-stop"), command=Unwatch(who=tuple(one.key for one in wanted))
            ),
            Offer(label=Phrase("offer-list"), command=ListPlans()),
        ),
    )


def _what(one: Watched) -> Phrase:
    if one.state is None:
        return Phrase("watch-changes", {"name": one.name})
    return Phrase("watch-until", {"name": one.name, "availability": one.state})


async def unwatch(turn: Turn, command: Unwatch) -> Outcome:
    """Stop watching those who are named, or all."""
    watching = _watching(turn)
    if not watching:
        return Outcome(reply=sorry(Phrase("watch-nobody")))
    gone: list[Watched] = []
    for name in command.who:
        chosen = _called(turn, watching, name)
        if not chosen:
            return Outcome(reply=sorry(Phrase("watch-not-them", {"name": name})))
        if len({one.oid for one in chosen}) > 1:
            return Outcome(reply=_which(name, chosen))
        gone += chosen
    if not command.who:
        gone = list(watching)
    kept = tuple(one for one in watching if one not in gone)
    names = list(dict.fromkeys(one.name for one in gone))
    title = Phrase("watch-stopped", {"name": names[0]})
    if len(names) > 1:
        title = Phrase("watch-stopped-many", {"count": len(names)})
    return Outcome(reply=Reply(tone=Tone.DONE, title=title), changes=_armed(turn, kept))


def _called(turn: Turn, watching: Sequence[Watched], name: str) -> list[Watched]:
    said = name.casefold()
    exact = [one for one in watching if said in (one.name.casefold(), one.key.casefold())]
    return exact or [
        one
        for one in watching
        if turn.scene.mentions.get(name) is None and said in one.name.casefold()
    ]


def _which(name: str, chosen: Sequence[Watched]) -> Reply:
    return Reply(
        tone=Tone.QUESTION,
        title=Phrase("people-which", {"name": name}),
        offers=tuple(
            Offer(
                label=Phrase("people-choice", {"name": one.name, "mail": one.key}),
                command=Unwatch(who=(one.key,)),
            )
            for one in {one.oid: one for one in chosen}.values()
        ),
    )


def listed(turn: Turn) -> tuple[Item, ...]:
    """Return whom the person watches, as entries of the list of plans."""
    return tuple(
        Item(
            label=Phrase("watch-item", {"name": one.name}),
            lines=(
                Phrase("watch-item-until", {"availability": one.state})
                if one.state is not None
                else Phrase("watch-item-changes"),
                Phrase("list-until", {"end": one.ends}),
            ),
            offers=(Offer(label=Phrase("offer-stop"), command=Unwatch(who=(one.key,))),),
        )
        for one in _watching(turn)
    )


async def due(turn: Turn, task: Watching) -> Fired:
    """Tell what has happened, and look again later. Raises SignInRequired."""
    if not turn.tools.people:
        return Fired(reply=sorry(Phrase("people-off")))
    try:
        found = await _look(turn, task)
    except SignInRequired:
        raise
    except _PASSES as error:
        # The dispatcher would give up in the end; a watch lasts for as long as was promised.
        wait = error.retry_after if isinstance(error, Throttled) else EVERY
        kept = [one for one in task.watched if one.ends > turn.now]
        over = _told((), [one for one in task.watched if one.ends <= turn.now], {})
        return Fired(reply=over, changes=_armed(turn, kept, later=max(wait, EVERY)))
    except GatewayError as error:
        return Fired(reply=sorry(Phrase("watch-lost"), trouble(error)))
    happened: list[Watched] = []
    ended: list[Watched] = []
    kept = []
    for one in task.watched:
        now = _availability(found, one)
        if _has_happened(one, now):
            happened.append(one)
        if one.ends <= turn.now:
            ended += [] if one in happened else [one]
        elif one.always or one not in happened:
            kept.append(replace(one, seen=now, found=None))
    return Fired(reply=_told(happened, ended, found), changes=_armed(turn, kept))


async def _look(turn: Turn, task: Watching) -> Mapping[str, Presence]:
    if turn.tools.watchers is not None:
        return {
            one.oid: Presence(oid=one.oid, availability=one.found, activity=one.found)
            for one in task.watched
            if one.found is not None
        }
    oids = list(dict.fromkeys(one.oid for one in task.watched))
    return await turn.tools.gateway.read_many(turn.person, oids)


def _availability(found: Mapping[str, Presence], one: Watched) -> str:
    """Return how somebody is seen; as before where nobody can tell."""
    presence = found.get(one.oid)
    if presence is None or presence.availability.casefold() == _UNKNOWN:
        return one.seen
    return presence.availability


def _has_happened(one: Watched, now: str) -> bool:
    if one.state is None:
        return _plain(now) != _plain(one.seen)
    return _fits(one.state, now) and not _fits(one.state, one.seen)


def _fits(state: Availability | None, seen: str) -> bool:
    return state is not None and _plain(seen) == state.casefold()


def _plain(seen: str) -> str:
    return _SEEN_AS.get(seen.casefold(), seen.casefold())


def _told(
    happened: Sequence[Watched],
    ended: Sequence[Watched],
    found: Mapping[str, Presence],
) -> Reply | None:
    lines = [
        Phrase("people-one", {"name": _quoted(one), "state": seen_as(found[one.oid])})
        for one in happened
    ]
    lines += [Phrase("watch-ended", {"name": one.name}) for one in ended]
    if not lines:
        return None
    about = [*happened, *ended]
    offers = [
        Offer(
            label=Phrase("watch-again", {"name": one.name}),
            command=Watch(who=(one.key,), until_state=one.state, always=one.always),
        )
        for one in about
        if one in ended or not one.always
    ]
    offers += [
        Offer(label=Phrase("watch-stop", {"name": one.name}), command=Unwatch(who=(one.key,)))
        for one in about
        if one not in ended and one.always
    ]
    return Reply(
        tone=Tone.REMINDER if happened else Tone.INFO,
        title=lines[0],
        shows=found[happened[0].oid].availability if happened else None,
        notes=tuple(lines[1:]),
        offers=tuple(offers[:6]),
    )


def _quoted(one: Watched) -> Argument:
    return Phrase("quote", {"text": one.name})


def _watching(turn: Turn) -> tuple[Watched, ...]:
    for timer in turn.record.timers:
        if isinstance(timer.task, Watching):
            return timer.task.watched
    return ()


def _armed(
    turn: Turn, watched: Sequence[Watched], *, later: timedelta = EVERY
) -> tuple[Change, ...]:
    timer = timer_of(turn.person)
    if not watched:
        return (Drop(timer=timer),)
    task = Watching(watched=tuple(watched))
    earliest_end = min(one.ends for one in watched)
    if turn.tools.watchers is None:
        due = min(turn.now + later + _jitter(timer), earliest_end)
        return (Arm(timer=timer, task=task, due=due),)
    tenant = turn.person.tenant
    return (
        Arm(timer=timer, task=task, due=earliest_end),
        KeepArmed(
            tenant=tenant,
            timer=_tenant_timer(tenant),
            task=TenantWatch(),
            due=turn.now + EVERY,
        ),
    )


def again(turn: Turn, task: Watching) -> tuple[Change, ...]:
    """Watch again those whose time is not over; nothing where it is over for all."""
    rest = [one for one in task.watched if one.ends > turn.now]
    return _armed(turn, rest) if rest else ()


def _jitter(timer: str) -> timedelta:
    """Return a person's own delay: the same each time, and spread over all persons."""
    return timedelta(seconds=crc32(timer.encode()) % (_SPREAD * 1000) / 1000)


def _tenant_timer(tenant: str) -> str:
    return f"watch:{tenant}"


async def tenant_due(turn: Turn) -> Fired:
    """Look at all who are watched in a tenant, and make due whose watches that concerns."""
    tenant = turn.person.tenant
    timers = await turn.tools.watchers.watchers(tenant) if turn.tools.watchers else ()
    if not timers or not turn.tools.people:
        return Fired()
    watched = {timer.id: _task_of(timer).watched for timer in timers}
    oids = sorted({one.oid for each in watched.values() for one in each})
    wait = EVERY
    nudges: list[Change] = []
    try:
        seen = await turn.tools.gateway.read_many(turn.person, oids)
    except _PASSES as error:
        wait = max(error.retry_after, EVERY) if isinstance(error, Throttled) else EVERY
    except GatewayError:  # the next look may do better: an administrator can give consent
        pass
    else:
        for timer in timers:
            found = tuple(replace(o, found=_availability(seen, o)) for o in watched[timer.id])
            if any(_plain(one.found or "") != _plain(one.seen) for one in found):
                nudges.append(Nudge(timer=timer, task=Watching(watched=found)))
    timer_id = _tenant_timer(tenant)
    again = Arm(timer=timer_id, task=TenantWatch(), due=turn.now + wait + _jitter(timer_id))
    return Fired(changes=(*nudges, again))


def _task_of(timer: Timer) -> Watching:
    assert isinstance(timer.task, Watching)  # noqa: S101 - what `watchers` promises
    return timer.task
