"""Nobody signs in as somebody else: every attack is denied, told, and logged without secrets."""

from __future__ import annotations

import hmac
import logging
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import jwt
import pytest

from bot.identity import sign_in
from bot.identity.msal_app import MsalApps, Tokens
from bot.service.errors import SignInRefused
from bot.service.secrets import Ticket
from bot.store.store import SqlStore
from bot.tokens import TokenChecker
from tests.security.entra import ANNA, Entra, entra
from tests.security.sign_in_attacks import ATTACKS, Denied

_SECRET = re.compile(r"eyJ[\w-]+\.|[01]\.A[\w-]{20}|the-playgrounds-app-secret|\b\d{8}\b")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Entra]:
    async with entra(tmp_path) as running:
        yield running


async def test_whoever_is_who_they_say_signs_in(house: Entra) -> None:
    await house.exchange(house.sso())
    assert house.stand_ins.tokens.read(
        f"Bearer {await house.identity.tokens.token(ANNA)}"
    ).oid == (ANNA.oid)
    await house.store.forget_secrets(ANNA)
    code = await house.code()
    assert await house.identity.sign_ins.redeem(ANNA, f"a:{ANNA.oid}", code)
    house.identity.tokens.forget(ANNA)
    assert await house.identity.tokens.token(ANNA)


@pytest.mark.parametrize("attack", ATTACKS)
async def test_it_is_denied_and_logged_without_secrets(
    house: Entra, attack: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(Denied) as denied:
        await ATTACKS[attack](house)
    assert str(denied.value)
    ours = [record for record in caplog.records if record.name.startswith("bot.")]
    assert not _SECRET.search("\n".join(record.getMessage() for record in ours))
    if "<h1>" in str(denied.value):
        assert "Not signed in" in str(denied.value)
        assert any("sign-in" in record.getMessage() for record in ours)
    for person_has_nothing in (ANNA,):
        if not attack.startswith(("vault", "code that was used", "token of the same")):
            assert await house.store.sealed(person_has_nothing) is None


# What Entra itself would refuse as well: here it believes everything, so that ours alone counts.
OURS = [name for name in ATTACKS if name.startswith(("token", "expired", "request"))]
OURS.remove("token of the same person id in another tenant")  # this one is about the vault


@pytest.mark.parametrize("attack", OURS)
async def test_it_is_denied_though_entra_is_credulous(
    house: Entra, attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _signed_in_already(monkeypatch)
    with pytest.raises(Denied):
        await ATTACKS[attack](house)


async def test_the_pages_speak_the_browsers_language(house: Entra) -> None:
    wanted = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
    async with house.browser.get(f"{house.url}/auth/start?request=x", headers=wanted) as answer:
        page = await answer.text()
        assert answer.status == 403
    assert '<html lang="de">' in page
    assert "Nicht angemeldet" in page


async def test_the_pages_are_closed_to_scripts_frames_and_caches(house: Entra) -> None:
    async with house.browser.get(f"{house.url}/auth/start?request=x") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors https://teams.microsoft.com" in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


Patch = Callable[[pytest.MonkeyPatch], None]


def _decode_without(**options: Any) -> Patch:
    real = jwt.PyJWT.decode

    def decode(self: jwt.PyJWT, token: str, key: Any, **how: Any) -> Any:
        how["options"] = {**how["options"], **options}
        for name in ("audience", "issuer"):
            if options.get(f"verify_{name[:3]}") is False:
                how.pop(name, None)
        return real(self, token, key, **how)

    return lambda patch: patch.setattr(jwt.PyJWT, "decode", decode)


def _must_be_only(*names: str) -> Patch:
    def must_be(person: Any, claims: Any) -> None:
        for claim, wanted in (("tid", person.tenant), ("oid", person.oid)):
            if claim in names and claims.get(claim) != wanted:
                raise SignInRefused("still checked")

    return lambda patch: patch.setattr(sign_in, "_must_be", must_be)


def _nonce_as_it_comes(patch: pytest.MonkeyPatch) -> None:
    import msal.oauth2cli.oidc as oidc

    class Anything(str):
        __slots__ = ()

        def __ne__(self, other: object) -> bool:
            return False

        __hash__ = str.__hash__

    real = oidc._nonce_hash
    patch.setattr(oidc, "_nonce_hash", lambda nonce: Anything(real(nonce)))


def _state_stays_good(patch: pytest.MonkeyPatch) -> None:
    async def look(self: SqlStore, kind: str, id_: str) -> Ticket | None:
        return await self.ticket(kind, id_)

    patch.setattr(SqlStore, "take_ticket", look)


def _any_cookie(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(hmac, "compare_digest", lambda one, other: True)


def _any_scope(patch: pytest.MonkeyPatch) -> None:
    class Everything(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = str.__hash__

    patch.setattr(sign_in, "API_SCOPE", Everything())


def _any_time(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(TokenChecker, "_check_times", lambda self, claims: None)


def _signed_in_already(patch: pytest.MonkeyPatch) -> None:
    """Let on-behalf-of succeed whatever is handed over: the check before it is what counts."""

    async def exchanged(self: MsalApps, assertion: str, scopes: Any) -> Any:
        return Tokens(
            access_token="t",
            expires_in=1,
            cache="{}",
            claims={"oid": ANNA.oid, "tid": ANNA.tenant},
        )

    patch.setattr(MsalApps, "on_behalf_of", exchanged)


MUTATIONS: dict[str, tuple[Patch, str]] = {
    "signature": (_decode_without(verify_signature=False), "token signed by another key"),
    "audience": (_decode_without(verify_aud=False), "token for another application"),
    "issuer": (_decode_without(verify_iss=False), "token by another issuer"),
    "tenant": (_must_be_only("oid"), "token of another tenant"),
    "oid of a token": (_must_be_only("tid"), "token of another person"),
    "oid on the page": (_must_be_only("tid"), "somebody else signs in"),
    "expiry": (_any_time, "expired token"),
    "scope": (_any_scope, "token for another scope"),
    "nonce": (_nonce_as_it_comes, "nonce of another sign in"),
    "state is good once": (_state_stays_good, "replayed state"),
    "code is good once": (_state_stays_good, "code that was used"),
    "cookie": (_any_cookie, "another browser"),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
async def test_without_the_check_the_attack_gets_through(
    house: Entra, mutation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So each row of the table above fails when its check is removed."""
    patch, attack = MUTATIONS[mutation]
    _signed_in_already(monkeypatch)
    patch(monkeypatch)
    await ATTACKS[attack](house)
