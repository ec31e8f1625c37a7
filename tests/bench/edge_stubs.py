"""Connector, Graph, Entra and OpenID that cost as little as can be, in a process of their own.

`python -m tests.bench.edge_stubs KEYS` (a JSON Web Key Set) prints its port, and that of
its control connection, which says `conversation` for each message that reaches the connector and
takes `hang graph`, `hang openid` and `free`. The path says which service is meant. It runs until
its input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any
from urllib.parse import unquote

_JSON = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def response(body: bytes, status: bytes = b"200 OK") -> bytes:
    return _JSON % (status, len(body)) + body


class Services:
    """What the services know: each person's state, and who listens."""

    def __init__(self, keys: bytes) -> None:
        self._keys = keys
        self._states: dict[str, dict[str, Any]] = {}
        self.base = ""
        self.listeners: set[asyncio.StreamWriter] = set()
        self.hanging: set[str] = set()
        self.free = asyncio.Event()
        self.messages = 0

    def answer(self, method: str, path: str, body: bytes) -> bytes:
        service, _, rest = path[1:].partition("/")
        if service == "graph":
            return self._graph(method, rest, body)
        if service == "connector":
            return self._connector(rest)
        if service == "entra":
            return self._entra(rest)
        if rest == "keys":
            return response(self._keys)
        return response(json.dumps({"jwks_uri": f"{self.base}/openid/keys"}).encode())

    def _graph(self, method: str, path: str, body: bytes) -> bytes:
        person = path.partition("/presence")[0]
        state = self._states.get(person)
        if state is None:
            state = self._states[person] = {
                "availability": "Available",
                "activity": "Available",
                "statusMessage": None,
            }
        if method == "GET":
            return response(json.dumps(state).encode())
        given = json.loads(body)
        if path.endswith("setStatusMessage"):
            state["statusMessage"] = {
                **given["statusMessage"],
                "publishedDateTime": "2026-03-10T09:30:00.1234567Z",
            }
        elif path.endswith("setUserPreferredPresence"):
            state["availability"], state["activity"] = given["availability"], given["activity"]
        return response(b"")

    def _connector(self, path: str) -> bytes:
        self.messages += 1
        line = unquote(path.partition("conversations/")[2].partition("/")[0]).encode() + b"\n"
        for listener in self.listeners:
            listener.write(line)
        return response(b'{"id":"%d"}' % self.messages, b"201 Created")

    def _entra(self, path: str) -> bytes:
        tenant = path.partition("/")[0]
        at = f"{self.base}/entra/{tenant}"
        if path.endswith("openid-configuration"):
            found: dict[str, Any] = {
                "token_endpoint": f"{at}/oauth2/v2.0/token",
                "authorization_endpoint": f"{at}/oauth2/v2.0/authorize",
                "issuer": f"{at}/v2.0",
            }
        else:
            found = {"token_type": "Bearer", "expires_in": 3600, "access_token": "x" * 1500}
        return response(json.dumps(found).encode())


class Connection(asyncio.Protocol):
    """One keep-alive connection: as much of HTTP/1.1 as our own clients speak."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._buffer = b""
        self._waiting: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self._buffer[:end]
            at = head.lower().find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
            service = path[1:].partition("/")[0]
            if service in self._services.hanging:
                self._waiting.add(asyncio.create_task(self._later(method, path, body)))
            else:
                self._transport.write(self._services.answer(method, path, body))

    async def _later(self, method: str, path: str, body: bytes) -> None:
        await self._services.free.wait()
        if not self._transport.is_closing():
            self._transport.write(self._services.answer(method, path, body))


async def serve(keys: bytes) -> None:
    services = Services(keys)

    async def control(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        services.listeners.add(writer)
        while line := (await reader.readline()).decode().split():
            if line[0] == "hang":
                services.hanging.add(line[1])
                services.free.clear()
            else:
                services.hanging.clear()
                services.free.set()
        services.listeners.discard(writer)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(services), "127.0.0.1", 0, backlog=1024)
    controls = await asyncio.start_server(control, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    services.base = f"http://127.0.0.1:{port}"
    print(port, controls.sockets[0].getsockname()[1], flush=True)  # noqa: T201  # read by a bench
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()
    controls.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1].encode()))
