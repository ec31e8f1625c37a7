"""Token checks whose time passes, with the keys of a provider on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import jwt
import pytest

from bot.net import Net
from bot.teams.auth import fetch_json
from bot.tokens import MOST_SEEN, SigningKeys, TokenChecker, TokenRefused
from tests.security.openid import APP_ID, ISSUER, OpenId, claims, openid, private_key, sign
from tests.teams.conftest import NOW


class SetClock:
    """Tells the time it is set to."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


class Setup:
    """A checker, its provider, its keys and its clock."""

    def __init__(self, provider: OpenId, keys: SigningKeys) -> None:
        self.provider, self.keys, self.clock = provider, keys, SetClock()
        self.checker = TokenChecker(keys=keys, issuer=ISSUER, audience=APP_ID, clock=self.clock)


@pytest.fixture
async def setup() -> AsyncIterator[Setup]:
    async with openid() as provider, Net() as net:
        keys = SigningKeys(provider.url, fetch=fetch_json(net))
        yield Setup(provider, keys)
        await keys.aclose()


async def test_a_good_token_says_its_claims_and_what_its_key_vouches_for(setup: Setup) -> None:
    checked = await setup.checker.check(sign())
    assert checked.claims == claims()
    assert checked.endorsements == {"msteams"}


async def test_a_token_that_was_good_expires(setup: Setup) -> None:
    token = sign()
    await setup.checker.check(token)
    setup.clock.time += timedelta(hours=1, minutes=5)
    with pytest.raises(TokenRefused, match="expired"):
        await setup.checker.check(token)


async def test_a_token_that_was_good_is_not_when_its_key_is_withdrawn(setup: Setup) -> None:
    token = sign()
    await setup.checker.check(token)
    setup.provider.keys = {"two": ["msteams"]}
    await setup.keys.load()
    with pytest.raises(TokenRefused, match="unknown key id"):
        await setup.checker.check(token)


async def test_a_token_that_was_good_is_not_when_its_key_id_means_another_key(
    setup: Setup,
) -> None:
    token = sign()
    await setup.checker.check(token)
    other = jwt.algorithms.RSAAlgorithm.to_jwk(private_key("evil").public_key(), as_dict=True)
    setup.provider.keys = {}
    setup.provider.extra_keys = [{**other, "kid": "one", "endorsements": ["msteams"]}]
    await setup.keys.load()
    with pytest.raises(TokenRefused, match="InvalidSignatureError"):
        await setup.checker.check(token)


async def test_one_token_is_not_taken_for_another(setup: Setup) -> None:
    await setup.checker.check(sign())
    header, body, _ = sign().split(".")
    with pytest.raises(TokenRefused):
        await setup.checker.check(f"{header}.{body}.{sign(key='evil').split('.')[2]}")


async def test_what_is_remembered_has_a_bound(setup: Setup) -> None:
    for number in range(MOST_SEEN + 20):
        await setup.checker.check(sign(claims(jti=str(number))))
    assert len(setup.checker._seen) == MOST_SEEN
