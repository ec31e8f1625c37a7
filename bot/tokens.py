"""Checking JSON Web Tokens with the keys that an OpenID provider publishes.

Keys are fetched beside the event loop's other work, never in its way, and kept through an outage.
Time is the bot's clock: PyJWT reads the system's, so it checks signature, issuer and audience,
and expiry is compared here. Sources: OpenID Connect Discovery 1.0; RFC 7517; RFC 7519; Bot
Framework "Authenticate requests from the Bot Connector service".
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

import jwt

logger = logging.getLogger(__name__)

FRESH = 3_600.0  # seconds; after that keys are used and fetched again behind the answer
KEPT = 7 * 86_400.0  # seconds; how long the last good keys are used through an outage
UNKNOWN_KEY_PAUSE = 60.0  # seconds between fetches that an unknown key id asks for
RETRY_PAUSE = 10.0  # seconds between fetches while the provider fails
FETCH_TIMEOUT = 3.0  # seconds for each of the two documents
SKEW = timedelta(minutes=5)
MOST_SEEN = 1_000  # good tokens that are remembered

# Fetches a URL and returns its JSON value; raises anything where it cannot.
Fetch = Callable[[str], Awaitable[Any]]


class TokenRefused(Exception):
    """The token is not good; the reason is for the log, not for the sender."""


class KeysUnavailable(Exception):
    """There are no keys to check with, and the provider does not answer."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and the channels that it vouches for (Bot Framework's `endorsements`)."""

    key: jwt.PyJWK
    endorsements: frozenset[str] = frozenset()


class SigningKeys:
    """The keys of one OpenID provider by id.

    Old keys are used while newer ones are fetched; one fetch runs at a time, and whoever needs it
    waits for that one. An unknown key id asks for a fetch at most once a minute, so that made-up
    ids cannot aim the bot at the provider. `monotonic` gives seconds.
    """

    def __init__(
        self, metadata_url: str, *, fetch: Fetch, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._metadata_url = metadata_url
        self._fetch = fetch
        self._monotonic = monotonic
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at = -math.inf
        self._failed_at = -math.inf
        self._asked_at = -math.inf
        self._fetching: asyncio.Task[None] | None = None

    @property
    def ready(self) -> bool:
        """Return whether there are keys that may be used."""
        return bool(self._keys) and self._age() < KEPT

    async def load(self) -> None:
        """Fetch the keys now; a provider that fails is logged and asked again when needed."""
        await self._refresh()

    def warm(self) -> bool:
        """Return whether there are keys, and see to it that there will be where there are none."""
        if not self.ready and self._may_retry():
            self._start()
        return self.ready

    async def aclose(self) -> None:
        """Stop a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def find(self, key_id: str) -> SigningKey:
        """Return the key called `key_id`.

        Raises TokenRefused where the provider has no such key, and KeysUnavailable where there is
        nobody to ask.
        """
        if not self.ready:
            if self._may_retry():
                await self._refresh()
            if not self.ready:
                raise KeysUnavailable(self._metadata_url)
        elif self._age() > FRESH and self._may_retry():
            self._start()
        found = self._keys.get(key_id)
        if found is None and self._may_ask():
            self._asked_at = self._monotonic()
            await self._refresh()
            found = self._keys.get(key_id)
        elif found is None and self._fetching is not None:
            await self._refresh()
            found = self._keys.get(key_id)
        if found is None:
            raise TokenRefused("unknown key id")
        return found

    def _age(self) -> float:
        return self._monotonic() - self._fetched_at

    def _may_retry(self) -> bool:
        return self._fetching is not None or self._monotonic() - self._failed_at >= RETRY_PAUSE

    def _may_ask(self) -> bool:
        return self._monotonic() - self._asked_at >= UNKNOWN_KEY_PAUSE

    def _start(self) -> asyncio.Task[None]:
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._fetch_keys())
            self._fetching.add_done_callback(self._ended)
        return self._fetching

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._fetching = None

    async def _refresh(self) -> None:
        # One who stops waiting does not stop the fetch for the others.
        await asyncio.shield(self._start())

    async def _fetch_keys(self) -> None:
        try:
            keys = await self._download()
        except Exception as error:  # whatever it is, the last good keys go on
            self._failed_at = self._monotonic()
            reason = type(error).__name__
            logger.warning("keys were not fetched: %s", reason, extra={"action": "keys.fail"})
        else:
            self._keys, self._fetched_at = keys, self._monotonic()

    async def _download(self) -> Mapping[str, SigningKey]:
        metadata = await self._get(self._metadata_url)
        keys_url = str(metadata["jwks_uri"])
        if not _same_origin(keys_url, self._metadata_url):
            raise ValueError("the keys are on another host than the metadata")
        keys = _read_keys(await self._get(keys_url))
        if not keys:
            raise ValueError("there is no key that can be used")
        return keys

    async def _get(self, url: str) -> Any:
        async with asyncio.timeout(FETCH_TIMEOUT):
            return await self._fetch(url)


def _same_origin(one: str, other: str) -> bool:
    a, b = urlsplit(one), urlsplit(other)
    return (a.scheme, a.netloc.lower()) == (b.scheme, b.netloc.lower())


def _read_keys(document: Any) -> dict[str, SigningKey]:
    keys: dict[str, SigningKey] = {}
    for entry in document["keys"]:
        if entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig" or not entry.get("kid"):
            continue
        try:
            key = jwt.PyJWK(entry, algorithm="RS256")
        except jwt.PyJWTError:
            continue  # one key that is not readable does not take the others away
        channels = entry.get("endorsements") or ()
        keys[str(entry["kid"])] = SigningKey(key, frozenset(map(str, channels)))
    return keys


@dataclass(frozen=True, slots=True)
class Checked:
    """The claims of a good token, and what its key vouches for."""

    claims: Mapping[str, Any]
    endorsements: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A token whose signature is good under `key`: again only while that key is published."""

    key_id: str
    key: SigningKey
    checked: Checked


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise TokenRefused(type(error).__name__) from error
    key_id = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(key_id, str):
        raise TokenRefused("not RS256 with a key id")
    return key_id


class TokenChecker:
    """Checks tokens for one audience by one issuer: RS256, an expiry, five minutes of skew."""

    def __init__(self, *, keys: SigningKeys, issuer: str, audience: str, clock: Clock) -> None:
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._clock = clock
        self._jwt = jwt.PyJWT()
        self._seen: dict[str, _Seen] = {}

    async def check(self, token: str) -> Checked:
        """Return what a good token says; raise TokenRefused or KeysUnavailable."""
        seen = self._seen.get(token)
        key_id = _key_id(token) if seen is None else seen.key_id
        key = await self._keys.find(key_id)
        if seen is None or seen.key is not key:
            seen = _Seen(key_id, key, Checked(self._verified(token, key), key.endorsements))
            self._remember(token, seen)
        self._check_times(seen.checked.claims)
        return seen.checked

    def _verified(self, token: str, key: SigningKey) -> Mapping[str, Any]:
        try:
            claims: Mapping[str, Any] = self._jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=self._issuer,
                options={
                    "require": ["exp", "iss", "aud"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except jwt.PyJWTError as error:
            raise TokenRefused(type(error).__name__) from error
        return claims

    def _remember(self, token: str, seen: _Seen) -> None:
        """Keep what a token says: services send the same one for an hour."""
        self._seen[token] = seen
        if len(self._seen) > MOST_SEEN:
            self._seen.pop(next(iter(self._seen)))

    def _check_times(self, claims: Mapping[str, Any]) -> None:
        now, skew = self._clock.now().timestamp(), SKEW.total_seconds()
        if _seconds(claims, "exp") + skew <= now:
            raise TokenRefused("expired")
        for name in ("nbf", "iat"):
            if claims.get(name) is not None and _seconds(claims, name) - skew > now:
                raise TokenRefused(f"{name} is ahead")


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TokenRefused(f"{name} is not a time")
    return float(value)
