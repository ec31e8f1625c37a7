"""Every row of the attack table over HTTP, on our edge."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta

import pytest

from bot.tokens import SigningKeys
from tests.security.attacks import ATTACKS, Attack
from tests.security.conftest import Seconds
from tests.security.openid import OpenId, claims, sign
from tests.teams import activities as a
from tests.teams.conftest import Edge


async def post(edge: Edge, attack: Attack) -> int:
    headers = {"Content-Type": attack.content_type}
    authorization = attack.authorization()
    if authorization is not None:
        headers["Authorization"] = authorization
    async with edge.client.post(
        "/api/messages", data=io.BytesIO(attack.body), headers=headers
    ) as response:
        return response.status


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.row} {attack.what}")
async def test_the_answer_is_right_and_only_what_is_good_gets_in(
    tenant_edge: Edge, keys: SigningKeys, provider: OpenId, attack: Attack
) -> None:
    provider.keys = attack.keys
    await keys.load()
    if attack.roll_over is not None:
        provider.keys = attack.roll_over
    assert await post(tenant_edge, attack) in attack.right
    assert tenant_edge.turns.total == (1 if 202 in attack.right else 0)


async def bearer(edge: Edge, token: str, activity: str = "1") -> int:
    headers = {"Authorization": f"Bearer {token}"}
    status, _ = await edge.post(a.message(id=activity), headers=headers)
    return status


async def test_the_process_answers_others_while_the_provider_hangs(
    tenant_edge: Edge, provider: OpenId
) -> None:
    provider.hold = asyncio.Event()
    waiting = asyncio.create_task(bearer(tenant_edge, sign()))
    await provider.asked.wait()
    async with tenant_edge.client.get("/api/messages") as other:
        assert other.status == 405
    assert not waiting.done()
    provider.hold.set()
    assert await waiting == 202


async def test_a_thousand_made_up_key_ids_ask_the_provider_once(
    tenant_edge: Edge, keys: SigningKeys, provider: OpenId, seconds: Seconds
) -> None:
    await keys.load()
    tokens = [sign(key="evil", kid=f"made-up-{number}") for number in range(100)]
    for _ in range(10):
        answers = await asyncio.gather(*(bearer(tenant_edge, token) for token in tokens))
        assert set(answers) == {403}
    assert provider.metadata_requests == 2
    seconds.passed += 60
    assert await bearer(tenant_edge, tokens[0]) == 403
    assert provider.metadata_requests == 3


async def test_a_crowd_at_a_cold_start_asks_the_provider_once(
    tenant_edge: Edge, provider: OpenId
) -> None:
    answers = await asyncio.gather(*(bearer(tenant_edge, sign(), str(n)) for n in range(50)))
    assert set(answers) == {202}
    assert provider.metadata_requests == 1


async def test_without_any_keys_it_is_said_to_come_again(
    tenant_edge: Edge, provider: OpenId, seconds: Seconds
) -> None:
    provider.failing = True
    assert await bearer(tenant_edge, sign()) == 503
    assert await bearer(tenant_edge, sign()) == 503
    assert provider.metadata_requests == 1
    provider.failing = False
    seconds.passed += 10
    assert await bearer(tenant_edge, sign()) == 202


@pytest.mark.parametrize(("hours", "status"), [(2, 202), (25, 202), (24 * 7 + 1, 503)])
async def test_the_last_good_keys_are_used_through_an_outage(
    tenant_edge: Edge,
    keys: SigningKeys,
    provider: OpenId,
    seconds: Seconds,
    hours: int,
    status: int,
) -> None:
    await keys.load()
    provider.failing = True
    seconds.passed += hours * 3_600
    assert await bearer(tenant_edge, sign()) == status


async def test_old_keys_are_used_while_newer_ones_are_fetched(
    tenant_edge: Edge, keys: SigningKeys, provider: OpenId, seconds: Seconds
) -> None:
    await keys.load()
    provider.asked.clear()
    provider.hold = asyncio.Event()
    provider.keys = {"two": ["msteams"]}
    seconds.passed += 3_601
    assert await bearer(tenant_edge, sign()) == 202  # not held up by the fetch
    await provider.asked.wait()
    provider.hold.set()
    await keys.load()  # the fetch under way
    assert await bearer(tenant_edge, sign(key="two", kid="two")) == 202
    assert await bearer(tenant_edge, sign()) == 403  # withdrawn by its provider


async def test_keys_on_another_host_than_the_metadata_are_not_fetched(
    tenant_edge: Edge, keys: SigningKeys, provider: OpenId
) -> None:
    provider.keys_url = "http://127.0.0.2:1/keys"
    await keys.load()
    assert not keys.ready
    assert await bearer(tenant_edge, sign()) == 503


async def test_one_broken_key_does_not_take_the_others_away(
    tenant_edge: Edge, keys: SigningKeys, provider: OpenId
) -> None:
    provider.extra_keys = [
        {"kty": "RSA", "kid": "broken", "n": "!", "e": "AQAB"},
        {"kty": "EC", "kid": "curve"},
        {"kty": "RSA", "use": "enc", "kid": "one", "n": "AQAB", "e": "AQAB"},
        {"kty": "RSA"},
    ]
    assert await bearer(tenant_edge, sign()) == 202


@pytest.mark.parametrize(
    ("claim", "from_now", "status"),
    [
        ("exp", -299, 202),
        ("exp", -300, 403),
        ("nbf", 300, 202),
        ("nbf", 301, 403),
        ("nbf", None, 202),
        ("iat", None, 202),
    ],
)
async def test_times_are_compared_with_the_bots_clock_and_five_minutes_of_skew(
    tenant_edge: Edge, claim: str, from_now: int | None, status: int
) -> None:
    said = None if from_now is None else timedelta(seconds=from_now)
    assert await bearer(tenant_edge, sign(claims(**{claim: said}))) == status


async def test_a_service_url_may_lack_its_last_slash(tenant_edge: Edge) -> None:
    token = sign(claims(serviceurl=a.SERVICE.rstrip("/")))
    assert await bearer(tenant_edge, token) == 202


async def test_the_answer_and_the_log_do_not_show_the_token(
    tenant_edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    token = sign(claims(aud="another app"))
    headers = {"Authorization": f"Bearer {token}"}
    _, answer = await tenant_edge.post(a.message("a secret"), headers=headers)
    for text in (str(answer), caplog.text):
        assert token not in text
        assert "a secret" not in text
