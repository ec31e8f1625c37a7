"""What the outside saw of timers that had to happen, although processes were killed.

An effect is a presence write or a message that says it is time. It may come a second time only
where nobody can know that it came the first time: the process was killed, or the database went
away, between the effect and the commit that notes it. That is the ambiguous window. So each copy
after the first needs an interruption of its own that began before it, and the copy before it must
have come within the window around that interruption.
"""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from bot.playground.calls import Call
from bot.timers.dispatcher import FIRING_TAKES

# Between an effect and its commit: as long as firing may take at all, on a machine that has much
# else to do. How long it was at most is told; on an idle machine it is a fraction of a second.
WINDOW = FIRING_TAKES.total_seconds()
_WROTE = re.compile(r"/users/([0-9a-f-]{36})/presence/setUserPreferredPresence$")
_SAID = re.compile(r"/users/([0-9a-f-]{36})/presence/setStatusMessage$")
_CHAT = re.compile(r"/v3/conversations/a(?::|%3A)([0-9a-f-]{36})/activities$")
_REMINDER = re.compile(r"Reminder: call (t\d+)$")
EACH = 4  # things that a person plans: a status, and reminders


def oid_of(number: int) -> str:
    """Return the person who plans the thing of this number."""
    return f"cccccccc-0000-4000-8000-{number // EACH:012d}"


def is_status(number: int) -> bool:
    return number % EACH == 0


def name_of(number: int) -> str:
    """Return what the thing of this number is called: a person has one status."""
    return oid_of(number) if is_status(number) else f"t{number}"


@dataclass(frozen=True, kw_only=True)
class Break:
    """A kill, or a time without the database; in readings of time.monotonic."""

    begin: float
    end: float


@dataclass(kw_only=True)
class Seen:
    """Effects by the name of what was planned, with when each arrived."""

    timers: int
    kills: int = 0
    breaks: list[Break] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    writes: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    ends: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    messages: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answered: defaultdict[str, asyncio.Event] = field(
        default_factory=lambda: defaultdict(asyncio.Event)
    )
    committed: Counter[str] = field(default_factory=Counter)
    left: int = 0
    complaints: str = ""

    def add(self, call: Call) -> None:
        """Take note of a call that a stand-in answered."""
        if call.status >= 300:
            return
        now = time.monotonic()
        if call.service == "graph" and (found := _WROTE.search(call.path)):
            self.writes[found[1]].append(now)
        elif call.service == "graph" and (found := _SAID.search(call.path)):
            self.ends[found[1]].add(call.body["statusMessage"]["expiryDateTime"]["dateTime"])
        elif (
            call.service == "connector"
            and (found := _CHAT.search(call.path))
            and call.body["type"] == "message"
        ):
            self._hear(found[1], call.body["summary"], now)

    def _hear(self, oid: str, said: str, now: float) -> None:
        if reminder := _REMINDER.match(said):
            self.messages[reminder[1]].append(now)
        elif said.startswith("As planned:"):
            self.messages[oid].append(now)
        elif not said.startswith("Hello!"):
            self.answered[oid].set()

    @property
    def effects(self) -> int:
        return sum(map(len, self.writes.values())) + self.told

    @property
    def told(self) -> int:
        return sum(map(len, self.messages.values()))

    @property
    def lost(self) -> set[str]:
        return {name_of(n) for n in range(self.timers)} - set(self.messages)

    @property
    def doubled(self) -> int:
        return self.told - len(self.messages)

    @property
    def written_again(self) -> int:
        return sum(map(len, self.writes.values())) - len(self.writes)

    def __str__(self) -> str:
        cut_off = self.cut_off or [0.0]
        return (
            f"{self.kills} kills, {len(self.messages)} of {self.timers} told,"
            f" {self.doubled} messages doubled, {self.written_again} writes repeated,"
            f" {len(self.broken)} checks failed; what was repeated came {median(cut_off):.2f} s"
            f" before a kill or less, for a half of it, {cut_off[-1]:.2f} s at most"
        )

    def check(self) -> None:
        assert self.complaints == ""
        assert self.broken == []
        assert self.lost == set()
        assert self.left == 0
        statuses = {oid_of(n) for n in range(self.timers) if is_status(n)}
        assert set(self.writes) == statuses
        # A status takes over once: a write is repeated only where its commit was cut off.
        assert self.committed == Counter(statuses)
        for arrived in (*self.messages.values(), *self.writes.values()):
            assert self._excused(arrived), (arrived, self.breaks)
        # Written again it is the same until the same instant, which nobody can see.
        assert set(self.ends) == statuses
        assert all(len(ends) == 1 for ends in self.ends.values())

    @property
    def cut_off(self) -> list[float]:
        """Return how many seconds before an interruption each came that came again."""
        return sorted(
            min((abs(one.begin - before) for one in self.breaks), default=math.inf)
            for arrived in (*self.messages.values(), *self.writes.values())
            for before, after in pairwise(arrived)
        )

    def _excused(self, arrived: list[float]) -> bool:
        """Return whether each copy after the first has an interruption of its own."""
        used = -1
        for before, after in pairwise(arrived):
            used = next(
                (
                    n
                    for n, one in enumerate(self.breaks)
                    if n > used
                    and one.begin - WINDOW <= before <= one.end + WINDOW
                    and one.begin <= after
                ),
                len(self.breaks),
            )
        return used < len(self.breaks)
