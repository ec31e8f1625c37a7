"""A small Graph of our own for faults and figures: it keeps what was written and reads it back.

It knows one state and one message for each token's owner, and nothing of Graph's finer rules.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.net.scripted import Answer, Received, json_answer

THROTTLED = "429 with Retry-After"
THROTTLED_BARE = "429"
DOWN = "503"
RESET_UNDONE = "reset before it is carried out"
RESET_DONE = "reset after it was carried out"
STALL_UNDONE = "stall before it is carried out"
STALL_DONE = "stall after it was carried out"
KINDS = {
    "429 with Retry-After": (THROTTLED,),
    "429": (THROTTLED_BARE,),
    "503": (DOWN,),
    "reset": (RESET_UNDONE, RESET_DONE),
    "stall": (STALL_UNDONE, STALL_DONE),
    "reset, never carried out": (RESET_UNDONE,),
    "stall, never carried out": (STALL_UNDONE,),
}
MIXED = ("429 with Retry-After", "429", "503", "reset", "stall")


@dataclass(kw_only=True)
class Mailbox:
    """What was written for one person."""

    preferred: dict[str, Any] = field(
        default_factory=lambda: {"availability": "Available", "activity": "Available"}
    )
    status: dict[str, Any] = field(default_factory=dict)


class Stub:
    """Answers a share of requests with a fault, chosen evenly among `kinds`.

    `too_early` counts repeats that came before the end of their Retry-After. (Others may be under
    way when it is given.)
    """

    def __init__(
        self,
        *,
        share: float,
        kinds: Sequence[str],
        seed: int,
        now: Callable[[], float],
        stall: float,
    ) -> None:
        self._share = share
        self._kinds = [KINDS[kind] for kind in kinds]
        self._random = random.Random(seed)  # noqa: S311  # faults, not secrets
        self._now = now
        self._stall = stall
        self._not_before: dict[str, float] = {}
        self.too_early = 0
        self.people: dict[str, Mailbox] = {}

    def answer(self, received: Received) -> Answer:
        call = received.headers["client-request-id"]  # the same for all repeats of a request
        if received.at < self._not_before.get(call, 0.0):
            self.too_early += 1
        fault = ""
        if self._random.random() < self._share:
            fault = self._random.choice(self._random.choice(self._kinds))
        if fault == THROTTLED:
            seconds = self._random.choice((1, 2, 3))
            self._not_before[call] = received.at + seconds
            return Answer(status=429, headers={"Retry-After": str(seconds)})
        if fault in (THROTTLED_BARE, DOWN):
            return Answer(status=int(fault))
        undone = fault in (RESET_UNDONE, STALL_UNDONE)
        answer = Answer() if undone else self._carry_out(received)
        if fault in (RESET_UNDONE, RESET_DONE):
            return Answer(reset="before")
        if fault in (STALL_UNDONE, STALL_DONE):
            return Answer(stall=self._stall)
        return answer

    def _carry_out(self, received: Received) -> Answer:
        oid = received.headers["Authorization"].removeprefix("Bearer ").split(".")[0]
        person = self.people.setdefault(oid, Mailbox())
        if received.path.endswith("/setUserPreferredPresence"):
            person.preferred = {**received.json, "at": received.at}
            return Answer()
        if received.path.endswith("/setStatusMessage"):
            person.status = received.json["statusMessage"]
            return Answer()
        shown = {name: person.preferred[name] for name in ("availability", "activity")}
        return json_answer({"id": oid, **shown, "statusMessage": person.status or None})
