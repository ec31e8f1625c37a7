"""The load of the edge's benchmark: people of many tenants, and HTTP that costs little."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import jwt

from bot.playground.tokens import APP_ID
from tests.security.openid import ISSUER, private_key

PEOPLE = 5_000
TENANTS = [f"7e57ab1e-0000-4000-8000-{number:012d}" for number in range(64)]
COMMAND = "busy for 2 hours, say I'm in a meeting"


class Connection(asyncio.Protocol):
    """One keep-alive connection with one request under way at a time."""

    def __init__(self) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[int] | None = None
        self.body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError("the connection was closed"))

    async def send(self, request: bytes) -> int:
        """Return the status of the answer; its body is in `body`."""
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._answer

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        at = self._buffer.lower().find(b"content-length:", 0, end)
        length = int(self._buffer[at + 15 : end].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._buffer) < end + 4 + length:
            return
        status = int(self._buffer[9:12])
        self.body = self._buffer[end + 4 : end + 4 + length]
        self._buffer = self._buffer[end + 4 + length :]
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(status)


async def connect(port: int) -> Connection:
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(Connection, "127.0.0.1", port)
    return connection


def request(method: str, path: str, port: int, body: bytes = b"", token: str = "") -> bytes:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


class Crowd:
    """Makes what people send; each is somebody else than those before."""

    def __init__(self, port: int, service_url: str) -> None:
        self._port = port
        self._service_url = service_url
        self._numbers = count()
        now = datetime.now(UTC)
        said = {
            "iss": ISSUER,
            "aud": APP_ID,
            "iat": now - timedelta(minutes=1),
            "exp": now + timedelta(hours=12),
            "serviceurl": service_url,
        }
        # One token for each tenant: Teams sends the same one until it ends.
        self._tokens = [
            jwt.encode(
                {**said, "jti": tenant},
                private_key("one"),
                algorithm="RS256",
                headers={"kid": "one"},
            )
            for tenant in TENANTS
        ]
        self.token = self._tokens[0]
        self.unknown_key = jwt.encode(
            said, private_key("one"), algorithm="RS256", headers={"kid": "unknown"}
        )

    def next(self, token: str | None = None) -> tuple[str, bytes]:
        """Return the next person's conversation and their request."""
        number = next(self._numbers)
        person = number % PEOPLE
        tenant = TENANTS[person % len(TENANTS)]
        oid = oid_of(person)
        conversation = f"a:{oid}"
        body = json.dumps(
            {
                "type": "message",
                "id": f"{number}",
                "timestamp": datetime.now(UTC).isoformat(),
                "localTimezone": "Europe/Berlin",
                "channelId": "msteams",
                "serviceUrl": self._service_url,
                "from": {"id": f"29:{oid}", "name": f"Person {person}", "aadObjectId": oid},
                "conversation": {
                    "conversationType": "personal",
                    "tenantId": tenant,
                    "id": conversation,
                },
                "recipient": {"id": f"28:{APP_ID}", "name": "Presence Bot"},
                "entities": [
                    {
                        "locale": "en-GB",
                        "country": "GB",
                        "platform": "Web",
                        "timezone": "Europe/Berlin",
                        "type": "clientInfo",
                    }
                ],
                "channelData": {"tenant": {"id": tenant}},
                "text": COMMAND,
                "textFormat": "plain",
                "locale": "en-GB",
            }
        ).encode()
        used = token or self._tokens[person % len(TENANTS)]
        return conversation, request("POST", "/api/messages", self._port, body, used)


def published_keys() -> str:
    """Return the key with which the crowd's requests are signed, as OpenID publishes it."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key("one").public_key()))
    public |= {"kid": "one", "use": "sig", "endorsements": ["msteams"]}
    return json.dumps({"keys": [public]})


def oid_of(person: int) -> str:
    return f"aaaaaaaa-0000-4000-8000-{person:012d}"


@dataclass
class Stubs:
    """The services' process: where it is, and what reaches its connector."""

    port: int
    writer: asyncio.StreamWriter
    waiting: dict[str, list[asyncio.Future[None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    messages: int = 0

    async def listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            self.messages += 1
            waiting = self.waiting.get(line.decode().strip())
            if waiting:
                first = waiting.pop(0)
                if not first.done():
                    first.set_result(None)

    def reply_to(self, conversation: str) -> asyncio.Future[None]:
        """Return what is done when the next message for a conversation has come."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting[conversation].append(future)
        return future

    def order(self, what: str) -> None:
        self.writer.write(f"{what}\n".encode())


@dataclass
class Figures:
    """What one run gave, in milliseconds and turns; `cpu` in milliseconds a turn."""

    turns: int
    seconds: float
    took: list[float]
    acks: list[float]
    cpu: float
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        return self.turns / self.seconds


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


async def closed(
    crowd: Crowd, port: int, stubs: Stubs, *, connections: int, seconds: float, wait: bool
) -> tuple[int, float, list[float], list[float], dict[int, int]]:
    """Send one after the other on each connection; with `wait`, each waits for the reply too."""
    took: list[float] = []
    acks: list[float] = []
    statuses: dict[int, int] = defaultdict(int)
    began = time.perf_counter()
    end = began + seconds

    async def one() -> None:
        connection = await connect(port)
        while time.perf_counter() < end:
            conversation, sent = crowd.next()
            reply = stubs.reply_to(conversation) if wait else None
            start = time.perf_counter()
            statuses[await connection.send(sent)] += 1
            acks.append((time.perf_counter() - start) * 1000)
            if reply is not None:
                async with asyncio.timeout(30):
                    await reply
            took.append((time.perf_counter() - start) * 1000)
        connection.transport.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(one())
    return len(took), time.perf_counter() - began, took, acks, statuses


async def open_loop(
    crowd: Crowd, port: int, stubs: Stubs, *, rate: float, seconds: float
) -> tuple[list[float], list[float], dict[int, int]]:
    """Send at a steady rate, whatever comes back; return the lengths to answer and to reply."""
    acks: list[float] = []
    took: list[float] = []
    statuses: dict[int, int] = defaultdict(int)
    free: list[Connection] = [await connect(port) for _ in range(16)]

    async def one() -> None:
        connection = free.pop() if free else await connect(port)
        conversation, sent = crowd.next()
        reply = stubs.reply_to(conversation)
        start = time.perf_counter()
        statuses[await connection.send(sent)] += 1
        acks.append((time.perf_counter() - start) * 1000)
        free.append(connection)
        async with asyncio.timeout(30):
            await reply
        took.append((time.perf_counter() - start) * 1000)

    async with asyncio.TaskGroup() as group:
        for at in _beats(rate, seconds):
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            group.create_task(one())
    for connection in free:
        connection.transport.close()
    return acks, took, statuses


async def probing(port: int, path: str, *, rate: float, seconds: float) -> list[float]:
    """Ask for a page at a steady rate; return the lengths in milliseconds."""
    connection = await connect(port)
    took: list[float] = []
    for at in _beats(rate, seconds):
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        await connection.send(request("GET", path, port))
        took.append((time.perf_counter() - at) * 1000)  # also what it had to wait for us
    connection.transport.close()
    return took


def _beats(rate: float, seconds: float) -> Iterator[float]:
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        yield began + number / rate


async def flood(port: int, *, connections: int, seconds: float) -> float:
    """Return how many of Graph's and the connector's answers the services give in a second."""
    done = 0
    end = time.perf_counter() + seconds
    requests: list[Any] = [
        request("GET", "/graph/users/x/presence", port),
        request("POST", "/connector/v3/conversations/x/activities", port, b"{}" * 1200),
    ]

    async def one() -> None:
        nonlocal done
        connection = await connect(port)
        while time.perf_counter() < end:
            await connection.send(requests[done % 2])
            done += 1
        connection.transport.close()

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(one())
    return done / (time.perf_counter() - began)
