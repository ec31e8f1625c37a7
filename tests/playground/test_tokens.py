from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from bot.domain.person import Person
from bot.playground.people import RESIDENTS, TENANT
from bot.playground.shelf import Shelf
from bot.playground.tokens import APP_ID, DELEGATED_SCOPES, BadToken, PlaygroundTokens
from tests.playground.hand_clock import HandClock

ANNA = Person(tenant=TENANT, oid=RESIDENTS[0].oid)


async def test_a_token_names_person_tenant_application_and_scopes() -> None:
    shelf = Shelf()
    tokens = PlaygroundTokens(HandClock(), shelf)
    claims = tokens.read(f"Bearer {tokens.issue(ANNA.oid, TENANT, ['Presence.Read'])}")
    assert (claims.oid, claims.tenant, claims.app) == (ANNA.oid, TENANT, APP_ID)
    assert claims.scopes == {"Presence.Read"}
    assert claims.delegated
    application = tokens.issue(None, TENANT, ["Presence.ReadWrite.All"])
    assert not tokens.read(f"Bearer {application}").delegated
    await shelf.close()


async def test_a_made_up_token_is_refused() -> None:
    shelf = Shelf()
    tokens = PlaygroundTokens(HandClock(), shelf)
    payload, _, signature = tokens.issue(ANNA.oid, TENANT, DELEGATED_SCOPES).partition(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "==="))
    claims["oid"] = RESIDENTS[1].oid
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    for header in (
        None,
        "",
        "Bearer",
        f"Basic {payload}.{signature}",
        f"Bearer {payload}",
        f"Bearer {payload}.",
        f"Bearer .{signature}",
        f"Bearer {forged}.{signature}",
        "Bearer Ä.ö",
        "Bearer \udce9.\udce9",
    ):
        with pytest.raises(BadToken):
            tokens.read(header)
    await shelf.close()


async def test_a_token_lasts_for_an_hour_of_the_clock() -> None:
    clock, shelf = HandClock(), Shelf()
    tokens = PlaygroundTokens(clock, shelf)
    header = f"Bearer {tokens.issue(ANNA.oid, TENANT, DELEGATED_SCOPES)}"
    clock.move(minutes=59)
    tokens.read(header)
    clock.move(minutes=1)
    with pytest.raises(BadToken, match="expired"):
        tokens.read(header)
    await shelf.close()


async def test_the_bot_gets_a_new_token_when_it_asks_for_one() -> None:
    clock, shelf = HandClock(), Shelf()
    tokens = PlaygroundTokens(clock, shelf)
    first = await tokens.token(ANNA)
    clock.move(hours=2)
    assert await tokens.token(ANNA) == first
    second = await tokens.token(ANNA, refresh=True)
    assert tokens.read(f"Bearer {second}").oid == ANNA.oid
    assert await tokens.token(ANNA) == second
    await shelf.close()


async def test_tokens_outlive_the_process_on_one_shelf_and_count_nowhere_else(
    tmp_path: Path,
) -> None:
    async def opened(name: str) -> tuple[PlaygroundTokens, Shelf]:
        shelf = Shelf(tmp_path / name)
        tokens = PlaygroundTokens(HandClock(), shelf)
        await tokens.load()
        return tokens, shelf

    tokens, shelf = await opened("one")
    header = f"Bearer {tokens.issue(ANNA.oid, TENANT, DELEGATED_SCOPES)}"
    await shelf.close()
    again, shelf = await opened("one")
    assert again.read(header).oid == ANNA.oid
    other, other_shelf = await opened("two")
    with pytest.raises(BadToken, match="signature"):
        other.read(header)
    await shelf.close()
    await other_shelf.close()
