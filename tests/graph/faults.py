"""Commands against a Graph that fails: what became of them, and what they cost."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.domain.commands import SetStatus
from bot.domain.moment import Moment
from bot.domain.person import Person
from bot.domain.presence import Availability
from bot.domain.reply import Reply, Tone
from bot.domain.status import StatusMessage
from bot.grammar.understand import Grammar
from bot.graph.client import GraphPresence
from bot.net import Net
from bot.service.conversation import Conversation
from bot.service.ports import PersonRecord, PresenceGateway
from bot.service.traffic import Scene
from bot.service.turn import Tools
from tests.graph.conftest import APP, StepClock, Tokens
from tests.graph.shapes import seconds
from tests.graph.stub import MIXED, Mailbox, Stub
from tests.net.scripted import Scripted, StepTime

STATES = (Availability.BUSY, Availability.BUSY, Availability.DO_NOT_DISTURB, Availability.AWAY)


@dataclass(kw_only=True)
class Tally:
    """`needed` counts the calls that commands began, `sent` the requests that Graph received.

    `titles` counts what people were told, `without_retry` those who were told of trouble and got
    no button. `false_claims` are replies that said "set" or "not set" and were wrong.
    """

    commands: int = 0
    done: int = 0
    needed: int = 0
    sent: int = 0
    too_early: int = 0
    without_retry: int = 0
    longest: float = 0.0
    false_claims: list[str] = field(default_factory=list)
    titles: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.commands} commands, {self.done} done, others told {dict(self.titles)}, "
            f"{self.without_retry} of them without Retry, "
            f"{self.sent / max(1, self.needed):.2f} requests for each needed, "
            f"{self.too_early} earlier than Retry-After, longest call {self.longest:.1f} s, "
            f"{len(self.false_claims)} false claims {self.false_claims[:3]}"
        )


class Counted:
    """The gateway as commands use it; counts the calls that they begin."""

    def __init__(self, gateway: PresenceGateway, tally: Tally, time: StepTime) -> None:
        self._gateway, self._tally, self._time = gateway, tally, time

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        method = getattr(self._gateway, name)

        async def call(*given: object, **named: object) -> object:
            self._tally.needed += 1
            started = self._time.now()
            try:
                return await method(*given, **named)
            finally:
                self._tally.longest = max(self._tally.longest, self._time.now() - started)

        return call


class Run:
    """Says "busy until ..., with a message" again and again; the bot's own use case does it."""

    def __init__(self, server: Scripted, stub: Stub, net: Net, time: StepTime) -> None:
        self.tally = Tally()
        self._stub = stub
        self._time = time
        self._clock = StepClock(time)
        gateway = GraphPresence(
            net=net,
            tokens=Tokens(),
            clock=self._clock,
            app_id=APP,
            base_url=server.url,
        )
        nobody: Any = None  # these commands look nobody up
        tools = Tools(
            gateway=cast(PresenceGateway, Counted(gateway, self.tally, time)),
            directory=nobody,
            roster=nobody,
            people=False,
            signs_in=True,
            own_data=nobody,
            exports=nobody,
            clock=self._clock,
            new_id=lambda: str(self.tally.commands),
            sleep=time.sleep,
        )
        self._conversation = Conversation(Grammar(), tools)

    async def command(self, number: int) -> None:
        person = Person(tenant="t", oid=f"00000000-0000-0000-0000-{number % 7:012d}")
        self.tally.commands += 1
        now = self._clock.now()
        end = now.replace(microsecond=0) + timedelta(minutes=30 + number)
        wanted = SetStatus(
            availability=STATES[number % len(STATES)],
            end=end,
            message=StatusMessage(text=f"message {number}", end=end),
        )
        moment = Moment(now=now, zone=ZoneInfo("Europe/Berlin"), locale="en")
        outcome = await self._conversation.press(person, wanted, moment, PersonRecord(), Scene())
        self._judge(person, number, wanted, outcome.reply)

    def _judge(self, person: Person, number: int, wanted: SetStatus, reply: Reply) -> None:
        notes = {note.key for note in reply.notes}
        if reply.tone is Tone.DONE and not notes & {"note-not-seen", "note-not-shown-yet"}:
            self.tally.done += 1
        else:
            told = sorted(
                one for one in notes if one.startswith(("half-", "note-not-", "trouble-"))
            )
            self.tally.titles[" ".join((reply.title.key, *told))] += 1
        if reply.tone is not Tone.DONE:
            retries = [one for one in reply.offers if one.label.key == "offer-retry"]
            self.tally.without_retry += [one.command for one in retries] != [wanted]
        self._check(person, number, wanted, _claims(reply, notes))

    def _check(
        self, person: Person, number: int, wanted: SetStatus, claims: tuple[bool | None, ...]
    ) -> None:
        """Compare what the reply said of the two halves with what the service holds."""
        kept = self._stub.people.get(person.oid, Mailbox())
        assert wanted.message is not None
        holds = (
            self._ends(kept.preferred, wanted)
            and kept.preferred["availability"] == wanted.availability.value,
            bool(kept.status) and kept.status["message"]["content"] == wanted.message.text,
        )
        for claimed, held, half in zip(claims, holds, ("state", "message"), strict=True):
            if claimed is not None and held != claimed:
                self.tally.false_claims.append(f"{number}: {half} is {held}, said {claimed}")

    def _ends(self, kept: dict[str, Any], wanted: SetStatus) -> bool:
        """Return whether what is kept ends when it should.

        The ends of two commands are a minute apart. To the second it cannot be: here, time moves
        on while a request is under way, when another one waits.
        """
        if "expirationDuration" not in kept or wanted.end is None:
            return False
        since = timedelta(seconds=kept["at"] - self._time.now())
        end = self._clock.now() + since + timedelta(seconds=seconds(kept["expirationDuration"]))
        return abs(end - wanted.end) <= timedelta(seconds=10)


def _claims(reply: Reply, notes: set[str]) -> tuple[bool | None, bool | None]:
    """Return what a reply says of state and message: set, not set, or that it is not known."""
    if reply.tone is Tone.DONE:
        return True, True
    if "half-presence-failed" in notes or "half-presence-unclear" in notes:
        return (False if "half-presence-failed" in notes else None), True
    if "half-message-failed" in notes or "half-message-unclear" in notes:
        return True, (False if "half-message-failed" in notes else None)
    return (None, None) if reply.title.key == "unclear-title" else (False, False)


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
