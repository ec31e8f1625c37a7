"""What a handler works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.journal import Running, running
from bot.domain.moment import Moment
from bot.domain.person import Person
from bot.domain.presence import HeldSession
from bot.domain.timers import HoldSession
from bot.service.ports import (
    Clock,
    Directory,
    Exports,
    OwnData,
    PersonRecord,
    PresenceGateway,
    Roster,
    Watchers,
)
from bot.service.traffic import Scene

AT_ONCE = timedelta(seconds=3)  # a turn that begins later had to wait

Sleep = Callable[[float], Awaitable[None]]  # seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """The collaborators of all handlers.

    `people` is whether colleagues may be looked at, `signs_in` whether people sign in themselves.
    `watchers` is none where each person looks with their own token, not the bot with its own.
    """

    gateway: PresenceGateway
    directory: Directory
    roster: Roster
    people: bool
    signs_in: bool
    own_data: OwnData
    exports: Exports
    clock: Clock
    new_id: Callable[[], str]
    sleep: Sleep
    watchers: Watchers | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One command of one person: who, when it was said, what is known of them, and the tools."""

    person: Person
    moment: Moment
    record: PersonRecord
    tools: Tools
    scene: Scene = field(default_factory=Scene)

    @property
    def now(self) -> datetime:
        """Return the current instant, which is later than the moment where a turn had to wait."""
        return self.tools.clock.now()

    @property
    def counts_from(self) -> datetime:
        """Return the instant from which lengths are sent to Graph.

        What is taken up at once counts from when it was said, so that two hours are two hours;
        what had to wait counts from now, so that its end stays where it was said to be.
        """
        said = self.moment.now.replace(microsecond=0)
        return said if self.now - said < AT_ONCE else self.now

    @property
    def running(self) -> Running | None:
        """Return the status that the journal says is running."""
        return running(self.record.entries, self.now)

    @property
    def end_timer(self) -> str:
        """Return the id of the timer that reminds this person before their status ends."""
        return f"end:{self.person}"

    @property
    def session(self) -> HeldSession | None:
        """Return the presence session that the bot keeps up."""
        for timer in self.record.timers:
            if isinstance(timer.task, HoldSession) and timer.task.held.end > self.now:
                return timer.task.held
        return None

    @property
    def session_timer(self) -> str:
        """Return the id of the timer that keeps this person's session up."""
        return f"session:{self.person}"
