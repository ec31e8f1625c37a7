"""Attacks on signing in. Each ends quietly where it got through and raises Denied where not."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from yarl import URL

from bot.domain.person import Person
from bot.playground.people import TENANT
from bot.playground.tokens import DELEGATED_SCOPES
from bot.service.errors import SignInRefused, SignInRequired
from tests.security.entra import ANNA, BEN, ELSEWHERE, Entra

Attack = Callable[[Entra], Awaitable[None]]


class Denied(Exception):
    """The attack did not get through; the text is what the person reads, where there is any."""


async def _exchange(entra: Entra, token: str, **how: object) -> None:
    try:
        await entra.exchange(token, **how)  # type: ignore[arg-type]  # as the attack says
    except (SignInRefused, SignInRequired) as refusal:
        raise Denied(str(refusal)) from refusal


async def _end(entra: Entra, address: str) -> None:
    status, page = await entra.end(address)
    if status != 200:
        assert status == 403
        raise Denied(page)


async def _redeem(entra: Entra, code: str, person: Person = ANNA, chat: str = "") -> None:
    taken = await entra.identity.sign_ins.redeem(person, chat or f"a:{ANNA.oid}", code)
    if not taken:
        raise Denied(f"answered {taken}")


async def token_of_another_person(entra: Entra) -> None:
    await _exchange(entra, entra.sso(BEN))


async def token_of_another_tenant(entra: Entra) -> None:
    await _exchange(entra, entra.sso(tid=ELSEWHERE))


async def token_of_a_guest_at_home(entra: Entra) -> None:
    guest = replace(ANNA, tenant=ELSEWHERE)  # the same person, as their own tenant knows them
    await _exchange(entra, entra.sso(guest))


async def token_for_another_application(entra: Entra) -> None:
    await _exchange(entra, entra.sso(aud="7e57ab1e-0000-4000-8000-0000000000ff"))


async def token_for_graph(entra: Entra) -> None:
    token = entra.stand_ins.tokens.issue(ANNA.oid, TENANT, DELEGATED_SCOPES)
    await _exchange(entra, token)


async def token_by_another_issuer(entra: Entra) -> None:
    await _exchange(entra, entra.sso(iss=f"https://sts.example/{TENANT}/v2.0"))


async def expired_token(entra: Entra) -> None:
    token = entra.sso()
    entra.later(timedelta(hours=2))
    await _exchange(entra, token)


async def token_without_an_end(entra: Entra) -> None:
    claims = jwt.decode(entra.sso(), options={"verify_signature": False})
    key, kid = entra.stand_ins.tokens._key, entra.stand_ins.tokens._kid
    del claims["exp"]
    await _exchange(entra, jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid}))


def _with_key(entra: Entra, key: rsa.RSAPrivateKey, kid: str) -> str:
    claims = jwt.decode(entra.sso(), options={"verify_signature": False})
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})


async def token_signed_by_another_key(entra: Entra) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    await _exchange(entra, _with_key(entra, key, entra.stand_ins.tokens._kid))


async def token_signed_by_an_unknown_key(entra: Entra) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    await _exchange(entra, _with_key(entra, key, "made-up"))


async def token_that_is_not_signed(entra: Entra) -> None:
    claims = jwt.decode(entra.sso(), options={"verify_signature": False})
    kid = entra.stand_ins.tokens._kid
    await _exchange(entra, jwt.encode(claims, "", algorithm="none", headers={"kid": kid}))


async def token_with_changed_claims(entra: Entra) -> None:
    header, payload, signature = entra.sso(BEN).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "==")) | {"oid": ANNA.oid}
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    await _exchange(entra, f"{header}.{forged}.{signature}")


async def token_for_another_scope(entra: Entra) -> None:
    await _exchange(entra, entra.sso(scp="something.else"))


async def token_of_an_application(entra: Entra) -> None:
    await _exchange(entra, entra.sso(oid=None, scp=None, roles=["access_as_user"]))


async def request_of_another_person(entra: Entra) -> None:
    await _exchange(entra, entra.sso(), request=await entra.ask(BEN))


async def request_that_nobody_made(entra: Entra) -> None:
    await _exchange(entra, entra.sso(), request="made-up")


async def request_from_another_conversation(entra: Entra) -> None:
    await _exchange(entra, entra.sso(), conversation="19:group@thread.v2")


async def request_that_is_too_old(entra: Entra) -> None:
    request = await entra.ask()
    entra.later(timedelta(days=8))
    await _exchange(entra, entra.sso(), request=request)


async def page_of_no_request(entra: Entra) -> None:
    async with entra.browser.get(f"{entra.url}/auth/start?request=made-up") as answer:
        if answer.status == 403:
            raise Denied(await answer.text())


async def somebody_else_signs_in(entra: Entra) -> None:
    await _end(entra, await entra.come_back(await entra.authorize_address(), BEN))


async def replayed_state(entra: Entra) -> None:
    address = await entra.authorize_address()
    cookies = {cookie.key: cookie.value for cookie in entra.browser.cookie_jar}
    await entra.end(await entra.come_back(address))
    entra.browser.cookie_jar.update_cookies(cookies, URL(entra.url))
    await _end(entra, await entra.come_back(address))  # a fresh code, the used state


async def made_up_state(entra: Entra) -> None:
    address = await entra.come_back(await entra.authorize_address())
    await _end(entra, str(URL(address).update_query(state="made-up")))


async def state_after_ten_minutes(entra: Entra) -> None:
    address = await entra.authorize_address()
    entra.later(timedelta(minutes=10, seconds=1))
    await _end(entra, await entra.come_back(address))


async def another_browser(entra: Entra) -> None:
    address = await entra.come_back(await entra.authorize_address())
    entra.browser.cookie_jar.clear()
    await _end(entra, address)


async def nonce_of_another_sign_in(entra: Entra) -> None:
    address = URL(await entra.authorize_address()).update_query(nonce="made-up")
    await _end(entra, await entra.come_back(str(address)))


async def code_of_another_sign_in(entra: Entra) -> None:
    bens = await entra.come_back(await entra.authorize_address(await entra.ask(BEN)), BEN)
    mine = await entra.come_back(await entra.authorize_address())
    stolen = URL(mine).update_query(code=URL(bens).query["code"])
    await _end(entra, str(stolen))


async def sign_in_that_was_cancelled(entra: Entra) -> None:
    address = URL(await entra.come_back(await entra.authorize_address()))
    await _end(entra, str(address.with_query(error="access_denied", state=address.query["state"])))


async def code_of_another_person(entra: Entra) -> None:
    await _redeem(entra, await entra.code(), BEN, f"a:{BEN.oid}")


async def code_from_another_conversation(entra: Entra) -> None:
    await _redeem(entra, await entra.code(), ANNA, "19:group@thread.v2")


async def code_that_was_used(entra: Entra) -> None:
    code = await entra.code()
    await _redeem(entra, code)
    await _redeem(entra, code)


async def code_after_ten_minutes(entra: Entra) -> None:
    code = await entra.code()
    entra.later(timedelta(minutes=10, seconds=1))
    await _redeem(entra, code)


async def code_that_was_guessed(entra: Entra) -> None:
    code = await entra.code()
    for guess in range(5):
        await entra.identity.sign_ins.redeem(ANNA, f"a:{ANNA.oid}", f"{guess:08}")
    await _redeem(entra, code)


async def _token(entra: Entra, person: Person) -> None:
    entra.identity.tokens.forget(person)
    try:
        await entra.identity.tokens.token(person)
    except SignInRequired as refusal:
        raise Denied(str(refusal)) from refusal


async def vault_row_that_was_changed(entra: Entra) -> None:
    await entra.exchange(entra.sso())
    row = await entra.store.sealed(ANNA)
    assert row is not None
    changed = row.sealed[:20] + bytes([row.sealed[20] ^ 1]) + row.sealed[21:]
    await entra.store.seal(ANNA, replace(row, version=row.version + 1, sealed=changed))
    await _token(entra, ANNA)


async def vault_row_of_another_person(entra: Entra) -> None:
    await entra.exchange(entra.sso())
    row = await entra.store.sealed(ANNA)
    assert row is not None
    await entra.store.seal(BEN, replace(row, version=1))
    await _token(entra, BEN)


async def vault_row_of_another_tenant(entra: Entra) -> None:
    await entra.exchange(entra.sso())
    row = await entra.store.sealed(ANNA)
    assert row is not None
    elsewhere = replace(ANNA, tenant=ELSEWHERE)
    await entra.store.seal(elsewhere, replace(row, version=1))
    await _token(entra, elsewhere)


async def token_of_the_same_person_id_in_another_tenant(entra: Entra) -> None:
    await entra.exchange(entra.sso())
    await _token(entra, replace(ANNA, tenant=ELSEWHERE))


ATTACKS: dict[str, Attack] = {
    attack.__name__.replace("_", " "): attack
    for attack in (
        token_of_another_person,
        token_of_another_tenant,
        token_of_a_guest_at_home,
        token_for_another_application,
        token_for_graph,
        token_by_another_issuer,
        expired_token,
        token_without_an_end,
        token_signed_by_another_key,
        token_signed_by_an_unknown_key,
        token_that_is_not_signed,
        token_with_changed_claims,
        token_for_another_scope,
        token_of_an_application,
        request_of_another_person,
        request_that_nobody_made,
        request_from_another_conversation,
        request_that_is_too_old,
        page_of_no_request,
        somebody_else_signs_in,
        replayed_state,
        made_up_state,
        state_after_ten_minutes,
        another_browser,
        nonce_of_another_sign_in,
        code_of_another_sign_in,
        sign_in_that_was_cancelled,
        code_of_another_person,
        code_from_another_conversation,
        code_that_was_used,
        code_after_ten_minutes,
        code_that_was_guessed,
        vault_row_that_was_changed,
        vault_row_of_another_person,
        vault_row_of_another_tenant,
        token_of_the_same_person_id_in_another_tenant,
    )
}
