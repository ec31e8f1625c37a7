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
    await tokens.load()
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
    await tokens.load()
    header, payload, signature = tokens.issue(ANNA.oid, TENANT, DELEGATED_SCOPES).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "==="))
    claims["oid"] = RESIDENTS[1].oid
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    for authorization in (
        None,
        "",
        "Bearer",
        f"Basic {header}.{payload}.{signature}",
        f"Bearer {payload}",
        f"Bearer {header}.{payload}.",
        f"Bearer .{signature}",
        f"Bearer {header}.{forged}.{signature}",
        "Bearer Ä.ö.ü",
        f"Bearer {tokens.sign({'aud': APP_ID, 'oid': ANNA.oid, 'scp': '', 'sid': 0})}",
    ):
        with pytest.raises(BadToken):
            tokens.read(authorization)
    await shelf.close()


async def test_a_token_lasts_for_an_hour_of_the_clock() -> None:
    clock, shelf = HandClock(), Shelf()
    tokens = PlaygroundTokens(clock, shelf)
    await tokens.load()
    header = f"Bearer {tokens.issue(ANNA.oid, TENANT, DELEGATED_SCOPES)}"
    clock.move(minutes=59)
    tokens.read(header)
    clock.move(minutes=1)
    with pytest.raises(BadToken, match="expired"):
        tokens.read(header)
    await shelf.close()


async def test_a_revoked_session_is_a_claims_challenge_until_a_newer_token() -> None:
    shelf = Shelf()
    tokens = PlaygroundTokens(HandClock(), shelf)
    await tokens.load()
    old = tokens.issue(ANNA.oid, TENANT, DELEGATED_SCOPES)
    await tokens.revoke(ANNA.oid)
    with pytest.raises(BadToken) as refused:
        tokens.read(f"Bearer {old}")
    assert "nbf" in json.loads(refused.value.claims or "")["access_token"]
    assert tokens.read(f"Bearer {tokens.issue(ANNA.oid, TENANT, DELEGATED_SCOPES)}").delegated
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
