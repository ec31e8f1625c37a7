"""Random histories of deliveries to a real process, beside a model of what they must do.

Every thing that a person says or presses is delivered one to four times: at once, or later among
other things, a press also under new ids. The same words under a new id are another command. The
process is ended and started again in between: killed while nothing is under way, or told to stop
in the middle of many histories; what it does not take then comes again, as Teams sends it again.
The model: each command is carried out once, each message is answered once, whoever is new is
greeted once, and every delivery of a press gets the answer of the first.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid4

import aiohttp

from tests.bench.edge import free_port, settings_for
from tests.bench.edge_load import TENANTS, Crowd, published_keys
from tests.bench.edge_stubs import Connection, Services
from tests.databases import sqlite_url
from tests.teams import activities
from tests.tenancy import process_of

_SAID = re.compile(r"/users/([0-9a-f-]{36})/presence/setUserPreferredPresence$")
_CHAT = re.compile(r"/conversations/a:([0-9a-f-]{36})/activities(/a card)?$")
_WORKING = "I am working on it…"
_LIMIT = 180.0  # seconds for what a round of deliveries must bring about; a bound
_BEFORE_AGAIN = 0.5  # seconds; Teams waits longer
_QUIET = ("inbox_depth", "outbox_depth", "turns_under_way")


@dataclass
class Command:
    """One thing that somebody says, or presses, and the answers that its deliveries got."""

    said: str | None
    round: int
    activity: dict[str, Any] = field(default_factory=dict, repr=False)
    repeats: list[int] = field(default_factory=list)  # the rounds in which it comes again
    answers: list[Any] = field(default_factory=list, repr=False)

    @property
    def late(self) -> bool:
        """Whether its presser was told to wait: the result takes the place of the card."""
        return bool(self.answers and self.answers[0]["value"].get("fallbackText") == _WORKING)


@dataclass
class History:
    """What one person does, a command in each round."""

    number: int
    oid: str
    tenant: str
    commands: list[Command]


def history(seed: int, number: int) -> History:
    """Return a history of three to five commands with their deliveries."""
    dice = random.Random(f"{seed} {number}")  # noqa: S311  # chance, not secrecy
    rounds = dice.randint(3, 5)
    commands: list[Command] = []
    for at in range(rounds):
        kind = dice.choice(["say", "say", "again", "press"])
        if at == 0 or kind == "say":
            said: str | None = f"busy for {dice.randint(1, 9)} hours"
        elif kind == "again":
            said = next(one.said for one in reversed(commands) if one.said)
        else:
            said = None
        repeats = [dice.randint(at, rounds - 1) for _ in range(dice.randint(0, 3))]
        commands.append(Command(said=said, round=at, repeats=repeats))
    oid = str(UUID(int=dice.getrandbits(128), version=4))
    return History(number, oid, TENANTS[number % len(TENANTS)], commands)


class Seen(Services):
    """The services around the bot, and what they saw: writes to Graph and messages, by person."""

    def __init__(self) -> None:
        super().__init__(published_keys().encode())
        self.writes: Counter[str] = Counter()
        self.greetings: Counter[str] = Counter()
        self.said: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.replaced: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        if found := _SAID.search(path):
            self.writes[found[1]] += 1
        elif found := _CHAT.search(unquote(path)):
            message = json.loads(body)
            if message["type"] != "message":
                pass  # it shows that it is at it
            elif found[2]:
                self.replaced[found[1]].append(message)
            elif message["summary"].startswith("Hello!"):
                self.greetings[found[1]] += 1
            else:
                self.said[found[1]].append(message)
        return super().answer(method, path, body)


class Bot:
    """A process of the bot that ends and starts again while people go on."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder, self._environment = folder, environment
        self.url = f"http://127.0.0.1:{environment['PORT']}"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process, _ = await process_of(self._environment, self._folder)

    async def end(self, *, kindly: bool) -> None:
        if self._process is not None and self._process.returncode is None:
            (self._process.terminate if kindly else self._process.kill)()
            async with asyncio.timeout(_LIMIT):
                await self._process.wait()


@dataclass(kw_only=True)
class Run:
    """Histories that are played at the same time, `at_once` of them."""

    bots: list[Bot]  # on one database; what is sent goes to any of them
    seen: Seen
    http: aiohttp.ClientSession
    service_url: str
    token: str
    seed: int
    at_once: int
    restarts_after: int  # histories
    restarts: int = 0
    played: int = 0
    commands: int = 0
    deliveries: int = 0
    late: int = 0

    def __post_init__(self) -> None:
        self._steps = asyncio.Semaphore(self.at_once)
        self._ending = asyncio.Lock()

    async def play(self, numbers: Iterator[int]) -> None:
        """Play history after history; every now and then, end the bot and start it again."""
        for number in numbers:
            one = history(self.seed, number)
            dice = random.Random(f"{number} {self.seed}")  # noqa: S311  # chance, not secrecy
            for at in range(len(one.commands)):
                async with self._steps:
                    await self._round(one, at, dice)
            async with self._steps:
                await self._settle(one)
            self._check(one)
            self.played += 1
            if self.played % self.restarts_after == 0:
                async with self._ending:
                    await self._restart()

    async def _restart(self) -> None:
        self.restarts += 1
        bot = self.bots[self.restarts // 2 % len(self.bots)]
        if self.restarts % 2 == 0:
            await bot.end(kindly=True)
            await bot.start()
            return
        # Nobody is in the middle of something, nor begins.
        await asyncio.gather(*(self._steps.acquire() for _ in range(self.at_once)))
        async with asyncio.timeout(_LIMIT):
            while await self._busy():  # noqa: ASYNC110  # HTTP sets no event
                await asyncio.sleep(0.02)
        await bot.end(kindly=False)
        await bot.start()
        for _ in range(self.at_once):
            self._steps.release()

    async def _busy(self) -> bool:
        for bot in self.bots:
            async with self.http.get(f"{bot.url}/metrics") as answer:
                lines = (await answer.text()).splitlines()
            told = [line.split() for line in lines if not line.startswith("#")]
            if any(name.endswith(_QUIET) and float(value) > 0 for name, value in told):
                return True
        return False

    async def _round(self, one: History, number: int, dice: random.Random) -> None:
        """Deliver what is due in a round, shuffled, and wait until it has been answered."""
        new = one.commands[number]
        new.activity = self._activity(one, new)
        due = [new]
        for command in one.commands:
            due += [command] * command.repeats.count(number)
        dice.shuffle(due)
        await asyncio.gather(*(self._deliver(command, dice) for command in due))
        await self._answered(one)

    def _activity(self, one: History, command: Command) -> dict[str, Any]:
        who: dict[str, Any] = {
            "id": uuid4().hex,
            "timestamp": datetime.now(UTC).isoformat(),
            "serviceUrl": self.service_url,
            "channelData": {"tenant": {"id": one.tenant}},
            "locale": "en-GB",
            "from": {"id": f"29:{one.oid}", "name": "Somebody", "aadObjectId": one.oid},
            "conversation": {
                "id": f"a:{one.oid}",
                "conversationType": "personal",
                "tenantId": one.tenant,
            },
        }
        if command.said is not None:
            return activities.activity(text=command.said, **who)
        before = one.commands[command.round - 1]
        if before.said is not None:
            card = self.seen.said[one.oid][-1]["attachments"][0]["content"]
        elif before.late:
            card = self.seen.replaced[one.oid][-1]["attachments"][0]["content"]
        else:  # the card that took the place of the pressed one
            card = before.answers[0]["value"]
        action = next(each for each in card["actions"] if each["verb"] == "Extend")
        pressed = {"type": "Action.Execute", "verb": "Extend", "data": action["data"]}
        return activities.activity(
            type="invoke",
            name="adaptiveCard/action",
            value={"action": pressed, "trigger": "manual"},
            replyToId="a card",
            **who,
        )

    async def _deliver(self, command: Command, dice: random.Random) -> None:
        activity = command.activity
        if command.said is None and dice.random() < 0.5:
            activity = {**activity, "id": uuid4().hex}  # as Teams sends a press again
        body = json.dumps(activity).encode()
        async with asyncio.timeout(_LIMIT):
            while (found := await self._post(body, dice.choice(self.bots))) is None:  # noqa: ASYNC110  # as above
                await asyncio.sleep(_BEFORE_AGAIN)
        status, answer = found
        assert status == (202 if command.said else 200), (status, answer)
        command.answers.append(json.loads(answer) if answer else None)

    async def _post(self, body: bytes, bot: Bot) -> tuple[int, bytes] | None:
        """Return status and body of the answer; none where it is to be sent again."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
        }
        try:
            async with self.http.post(
                f"{bot.url}/api/messages", data=body, headers=headers
            ) as answer:
                read = await answer.read()
                return None if answer.status == 503 else (answer.status, read)
        except aiohttp.ClientConnectionError:
            return None

    async def _answered(self, one: History) -> None:
        sent = [command for command in one.commands if command.activity]
        said = sum(command.said is not None for command in sent)
        late = sum(command.said is None and command.late for command in sent)
        async with asyncio.timeout(_LIMIT):
            while (  # noqa: ASYNC110  # HTTP sets no event
                len(self.seen.said[one.oid]) < said or len(self.seen.replaced[one.oid]) < late
            ):
                await asyncio.sleep(0.02)

    async def _settle(self, one: History) -> None:
        """Have a last command answered: whatever came before it is done by then."""
        last = Command(said="help", round=len(one.commands))
        last.activity = self._activity(one, last)
        one.commands.append(last)
        await self._deliver(last, random.Random())  # noqa: S311  # words need no chance
        await self._answered(one)

    def _check(self, one: History) -> None:
        """Compare what was seen of a person with the model, and forget it."""
        done = [command for command in one.commands if command.said != "help"]
        pressed = [command for command in done if command.said is None]
        for command in pressed:
            assert all(answer == command.answers[0] for answer in command.answers), one
        seen = {
            "writes": self.seen.writes.pop(one.oid),
            "greetings": self.seen.greetings.pop(one.oid),
            "said": len(self.seen.said.pop(one.oid)),
            "replaced": len(self.seen.replaced.pop(one.oid, [])),
        }
        wanted = {
            "writes": len(done),
            "greetings": 1,
            "said": len(one.commands) - len(pressed),
            "replaced": sum(command.late for command in pressed),
        }
        assert seen == wanted, (one, seen, wanted)
        self.commands += len(one.commands)
        self.deliveries += sum(len(command.answers) for command in one.commands)
        self.late += sum(command.late for command in pressed)


@asynccontextmanager
async def _services() -> AsyncIterator[tuple[Seen, int]]:
    seen = Seen()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(seen), "127.0.0.1", 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    seen.base = f"http://127.0.0.1:{port}"
    try:
        yield seen, port
    finally:
        server.close()


async def run(
    folder: Path,
    *,
    url: str | None = None,
    instances: int = 1,
    histories: int,
    seed: int,
    at_once: int,
    restarts_after: int,
) -> Run:
    """Play histories, `at_once` of them, with a restart after each so many; return the run.

    The database is at `url`, or a new file; `instances` processes share it.
    """
    async with AsyncExitStack() as stack:
        seen, port = await stack.enter_async_context(_services())
        service_url = f"{seen.base}/connector/"
        settings = settings_for(0, port, url or sqlite_url(folder))
        settings["COMMANDS_A_MINUTE"] = "1000"
        ports = [free_port() for _ in range(instances)]
        bots = [Bot(folder, {**settings, "PORT": str(own)}) for own in ports]
        http = await stack.enter_async_context(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(_LIMIT)
            )
        )
        for bot in bots:
            await bot.start()
            stack.push_async_callback(bot.end, kindly=False)
        whole = Run(
            bots=bots,
            seen=seen,
            http=http,
            service_url=service_url,
            token=Crowd(0, service_url).token,
            seed=seed,
            at_once=at_once,
            restarts_after=restarts_after,
        )
        numbers = iter(range(histories))
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(whole.play(numbers))
        return whole
