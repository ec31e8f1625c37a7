"""Nobody acts for somebody else: a whole bot, with good tokens and hostile contents, over HTTP.

Every row has what the answer must be. None of them may change anything at Graph, nor a plan, an
entry or a setting of Anna, whom they are about; those of another tenant may not even read there.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.domain.commands import Extend
from bot.domain.person import Person
from bot.keyring import Keyring
from bot.playground.calls import Call
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import BOT_ID, PLACES, RESIDENTS, TENANT
from bot.service.ports import PersonRecord
from bot.settings import read_settings
from bot.teams.signature import CardSigner
from bot.wiring_core import Core
from bot.wiring_tenant import tenant_bot
from tests.tenancy import KEYS, World, soon, world

ANNA, BEN = RESIDENTS[0], RESIDENTS[1]
PARTNER = "99999999-0000-4000-8000-000000000009"  # another tenant whose people are answered
STRANGER = "99999999-0000-4000-8000-00000000000a"
GROUP = next(place.id for place in PLACES if place.kind == "groupChat")

SOMEBODY_ELSES = "This card is somebody else’s, so nothing was done"
NOT_OURS = "I did not make this card as it is now, so nothing was done"
TOO_OLD = "This card is more than a day old, so nothing was done"
ONLY_OWN = "I can change your own status only"
PRIVATELY = "I have answered in our own chat"
NO_CONSENT = "Nothing was changed"


@dataclass
class House:
    """The bot, Anna's cards, and everything that was called."""

    around: World
    core: Core
    calls: list[Call] = field(default_factory=list)
    card: dict[str, Any] = field(default_factory=dict)
    question: dict[str, Any] = field(default_factory=dict)
    answer: Any = None  # to Anna's press

    async def known(self) -> PersonRecord:
        """Return what is known of Anna; where she last spoke from is hers to change."""
        found = await self.core.store.person(Person(tenant=TENANT, oid=ANNA.oid))
        return replace(found, address=None)

    def graph(self) -> list[tuple[str, str]]:
        return [(c.method, c.path) for c in self.calls if c.service == "graph"]

    def said(self, chat: str) -> list[dict[str, Any]]:
        """Return the messages to a chat, without greetings."""
        return [
            call.body
            for call in self.calls
            if call.service == "connector"
            and chat in call.path.replace("%3A", ":").replace("%40", "@")
            and call.body["type"] == "message"
            and not call.body["summary"].startswith("Hello!")
        ]

    def data(self, verb: str, card: dict[str, Any] | None = None) -> dict[str, Any]:
        actions = (card or self.card)["actions"]
        found: dict[str, Any] = next(one["data"] for one in actions if one["verb"] == verb)
        return found


def activity(
    house: House,
    oid: str = BEN.oid,
    *,
    tenant: str = TENANT,
    chat: str | None = None,
    **fields: Any,
) -> dict[str, Any]:
    kind = "personal" if chat is None or chat.startswith("a:") else "groupChat"
    return house.around.activity(
        **{
            "from": {"id": f"29:{oid}", "name": "Somebody", "aadObjectId": oid},
            "recipient": {"id": BOT_ID, "name": "Presence Bot"},
            "conversation": {
                "id": chat or f"a:{oid}@{tenant}",
                "conversationType": kind,
                "isGroup": kind != "personal",
                "tenantId": tenant,
            },
            "channelData": {"tenant": {"id": tenant}},
            **fields,
        }
    )


def execute(house: House, data: Any, oid: str = BEN.oid, **fields: Any) -> dict[str, Any]:
    value = {"action": {"type": "Action.Execute", "verb": "x", "data": data}, "trigger": "manual"}
    invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": value}
    return activity(house, oid, **{**invoke, "replyToId": "a card", **fields})


def in_group(house: House, words: str, oid: str = BEN.oid) -> dict[str, Any]:
    bot = {
        "type": "mention",
        "mentioned": {"id": BOT_ID, "name": "Presence Bot"},
        "text": "<at>Presence Bot</at>",
    }
    anna = {
        "type": "mention",
        "mentioned": {"id": ANNA.teams_id, "name": ANNA.name},
        "text": f"<at>{ANNA.name}</at>",
    }
    words = f"<at>Presence Bot</at> {words}"
    return activity(house, oid, chat=GROUP, text=words, entities=[bot, anna])


def signed(house: House, keys: str, ago: timedelta) -> dict[str, Any]:
    """Return the data of a button of Anna's that was made by other keys, or at another time."""

    class Then:
        def now(self) -> datetime:
            return datetime.now(UTC) - ago

    signer = CardSigner(keyring=Keyring.parse(keys), clock=Then())
    return signer.data(Extend(by=timedelta(minutes=30)), Person(tenant=TENANT, oid=ANNA.oid))


Attack = Callable[[House], dict[str, Any]]
OTHER_KEYS = Keyring.generate("canary")
DAY = timedelta(hours=24, minutes=1)

# What is sent, and what the answer must say; a number is the status where nothing is said.
ROWS: dict[str, tuple[Attack, str | int]] = {
    "another person's button": (lambda h: execute(h, h.data("Extend")), SOMEBODY_ELSES),
    "the same as Action.Submit": (
        lambda h: activity(h, value=h.data("ClearStatus")),
        SOMEBODY_ELSES,
    ),
    "the same, from within the owner's chat": (
        lambda h: execute(h, h.data("Undo"), chat=f"a:{ANNA.oid}"),
        SOMEBODY_ELSES,
    ),
    "a card that was forwarded to a group": (
        lambda h: execute(h, h.data("ClearStatus"), chat=GROUP),
        SOMEBODY_ELSES,
    ),
    "another person's refresh": (
        lambda h: execute(h, h.card["refresh"]["action"]["data"]),
        SOMEBODY_ELSES,
    ),
    "the button that deletes another person's data": (
        lambda h: execute(h, h.data("ForgetMe", h.question)),
        SOMEBODY_ELSES,
    ),
    "the same object id in another tenant": (
        lambda h: execute(h, h.data("Extend"), ANNA.oid, tenant=PARTNER),
        SOMEBODY_ELSES,
    ),
    "a button of yesterday": (
        lambda h: execute(h, signed(h, KEYS, DAY), ANNA.oid),
        TOO_OLD,
    ),
    "a button of tomorrow": (
        lambda h: execute(h, signed(h, KEYS, -DAY), ANNA.oid),
        TOO_OLD,
    ),
    "a button of another installation": (
        lambda h: execute(h, signed(h, OTHER_KEYS, timedelta(0)), ANNA.oid),
        NOT_OURS,
    ),
    "an altered command": (
        lambda h: execute(h, {**h.data("Extend"), "command": {"do": "ClearAll"}}, ANNA.oid),
        NOT_OURS,
    ),
    "an altered owner": (
        lambda h: execute(h, {**h.data("Extend"), "owner": "x" * 22}),
        NOT_OURS,
    ),
    "an altered nonce, to press it once more": (
        lambda h: execute(h, {**h.data("Extend"), "nonce": "again"}, ANNA.oid),
        NOT_OURS,
    ),
    "a button without a signature": (
        lambda h: execute(h, {"v": 2, "command": {"do": "ClearStatus"}}, ANNA.oid),
        NOT_OURS,
    ),
    "a button that was used, by somebody else": (
        lambda h: execute(h, h.answer["used"]),
        SOMEBODY_ELSES,
    ),
    "undo of another person's change": (
        lambda h: activity(h, text="undo"),
        "There is nothing to take back",
    ),
    "cancelling another person's plan": (
        lambda h: activity(h, text="cancel all reminders"),
        "I found nothing like that to cancel",
    ),
    "another person's list": (lambda h: activity(h, text="list"), "Nothing is planned"),
    "the list of the same object id in another tenant": (
        lambda h: activity(h, ANNA.oid, tenant=PARTNER, text="list"),
        "Nothing is planned",
    ),
    "the history of the same object id in another tenant": (
        lambda h: activity(h, ANNA.oid, tenant=PARTNER, text="my history"),
        "You set nothing through me in that time",
    ),
    "undo by the same object id in another tenant": (
        lambda h: activity(h, ANNA.oid, tenant=PARTNER, text="undo"),
        "There is nothing to take back",
    ),
    "a status by the same object id in another tenant": (
        lambda h: activity(h, ANNA.oid, tenant=PARTNER, text="dnd for 1 hour"),
        NO_CONSENT,
    ),
    "a person of ours, asked about in another tenant": (
        lambda h: activity(h, BEN.oid, tenant=PARTNER, text=f"how is {ANNA.name}?"),
        NO_CONSENT,
    ),
    "somebody of a tenant that is not served": (
        lambda h: activity(h, ANNA.oid, tenant=STRANGER, text="dnd for 1 hour"),
        403,
    ),
    "another tenant in the conversation alone": (
        lambda h: (
            activity(h, ANNA.oid, tenant=STRANGER, text="dnd for 1 hour")
            | {"channelData": {"tenant": {"id": TENANT}}}
        ),
        403,
    ),
    "words that name somebody else": (
        lambda h: activity(h, text=f"set {ANNA.name} to busy"),
        ONLY_OWN,
    ),
    "a mention of somebody else": (
        lambda h: in_group(h, f"set <at>{ANNA.name}</at> to busy"),
        ONLY_OWN,
    ),
    "export in a group": (lambda h: in_group(h, "export my data", ANNA.oid), PRIVATELY),
    "deleting everything in a group": (
        lambda h: in_group(h, "delete my data", ANNA.oid),
        PRIVATELY,
    ),
    "an edit of another person's message": (
        lambda h: activity(
            h,
            chat=f"a:{ANNA.oid}",
            type="messageUpdate",
            id="said by Anna",
            text="dnd for 1 hour",
            channelData={"tenant": {"id": TENANT}, "eventType": "editMessage"},
        ),
        202,
    ),
    "removing the bot in another person's chat": (
        lambda h: activity(h, chat=f"a:{ANNA.oid}", type="installationUpdate", action="remove"),
        202,
    ),
    "a sender who is nobody": (
        lambda h: (
            activity(h, text="dnd for 1 hour") | {"from": {"id": ANNA.teams_id, "name": ANNA.name}}
        ),
        400,
    ),
}


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """Serve a bot to which Anna has said something; everything is by application permission."""
    settings = {
        "GRAPH_PERMISSION": "application",
        "MicrosoftAppPassword": APP_SECRET,
        "ALLOWED_TENANTS": f"{TENANT},{PARTNER}",
        "COMMANDS_A_MINUTE": "1000",
        "PEOPLE": "on",
    }
    async with (
        world(folder, **settings) as around,
        tenant_bot(read_settings(around.environment), around.listener) as core,
    ):
        made = House(around, core)
        note = around.stand_ins.calls.add

        def add(call: Call) -> None:
            made.calls.append(call)
            note(replace(call, body=None))

        around.stand_ins.calls.add = add  # type: ignore[method-assign]  # it keeps only 500
        for number, words in enumerate(
            (
                "remind me tomorrow at 12 about lunch",
                "away every weekday from 12 to 13",
                "delete my data",
                "busy for 2 hours",
            ),
            1,
        ):
            said = activity(made, ANNA.oid, chat=f"a:{ANNA.oid}", text=words, id="said by Anna")
            said |= {"id": f"said {number}"} if number < 4 else {}
            assert (await around.post(said))[0] == 202
            card = (await _answers(made, f"a:{ANNA.oid}", number))[-1]["attachments"][0]["content"]
            if words == "delete my data":
                made.question = card
        used = next(one["data"] for one in card["actions"] if one["verb"] == "Extend")
        _, answer = await around.post(execute(made, used, ANNA.oid, chat=f"a:{ANNA.oid}"))
        made.card = answer["value"]
        made.answer = {"used": used, "given": answer}
        await core.turns.idle()
        yield made


async def _answers(made: House, chat: str, count: int) -> list[dict[str, Any]]:
    async def there() -> list[dict[str, Any]] | None:
        found = made.said(chat)
        return found if len(found) >= count else None

    found: list[dict[str, Any]] = await soon(there)
    return found


def _words(value: Any) -> str:
    """Return what an invoke was answered with."""
    return str(value["fallbackText"] if isinstance(value, dict) else value)


async def _outcome(made: House, attack: Attack) -> str | int:
    sent = attack(made)
    chat = sent["conversation"]["id"]
    before = len(made.said(chat))
    status, body = await made.around.post(sent)
    if body is not None and status == 200:
        return _words(body["value"])
    await made.core.turns.idle()
    heard = made.said(chat)[before:]
    return str(heard[-1]["summary"]) if heard else status


async def test_every_row_is_answered_as_it_must_and_changes_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as made:
        known = await made.known()
        assert (len(known.timers), len(known.entries)) == (3, 2)
        wrong: list[str] = []
        for name, (attack, must_be) in ROWS.items():
            graph = len(made.graph())
            outcome = await _outcome(made, attack)
            called = made.graph()[graph:]
            forbidden = [one for one in called if one[0] != "GET" or "another tenant" in name]
            if outcome != must_be or forbidden or await made.known() != known:
                wrong.append(f"{name}: {outcome!r} instead of {must_be!r}, {called}")
        assert not wrong, "\n".join(wrong)
    assert len(ROWS) >= 20


async def test_a_press_that_is_replayed_gets_the_first_answer_and_has_no_effect(
    tmp_path: Path,
) -> None:
    async with house(tmp_path) as made:
        known, graph = await made.known(), made.graph()
        replays: list[Awaitable[Any]] = [
            made.around.post(
                execute(made, made.answer["used"], ANNA.oid, chat=chat, id=uuid4().hex)
            )
            for chat in (f"a:{ANNA.oid}", GROUP, f"a:{ANNA.oid}")
        ]
        for status, answer in await asyncio.gather(*replays):
            assert (status, answer) == (200, made.answer["given"])
        assert (await made.known(), made.graph()) == (known, graph)


async def test_a_link_to_somebodys_data_cannot_be_guessed(tmp_path: Path) -> None:
    async with house(tmp_path) as made:
        for guess in ("x" * 43, ANNA.oid, "..%2f..%2fbot.db", ""):
            assert (await made.around.get(f"/data/{guess}"))[0] == 404
