"""Commands against a Graph that fails: what became of them, and what they cost."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.domain.person import Person
from bot.domain.presence import Availability, PreferredPresence
from bot.domain.status import StatusMessage
from bot.graph.client import GraphPresence
from bot.net import Net
from bot.service.errors import GatewayError, UnknownOutcome
from tests.graph.conftest import APP, StepClock, Tokens
from tests.graph.shapes import seconds
from tests.graph.stub import MIXED, Stub
from tests.net.scripted import Scripted, StepTime

STATES = (Availability.BUSY, Availability.BUSY, Availability.DO_NOT_DISTURB, Availability.AWAY)


@dataclass(kw_only=True)
class Tally:
    """`needed` counts the calls that commands began, `sent` the requests that Graph received.

    `false_claims` are commands that said "done" or "nothing was done" and were wrong.
    """

    commands: int = 0
    done: int = 0
    needed: int = 0
    sent: int = 0
    too_early: int = 0
    longest: float = 0.0
    false_claims: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.commands} commands, {self.done} done, errors {dict(self.errors)}, "
            f"{self.sent / max(1, self.needed):.2f} requests for each needed, "
            f"{self.too_early} earlier than Retry-After, longest call {self.longest:.1f} s, "
            f"{len(self.false_claims)} false claims {self.false_claims[:3]}"
        )


class Run:
    """Says "busy until ..., with a message" again and again, as the bot's own command does it."""

    def __init__(self, server: Scripted, stub: Stub, net: Net, time: StepTime) -> None:
        self.tally = Tally()
        self._server = server
        self._stub = stub
        self._time = time
        self._clock = StepClock(time)
        self._client = GraphPresence(
            net=net,
            tokens=Tokens(),
            clock=self._clock,
            app_id=APP,
            base_url=server.url,
        )

    async def command(self, number: int) -> None:
        person = Person(tenant="t", oid=f"00000000-0000-0000-0000-{number % 7:012d}")
        self.tally.commands += 1
        end = self._clock.now().replace(microsecond=0) + timedelta(minutes=30 + number)
        state = PreferredPresence(availability=STATES[number % len(STATES)], end=end)
        message = StatusMessage(text=f"message {number}", end=end)
        before = await self._call(self._client.read(person))
        if isinstance(before, GatewayError):
            return
        now = self._clock.now()  # the read may have waited
        writes = await asyncio.gather(
            self._call(self._client.set_preferred(person, state, now=now)),
            self._call(self._client.set_message(person, message)),
        )
        self._check(person, number, state, message, writes)
        if any(writes):
            return
        after = await self._call(self._client.read(person))
        if not isinstance(after, GatewayError):
            self.tally.done += 1

    async def _call(self, call: object) -> object:
        self.tally.needed += 1
        started = self._time.now()
        try:
            return await call  # type: ignore[misc]  # one of the gateway's coroutines
        except GatewayError as error:
            self.tally.errors[type(error).__name__] += 1
            return error
        finally:
            self.tally.longest = max(self.tally.longest, self._time.now() - started)

    def _check(
        self,
        person: Person,
        number: int,
        state: PreferredPresence,
        message: StatusMessage,
        outcomes: Sequence[object],
    ) -> None:
        """Compare what the two writes said with what the service holds."""
        kept = self._stub.people[person.oid]
        holds = (
            self._ends(kept.preferred, state)
            and kept.preferred["availability"] == state.availability.value,
            bool(kept.status) and kept.status["message"]["content"] == message.text,
        )
        for outcome, held, half in zip(outcomes, holds, ("state", "message"), strict=True):
            if isinstance(outcome, UnknownOutcome):
                continue
            if held == isinstance(outcome, GatewayError):
                self.tally.false_claims.append(f"{number}: {half} is {held}, said {outcome!r}")

    def _ends(self, kept: dict[str, Any], state: PreferredPresence) -> bool:
        """Return whether what is kept ends when it should.

        The ends of two commands are a minute apart. To the second it cannot be: here, time moves
        on while a request is under way, when another one waits.
        """
        if "expirationDuration" not in kept or state.end is None:
            return False
        since = timedelta(seconds=kept["at"] - self._time.now())
        end = self._clock.now() + since + timedelta(seconds=seconds(kept["expirationDuration"]))
        return abs(end - state.end) <= timedelta(seconds=10)


async def run(
    *,
    commands: int,
    share: float,
    kinds: Sequence[str] = MIXED,
    seed: int = 1,
    attempt_timeout: float = 0.1,
) -> Tally:
    """Carry out `commands` commands, one after the other, on time that only waits move."""
    time = StepTime()
    stub = Stub(share=share, kinds=kinds, seed=seed, now=time.now, stall=attempt_timeout * 5)
    server = Scripted(time.now)
    server.otherwise = stub.answer
    await server.start()
    jitter = random.Random(seed)  # noqa: S311  # waits, not secrets
    async with Net(
        attempt_timeout=attempt_timeout, now=time.now, sleep=time.sleep, random=jitter.random
    ) as net:
        one = Run(server, stub, net, time)
        for number in range(commands):
            await one.command(number)
            time.time += 0.2  # people are not that fast
    await server.stop()
    one.tally.sent = len(server.received)
    one.tally.too_early = stub.too_early
    return one.tally
