"""Random histories of deliveries to a real process, beside a model of what they must do.

Every thing that a person says or presses is delivered one to four times: at once, or later among
other things, a press also under new ids. The same words under a new id are another command. The
process is killed and started again in between. The model: each command is carried out once, each
message is answered once, and every delivery of a press gets the answer of the first.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from bot.playground.calls import Call
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from tests.tenancy import World, process_of, world

_SAID = re.compile(r"/users/([0-9a-f-]{36})/presence/setUserPreferredPresence$")
_CHAT = re.compile(r"/v3/conversations/a(?::|%3A)([0-9a-f-]{36})/activities$")
_WORKING = "I am working on it…"
LIMIT = 60.0  # seconds for what a round of deliveries must bring about; a bound


@dataclass
class Command:
    """One thing that somebody says, or presses, and the answers that its deliveries got."""

    said: str | None
    round: int
    activity: dict[str, Any] = field(default_factory=dict)
    repeats: list[int] = field(default_factory=list)  # the rounds in which it comes again
    answers: list[Any] = field(default_factory=list)


@dataclass
class History:
    """What one person does, a command in each round."""

    oid: str
    commands: list[Command]


@dataclass
class Seen:
    """What the services saw: writes to Graph and messages, by person."""

    writes: Counter[str] = field(default_factory=Counter)
    messages: defaultdict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, call: Call) -> None:
        if call.service == "graph" and (found := _SAID.search(call.path)):
            self.writes[found[1]] += 1
        elif (
            call.service == "connector"
            and (found := _CHAT.search(call.path))
            and call.body["type"] == "message"
            and not call.body["summary"].startswith("Hello!")
        ):
            self.messages[found[1]].append(call.body)


def history(dice: random.Random) -> History:
    """Return a history of three to five commands with their deliveries."""
    rounds = dice.randint(3, 5)
    commands: list[Command] = []
    for number in range(rounds):
        kind = dice.choice(["say", "say", "again", "press"])
        if number == 0 or kind == "say":
            said: str | None = f"busy for {dice.randint(1, 9)} hours"
        elif kind == "again":
            said = next(one.said for one in reversed(commands) if one.said)
        else:
            said = None
        times = dice.randint(0, 3)
        repeats = [dice.randint(number, rounds - 1) for _ in range(times)]
        commands.append(Command(said=said, round=number, repeats=repeats))
    return History(oid=str(UUID(int=dice.getrandbits(128), version=4)), commands=commands)


class Run:
    """A batch of histories, delivered round by round."""

    def __init__(self, around: World, seen: Seen, dice: random.Random) -> None:
        self._around, self._seen, self._dice = around, seen, dice

    async def move_in(self, one: History) -> None:
        """Have somebody known to Graph, who lets the application act for people it knows."""
        token = self._around.stand_ins.tokens.issue(None, TENANT, ["Presence.ReadWrite.All"])
        address = self._around.environment["GRAPH_URL"]
        async with self._around.http.post(
            f"{address}/users/{one.oid}/presence/clearUserPreferredPresence",
            json={},
            headers={"Authorization": f"Bearer {token}"},
        ) as answer:
            assert answer.status == 200, await answer.text()

    async def round(self, histories: list[History], number: int) -> None:
        """Deliver what is due in a round, shuffled, and wait until it has been answered."""
        due: list[tuple[History, Command]] = []
        for one in histories:
            for command in one.commands:
                if command.round == number:
                    command.activity = self._activity(one, command)
                    due.append((one, command))
                due += [(one, command)] * command.repeats.count(number)
        self._dice.shuffle(due)
        await asyncio.gather(*(self._deliver(command) for _, command in due))
        for one in histories:
            await self._answered(one, number)

    def _activity(self, one: History, command: Command) -> dict[str, Any]:
        who: dict[str, Any] = {
            "from": {"id": f"29:{one.oid}", "name": "Somebody", "aadObjectId": one.oid},
            "conversation": {
                "id": f"a:{one.oid}",
                "conversationType": "personal",
                "tenantId": TENANT,
            },
        }
        if command.said is not None:
            return self._around.activity(text=command.said, **who)
        before = one.commands[command.round - 1]
        if before.said is None:  # the card that took the place of the pressed one
            card = before.answers[0]["value"]
        else:
            card = self._seen.messages[one.oid][-1]["attachments"][0]["content"]
        verbs = [action["verb"] for action in card["actions"]]
        assert "Extend" in verbs, (card["fallbackText"], verbs)
        action = card["actions"][verbs.index("Extend")]
        pressed = {"type": "Action.Execute", "verb": "Extend", "data": action["data"]}
        return self._around.activity(
            type="invoke",
            name="adaptiveCard/action",
            value={"action": pressed, "trigger": "manual"},
            replyToId="a card",
            **who,
        )

    async def _deliver(self, command: Command) -> None:
        activity = command.activity
        if command.said is None and self._dice.random() < 0.5:
            activity = {**activity, "id": uuid4().hex}  # as Teams sends a press again
        status, answer = await self._around.post(activity)
        assert status == (202 if command.said else 200), (status, answer)
        command.answers.append(answer)

    async def _answered(self, one: History, number: int) -> None:
        said = sum(1 for c in one.commands if c.said is not None and c.round <= number)
        async with asyncio.timeout(LIMIT):
            while len(self._seen.messages[one.oid]) < said:  # noqa: ASYNC110  # HTTP sets no event
                await asyncio.sleep(0.02)

    async def settle(self, one: History) -> None:
        """Have a last command answered: whatever came before it is done by then."""
        last = Command(said="help", round=len(one.commands))
        last.activity = self._activity(one, last)
        one.commands.append(last)
        await self._deliver(last)
        await self._answered(one, last.round)

    def check(self, one: History) -> None:
        """Compare what was seen of a person with the model."""
        done = [c for c in one.commands if c.said != "help"]
        assert self._seen.writes[one.oid] == len(done), (one, self._seen.writes[one.oid])
        late = 0
        for command in done:
            if command.said is None:
                assert all(answer == command.answers[0] for answer in command.answers), one
                late += command.answers[0]["value"].get("fallbackText") == _WORKING
        said = sum(command.said is not None for command in one.commands)
        assert said <= len(self._seen.messages[one.oid]) <= said + late, one


@asynccontextmanager
async def _bot(around: World, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    port = around.url.rpartition(":")[2]
    process, _ = await process_of({**around.environment, "PORT": port}, folder)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def run(folder: Path, *, histories: int, batch: int, seed: int) -> int:
    """Play histories, some at a time, with a kill within each batch; return how many."""
    dice = random.Random(seed)  # noqa: S311  # chance, not secrecy
    application = {"GRAPH_PERMISSION": "application", "MicrosoftAppPassword": APP_SECRET}
    played = 0
    async with world(folder, COMMANDS_A_MINUTE="1000", **application) as around:
        around.listener.close()
        seen = Seen()
        note = around.stand_ins.calls.add

        def add(call: Call) -> None:
            seen.add(call)
            note(replace(call, body=None))

        around.stand_ins.calls.add = add  # type: ignore[method-assign]  # it keeps only 500
        while played < histories:
            ones = [history(dice) for _ in range(min(batch, histories - played))]
            run = Run(around, seen, dice)
            await asyncio.gather(*(run.move_in(one) for one in ones))
            killed_after = dice.randint(0, 3)
            rounds = range(max(len(one.commands) for one in ones))
            for part in (rounds[: killed_after + 1], rounds[killed_after + 1 :]):
                async with _bot(around, folder):
                    for number in part:
                        await run.round(ones, number)
                    if part is not rounds[: killed_after + 1] and part.stop == rounds.stop:
                        await asyncio.gather(*(run.settle(one) for one in ones))
            for one in ones:
                run.check(one)
            played += len(ones)
            seen.writes.clear()
            seen.messages.clear()
    return played
