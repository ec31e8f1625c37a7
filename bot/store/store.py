"""The store: each method is one transaction, named by what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.domain.journal import Entry
from bot.domain.person import Person
from bot.domain.timers import Timer
from bot.observability import tracing
from bot.observability.health import Depths
from bot.service.changes import Change
from bot.service.ports import Clock, DueTimer, PersonRecord
from bot.service.secrets import Sealed, Ticket
from bot.service.traffic import DoneBefore, Incoming, Outbound, Place
from bot.store import (
    edits,
    inbox,
    instances,
    own_data,
    people,
    timers,
    turns,
    vault,
    waiting,
    watch,
)
from bot.store.runner import Runner


class SqlStore:
    """Implements the port `Store` on any database that has a runner.

    `release` gives back what kept other processes out; it is called once, when closing is done.
    """

    def __init__(
        self, runner: Runner, *, clock: Clock, release: Callable[[], None] = lambda: None
    ) -> None:
        self._runner = runner
        self._clock = clock
        self._release = release
        self._me = uuid4().hex  # what this process holds, it holds under this name

    async def receive(self, incoming: Incoming) -> bool:
        """Keep something that arrived; return false where its key is known already."""
        with tracing.span("inbox receive"):
            return await self._runner.run(inbox.receive, incoming, self._clock.now(), self._me)

    async def newcomers(self, tenant: str, since: datetime, most: int) -> int:
        """Return for how many people of a tenant the bot was installed since, at most `most`."""
        return await self._runner.read(inbox.newcomers, tenant, since, most)

    async def receive_in_line(self, incoming: Incoming) -> Place | None:
        """Keep something that arrived, with a place in its person's line; none where known."""
        with tracing.span("inbox receive"):
            return await self._runner.run(
                inbox.receive_in_line, incoming, self._clock.now(), self._me
            )

    async def answer(self, key: str) -> Mapping[str, Any] | None:
        """Return the answer that was given to an earlier delivery of `key`, for 2 minutes."""
        return await self._runner.read(inbox.answer, key)

    async def promise(
        self, incoming: Incoming, answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Keep the answer that something is being worked on; none where it is finished."""
        return await self._runner.run(inbox.promise, incoming.key, answer)

    async def turn_away(self, incoming: Incoming) -> bool:
        """Forget a delivery of which nothing was done; false where it is being worked on."""
        return await self._runner.run(inbox.turn_away, incoming.key)

    async def finished(self, key: str, *, before: datetime | None = None) -> bool:
        """Return whether an earlier delivery of `key` was carried out, before an instant."""
        return await self._runner.read(inbox.finished, key, before)

    async def unfinished(self) -> Sequence[Incoming]:
        """Return what a process left that is gone, in order of arrival; none that is inline."""
        return await self._runner.run(inbox.unfinished, self._me)

    async def attempt(self, key: str) -> int:
        """Count one more attempt and return how many there were; LookupError if unknown."""
        return await self._runner.run(inbox.attempt, key)

    async def person(self, person: Person) -> PersonRecord:
        """Return what is known of a person; defaults for one who is not known."""
        return await self._runner.read(people.load, person)

    async def finish_turn(
        self,
        incoming: Incoming,
        changes: Sequence[Change],
        *,
        answer: Mapping[str, Any] | None = None,
        outbound: Outbound | None = None,
    ) -> bool:
        """Commit what a turn did, once; return false where it was finished already."""
        with tracing.span("commit"):
            return await self._runner.run(
                turns.finish_turn, incoming, changes, answer, outbound, self._clock.now(), self._me
            )

    async def done_before(self, incoming: Incoming) -> DoneBefore | None:
        """Return what the message did that `incoming` edits; none if it is not the newest."""
        return await self._runner.read(edits.done_before, incoming)

    async def commit(self, person: Person, changes: Sequence[Change]) -> None:
        """Commit a part of a turn that is not finished by it."""
        await self._runner.run(turns.commit, person, changes, self._clock.now(), self._me)

    async def finish_timer(
        self, timer: Timer, changes: Sequence[Change], *, outbound: Outbound | None = None
    ) -> bool:
        """Commit what a due timer did, if it is still armed at this version."""
        with tracing.span("commit"):
            return await self._runner.run(
                turns.finish_timer, timer, changes, outbound, self._clock.now(), self._me
            )

    async def postpone_timer(self, timer: Timer | DueTimer, due: datetime) -> bool:
        """Arm the timer again, if still at this version; version and attempts grow by one."""
        return await self._runner.run(timers.postpone, timer, due, self._clock.now())

    async def armed(self, timer: str, version: int) -> Timer | None:
        """Return the timer if it is armed at this version."""
        return await self._runner.read(timers.armed, timer, version)

    async def due(self, now: datetime, limit: int) -> Sequence[Timer]:
        """Return armed timers that are due at `now`, earliest first."""
        return await self._runner.read(timers.due, now, limit)

    async def swept(self, now: datetime, limit: int) -> Sequence[DueTimer]:
        """Return what is due at `now`, earliest first, with the job that has it."""
        return await self._runner.read(timers.swept, now, limit)

    async def take(self, jobs: Mapping[str, Sequence[DueTimer]]) -> None:
        """Note with which job each timer is handed over, where it is armed at its version."""
        await self._runner.run(timers.take, jobs)

    async def of_job(self, job: str) -> Sequence[Timer]:
        """Return the timers of a job that are armed still, at the version that it has."""
        return await self._runner.read(timers.of_job, job)

    async def give_timer_up(self, timer: Timer | DueTimer) -> bool:
        """Disarm a timer that failed for the last time, if it is armed at this version."""
        return await self._runner.run(timers.disarm, timer, self._clock.now())

    async def next_due(self, *, after: datetime | None = None) -> datetime | None:
        """Return the earliest instant, later than `after`, at which an armed timer is due."""
        return await self._runner.read(timers.next_due, after)

    async def watchers(self, tenant: str) -> Sequence[Timer]:
        """Return the armed timers of a tenant's people whose task is a Watching."""
        return await self._runner.read(timers.watchers, tenant)

    async def part(self, person: Person) -> None:
        """End all timers of a person, and delete where they are and what could act for them."""
        await self._runner.run(turns.part, person, self._clock.now())

    async def unsent(self) -> Sequence[Outbound]:
        """Return the messages that a process left unsent that is gone, oldest first."""
        return await self._runner.run(inbox.unsent, self._me)

    async def sent(self, outbound: Outbound, *, place: Place | None = None) -> None:
        """Mark a message as sent and erase its content; leave the line at `place` with it."""
        number = None if place is None else place.number
        await self._runner.run_alone(inbox.sent, outbound.id, number, self._clock.now())

    async def park(
        self,
        incoming: Incoming,
        *,
        answer: Mapping[str, Any] | None = None,
        outbound: Sequence[Outbound] = (),
    ) -> None:
        """Keep a turn for later, with its inline answer and the messages that say so."""
        await self._runner.run(waiting.park, incoming, answer, outbound, self._me)

    async def unpark(self, person: Person) -> Sequence[Incoming]:
        """Return what was parked for a person, to be worked off now, in order of arrival."""
        return await self._runner.run(waiting.unpark, person, self._me)

    async def suspend_timer(self, timer: Timer, *, outbound: Outbound | None = None) -> bool:
        """Let a timer wait until it is released; `outbound` is kept if it is the first to wait.

        Returns whether `outbound` was kept.
        """
        return await self._runner.run(
            waiting.suspend, timer, outbound, self._clock.now(), self._me
        )

    async def release_timers(self, person: Person) -> int:
        """Let the timers of a person that wait be due again; return how many there were."""
        return await self._runner.run(waiting.release, person, self._clock.now())

    async def sealed(self, person: Person) -> Sealed | None:
        """Return what is sealed for a person."""
        return await self._runner.read(vault.sealed, person)

    async def seal(self, person: Person, content: Sealed) -> bool:
        """Keep `content` if its version follows the one that is kept; return whether it did."""
        return await self._runner.run(vault.seal, person, content)

    async def reseal(self, person: Person, content: Sealed, *, old_key: str) -> bool:
        """Replace the same version's content, sealed under `old_key`; return whether it was."""
        return await self._runner.run(vault.reseal, person, content, old_key)

    async def sealed_otherwise(
        self, key: str, *, after: Person | None, limit: int
    ) -> Sequence[tuple[Person, Sealed]]:
        """Return what is sealed under other keys than `key`, in the order of persons."""
        return await self._runner.read(vault.sealed_otherwise, key, after, limit)

    async def forget_secrets(self, person: Person) -> None:
        """Delete everything that could act for a person."""
        await self._runner.run(vault.forget, person)

    async def keep_ticket(self, ticket: Ticket) -> None:
        """Keep a ticket; one with the same id is replaced where it is the same person's."""
        await self._runner.run(vault.keep_ticket, ticket)

    async def ticket(self, kind: str, id_: str) -> Ticket | None:
        """Return a ticket that has not expired."""
        return await self._runner.read(vault.ticket, kind, id_, self._clock.now())

    async def take_ticket(self, kind: str, id_: str) -> Ticket | None:
        """Return a ticket that has not expired and delete it: it is good once."""
        return await self._runner.run(vault.take_ticket, kind, id_, self._clock.now())

    async def miss_ticket(self, kind: str, person: Person) -> bool:
        """Count a wrong guess; after five a person's tickets of this kind are gone."""
        return await self._runner.run(vault.miss, kind, person, self._clock.now())

    async def history(
        self, person: Person, *, start: datetime | None, end: datetime | None, limit: int
    ) -> tuple[Sequence[Entry], int]:
        """Return the newest changes between two instants, and how many there are."""
        return await self._runner.read(own_data.history, person, start, end, limit)

    async def disarmed(self, person: Person, timers_: Sequence[str]) -> Sequence[Timer]:
        """Return those of a person's timers with these ids that are not armed any more."""
        return await self._runner.read(timers.disarmed, person, timers_)

    async def everything(self, person: Person) -> Mapping[str, Any]:
        """Return every row of the person, by table, as JSON values; nothing that is sealed."""
        return await self._runner.read(own_data.everything, person)

    async def prune(self, now: datetime) -> None:
        """Forget what was kept long enough.

        Answers 2 minutes, keys a day, old timers a week, history 30 days.
        """
        await self._runner.run(turns.prune, now)

    async def beat(self) -> None:
        """Write something, to know whether writing is possible."""
        await self._runner.run(watch.beat, self._clock.now())

    async def depths(self) -> Depths:
        """Return how much waits: received, to be sent, armed, overdue."""
        return await self._runner.read(watch.depths, self._clock.now())

    @property
    def shared(self) -> bool:
        """Return whether other processes may use this database."""
        return self._runner.shared

    async def show_up(self) -> int:
        """Note that this process lives, and return how many do."""
        return await self._runner.run(instances.show_up, self._me)

    async def leave(self) -> None:
        """Give back what this process holds, so that others need not wait for it."""
        await self._runner.run(instances.leave, self._me)

    async def stand(self, person: Person, key: str | None = None) -> Place:
        """Queue up for a person's next turn, with a delivery; return the place in the line."""
        return await self._runner.run(instances.stand, person, key, self._me)

    async def is_first(self, person: Person, place: Place) -> bool:
        """Return whether nobody stands before this place; LookupError where it was lost."""
        return await self._runner.read(instances.is_first, person, place.number, self._me)

    async def step_out(self, place: Place) -> None:
        """Leave the line."""
        await self._runner.run_alone(instances.step_out, place.number)

    async def leads(self) -> bool:
        """Return whether this process may do what only one process may do at a time."""
        return await self._runner.leads()

    async def resign(self) -> None:
        """Leave that to another process from now on."""
        await self._runner.resign()

    async def close(self) -> None:
        """Commit what is under way and let go of the database; twice is fine."""
        await self._runner.close()
        self._release()
