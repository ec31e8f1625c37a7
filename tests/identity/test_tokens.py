"""Tokens are had once and renewed early: nobody waits, and msal is not asked for each turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.identity.application import CONNECTOR_SCOPE, LAST_USE, RENEW_BEFORE, AppToken
from bot.identity.parts import Registration
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.playground.tokens import APP_ID, LIFETIME
from tests.security.entra import ANNA, BEN, Entra, entra

HOUR = LIFETIME.total_seconds()


class Seconds:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Entra]:
    async with entra(tmp_path) as running:
        yield running


def asked(house: Entra) -> list[str]:
    """Return the grants that the token endpoint was asked for."""
    calls = [call for call in house.stand_ins.calls.recent() if call["service"] == "entra"]
    return [call["body"]["grant_type"] for call in calls if call["path"].endswith("/token")]


def pass_by(house: Entra, seconds: Seconds, length: float) -> None:
    seconds.at += length
    house.later(timedelta(seconds=length))  # Entra's tokens of one second are the same


@pytest.fixture
async def app_token(house: Entra) -> AsyncIterator[tuple[AppToken, Seconds]]:
    seconds = Seconds()
    apps = Registration(
        tenant=TENANT,
        app_id=APP_ID,
        credential=APP_SECRET,
        authority_url=house.entra_url,
    ).apps()
    token = AppToken(apps=apps, scope=CONNECTOR_SCOPE, monotonic=seconds)
    yield token, seconds
    await token.aclose()
    apps.close()


async def test_a_hundred_turns_ask_for_the_connectors_token_once(
    house: Entra, app_token: tuple[AppToken, Seconds]
) -> None:
    token, _ = app_token
    given = await asyncio.gather(*(token() for _ in range(50)))
    given += [await token() for _ in range(50)]
    assert len(set(given)) == 1
    assert asked(house) == ["client_credentials"]


async def test_it_is_renewed_early_while_the_older_one_is_used(
    house: Entra, app_token: tuple[AppToken, Seconds]
) -> None:
    token, seconds = app_token
    first = await token()
    house.stand_ins.faults.replace([{"service": "entra", "kind": "503", "match": "/token"}])
    pass_by(house, seconds, HOUR - RENEW_BEFORE + 1)
    assert [await token() for _ in range(20)] == [first] * 20  # Entra is down, and nobody waits
    while token._renewing is not None:  # noqa: ASYNC110  # the renewal sets no event
        await asyncio.sleep(0.01)
    house.stand_ins.faults.replace([])
    assert await token() == first
    while token._renewing is not None:  # noqa: ASYNC110  # the renewal sets no event
        await asyncio.sleep(0.01)
    assert await token() != first


async def test_one_that_is_about_to_end_is_not_used(
    house: Entra, app_token: tuple[AppToken, Seconds]
) -> None:
    token, seconds = app_token
    first = await token()
    pass_by(house, seconds, HOUR - LAST_USE + 1)
    assert await token() != first


async def test_one_person_is_one_call_of_msal_at_a_time_and_others_do_not_wait(
    house: Entra,
) -> None:
    tokens = house.identity.tokens
    await house.exchange(house.sso())
    await house.exchange(house.sso(BEN), person=BEN, request=await house.ask(BEN))
    before = len(asked(house))
    given = await asyncio.gather(
        *(tokens.token(person) for person in (ANNA, BEN) for _ in range(20))
    )
    assert len(set(given)) == 2
    assert len(asked(house)) == before  # from the vault, without Entra
    newer = await asyncio.gather(*(tokens.token(ANNA, refresh=True) for _ in range(20)))
    assert len(set(newer)) == 1
    assert asked(house)[before:] == ["refresh_token"]
