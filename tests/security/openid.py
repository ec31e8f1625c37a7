"""An OpenID provider on loopback that signs, and whatever else an attacker may sign with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.teams.activities import SERVICE
from tests.teams.conftest import NOW

APP_ID = "b0b0b0b0-0000-4000-8000-0000000000b0"
ISSUER = "https://api.botframework.com"


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """Return a key that is made once for each name: making one takes long."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


# When tokens are made: stock botbuilder reads the system's clock, the tests' edge tells NOW.
made_at: ContextVar[datetime] = ContextVar("made_at", default=NOW)


def claims(**changes: Any) -> dict[str, Any]:
    """Return what a good token says.

    None as a value takes a claim away, and a timedelta is an instant counted from now.
    """
    said = {
        "iss": ISSUER,
        "aud": APP_ID,
        "iat": timedelta(minutes=-1),
        "nbf": timedelta(minutes=-1),
        "exp": timedelta(hours=1),
        "serviceurl": SERVICE,
        **changes,
    }
    return {
        name: int((made_at.get() + value).timestamp()) if isinstance(value, timedelta) else value
        for name, value in said.items()
        if value is not None
    }


def sign(said: dict[str, Any] | None = None, *, key: str = "one", kid: str | None = "one") -> str:
    """Return a token signed with the private key called `key`, naming key id `kid`."""
    headers = {} if kid is None else {"kid": kid}
    said = claims() if said is None else said
    return jwt.encode(said, private_key(key), algorithm="RS256", headers=headers)


class OpenId:
    """The provider: which keys it publishes, how slow it is, and how often it was asked."""

    def __init__(self) -> None:
        self.keys: dict[str, list[str] | None] = {"one": ["msteams"]}
        self.extra_keys: list[dict[str, Any]] = []
        self.failing = False
        self.hold: asyncio.Event | None = None
        self.asked = asyncio.Event()
        self.metadata_requests = 0
        self.keys_url: str | None = None
        self.url = ""

    async def _metadata(self, request: web.Request) -> web.Response:
        self.metadata_requests += 1
        self.asked.set()
        if self.hold is not None:
            await self.hold.wait()
        if self.failing:
            raise web.HTTPInternalServerError
        keys_url = self.keys_url or str(request.url.with_path("/keys"))
        return web.json_response({"issuer": ISSUER, "jwks_uri": keys_url})

    async def _keys(self, request: web.Request) -> web.Response:
        published = []
        for name, endorsements in self.keys.items():
            public = private_key(name).public_key()
            entry = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))
            entry |= {"kid": name, "use": "sig"}
            if endorsements is not None:
                entry["endorsements"] = endorsements
            published.append(entry)
        return web.json_response({"keys": [*self.extra_keys, *published]})


@asynccontextmanager
async def openid() -> AsyncIterator[OpenId]:
    provider = OpenId()
    app = web.Application()
    app.add_routes([web.get("/metadata", provider._metadata), web.get("/keys", provider._keys)])
    server = TestServer(app)
    await server.start_server()
    provider.url = str(server.make_url("/metadata"))
    try:
        yield provider
    finally:
        if provider.hold is not None:
            provider.hold.set()
        await server.close()
