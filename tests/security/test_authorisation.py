"""Nobody acts for somebody else: good tokens, hostile contents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.commands import Extend, SetStatus
from bot.domain.person import Person
from bot.domain.presence import Availability
from bot.keyring import Keyring
from bot.service.codec import NotReadable, load_command
from bot.service.traffic import Incoming
from bot.teams.signature import CardSigner
from tests.security.openid import claims, sign
from tests.teams import activities as a
from tests.teams.conftest import NOW, Edge

ANNA = Person(tenant=a.TENANT, oid=a.OID)
BEN = "bbbbbbbb-2222-4000-8000-000000000002"
OTHER_TENANT = "99999999-0000-4000-8000-000000000009"
EXTEND = Extend(by=timedelta(minutes=30))


async def send(edge: Edge, activity: dict[str, Any], **said: Any) -> int:
    headers = {"Authorization": f"Bearer {sign(claims(**said))}"}
    status, _ = await edge.post(activity, headers=headers)
    return status


def sent_by(oid: str, name: str = "Ben") -> dict[str, Any]:
    return {"from": {"id": f"29:{name}", "name": name, "aadObjectId": oid}}


async def pressed(edge: Edge, data: Any, kind: str, **changes: Any) -> Incoming:
    make = a.execute if kind == "execute" else a.submit
    await send(edge, {**make(data), **changes})
    (got,) = (*edge.turns.presses, *edge.turns.messages)
    return got


def refusal(incoming: Incoming) -> object:
    assert incoming.pressed is not None
    with pytest.raises(NotReadable):
        load_command(incoming.pressed)
    assert incoming.card is None
    return incoming.pressed["refused"]


@pytest.mark.parametrize("kind", ["execute", "submit"])
class TestButtons:
    async def test_one_presses_ones_own(self, tenant_edge: Edge, kind: str) -> None:
        got = await pressed(tenant_edge, tenant_edge.signer.data(EXTEND, ANNA), kind)
        assert (got.person, load_command(got.pressed)) == (ANNA, EXTEND)

    async def test_another_person_does_not(self, tenant_edge: Edge, kind: str) -> None:
        data = tenant_edge.signer.data(EXTEND, ANNA)
        got = await pressed(tenant_edge, data, kind, **sent_by(BEN))
        assert (got.person.oid, refusal(got)) == (BEN, "other")

    async def test_the_same_object_id_in_another_tenant_does_not(
        self, tenant_edge: Edge, kind: str
    ) -> None:
        data = tenant_edge.signer.data(EXTEND, Person(tenant=OTHER_TENANT, oid=a.OID))
        assert refusal(await pressed(tenant_edge, data, kind)) == "other"

    @pytest.mark.parametrize(
        "change",
        [
            {"command": {"do": "ClearAll"}},
            {"command": {"do": "Extend", "by": 7200}},
            {"owner": "somebody else"},
            {"nonce": "again"},
            {"at": int(NOW.timestamp()) + 1},
            {"kid": "k2"},
            {"mac": "x" * 43},
        ],
        ids=lambda change: next(iter(change)),
    )
    async def test_nothing_can_be_altered(
        self, tenant_edge: Edge, kind: str, change: dict[str, Any]
    ) -> None:
        data = {**tenant_edge.signer.data(EXTEND, ANNA), **change}
        assert refusal(await pressed(tenant_edge, data, kind)) == "forged"

    async def test_a_command_that_was_never_signed_is_none(
        self, tenant_edge: Edge, kind: str
    ) -> None:
        data = {"v": 1, "command": {"do": "ClearAll"}}
        assert refusal(await pressed(tenant_edge, data, kind)) == "forged"

    async def test_a_key_of_another_installation_signs_nothing(
        self, tenant_edge: Edge, kind: str
    ) -> None:
        class Now:
            def now(self) -> Any:
                return NOW

        other = CardSigner(keyring=Keyring([("k1", b"2" * 32)]), clock=Now())
        data = other.data(EXTEND, ANNA)
        assert refusal(await pressed(tenant_edge, data, kind)) == "forged"

    async def test_a_button_of_yesterday_is_too_old(self, tenant_edge: Edge, kind: str) -> None:
        class Yesterday:
            def now(self) -> Any:
                return NOW - timedelta(hours=24, seconds=1)

        old = CardSigner(keyring=Keyring([("k1", b"1" * 32)]), clock=Yesterday())
        assert refusal(await pressed(tenant_edge, old.data(EXTEND, ANNA), kind)) == "old"

    async def test_the_verb_and_extra_fields_decide_nothing(
        self, tenant_edge: Edge, kind: str
    ) -> None:
        data = {
            **tenant_edge.signer.data(EXTEND, ANNA),
            "verb": "ClearAll",
            "do": "ClearAll",
            "oid": BEN,
            "person": {"tenant": a.TENANT, "oid": BEN},
        }
        got = await pressed(tenant_edge, data, kind)
        assert (got.person, load_command(got.pressed)) == (ANNA, EXTEND)


async def test_a_replayed_press_is_the_same_press(tenant_edge: Edge) -> None:
    status = SetStatus(availability=Availability.BUSY)
    data = tenant_edge.signer.data(status, ANNA)
    for number in range(4):
        await send(tenant_edge, a.execute(data, id=str(number)))
    assert len({press.key for press in tenant_edge.turns.presses}) == 1


async def test_a_mention_of_another_person_is_not_that_person(tenant_edge: Edge) -> None:
    entities = [a.mention(f"29:{BEN}", "Ben"), a.mention(a.BOT, "Presence Bot")]
    words = "<at>Presence Bot</at> set <at>Ben</at> to busy"
    await send(tenant_edge, a.message(words, entities=entities))
    assert tenant_edge.turns.messages[0].person == ANNA


@pytest.mark.parametrize(
    "change",
    [
        {"channelData": {"tenant": {"id": OTHER_TENANT}}},
        {"channelData": {"tenant": {"id": a.TENANT + " "}}},
        {"channelData": {"tenant": {"id": [a.TENANT]}}},
        {"channelData": {"tenantId": a.TENANT}},
        {"channelData": None},
        {"conversation": {"id": "a:1", "tenantId": OTHER_TENANT}},
        {"conversation": {"id": "a:1", "tenantId": 5}},
    ],
    ids=str,
)
async def test_only_people_of_allowed_tenants_get_in(
    tenant_edge: Edge, change: dict[str, Any]
) -> None:
    assert await send(tenant_edge, a.message(**change)) in (400, 403)
    assert tenant_edge.turns.total == 0


@pytest.mark.parametrize("change", [sent_by(""), sent_by("29:anna"), sent_by(f"{a.OID}/../{BEN}")])
async def test_a_sender_is_an_entra_object_id(tenant_edge: Edge, change: dict[str, Any]) -> None:
    assert await send(tenant_edge, {**a.message(), **change}) == 400
    assert tenant_edge.turns.total == 0


async def test_the_answer_goes_where_the_token_says(tenant_edge: Edge) -> None:
    evil = "https://evil.trafficmanager.net/"
    assert await send(tenant_edge, a.message(serviceUrl=evil), serviceurl=evil) == 403
    assert tenant_edge.turns.total == 0
