"""Canaries sent through everything: none is found where it must not be, at any log level.

Secrets (tokens, codes, the client's secret, keys, cookies, the address of a file) are in no log,
error page, trace, metric or database file. What people write is in no log, trace or metric.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from yarl import URL

from bot.observability import tracing
from bot.observability.logs import CHATTY, formatter
from bot.playground.entra.endpoints import APP_SECRET
from bot.service.conversation import Conversation
from tests.scenario.test_tenant import Tenant, tenant
from tests.tenancy import ANNA, KEYS

STATUS, REMINDER, NAME, CODE_LIKE = "kanarienvogel", "zeisig", "Stieglitz", "13572468"


class Traces:
    """A tracer that notes everything that a span is told."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    @contextmanager
    def span(self, name: str, parent: str | None, attributes: dict[str, Any]) -> Iterator[Traces]:
        self.noted += [name, str(parent), repr(attributes)]
        try:
            yield self
        except BaseException as error:
            self.noted.append(repr(error))
            raise

    def note(self, name: str, value: Any) -> None:
        self.noted.append(f"{name}={value!r}")

    def carry(self) -> str | None:
        return None


@dataclass
class Canaries:
    """What must not be found: `secrets` anywhere, `words` in what is logged or measured."""

    secrets: set[str] = field(default_factory=lambda: {APP_SECRET, KEYS.partition(":")[2]})
    words: tuple[str, ...] = (STATUS, REMINDER, NAME, CODE_LIKE)

    def catch(self, bot: Tenant) -> None:
        """Note every token and code that Entra gives out."""
        sign, entra = bot.stand_ins.tokens.sign, bot.stand_ins.entra._grants
        refresh, code = entra.new_refresh_token, entra.new_code

        def signed(claims: dict[str, Any]) -> str:
            self.secrets.add(token := sign(claims))
            return token

        async def refreshed(oid: str, app: str) -> str:
            self.secrets.add(token := await refresh(oid, app))
            return token

        def coded(oid: str, **more: Any) -> str:
            self.secrets.add(made := code(oid, **more))
            return made

        bot.stand_ins.tokens.sign = signed  # type: ignore[method-assign]
        entra.new_refresh_token = refreshed  # type: ignore[method-assign]
        entra.new_code = coded  # type: ignore[method-assign]


async def on_the_page(bot: Tenant, card: dict[str, Any], canaries: Canaries) -> list[str]:
    """Sign in on the pages; return what pages said where something was wrong."""
    pages = []
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:

        async def get(url: str) -> tuple[aiohttp.ClientResponse, str]:
            async with browser.get(url, allow_redirects=False) as answer:
                return answer, await answer.text()

        start, _ = await get(card["content"]["buttons"][0]["value"])
        canaries.secrets |= {cookie.value for cookie in browser.cookie_jar}
        address = start.headers["Location"]
        canaries.secrets.add(parse_qs(urlsplit(address).query)["state"][0])
        async with browser.post(address, data={"oid": ANNA}, allow_redirects=False) as sent_back:
            back = sent_back.headers["Location"]
        _, wrong = await get(str(URL(back).update_query(state="made-up")))
        pages.append(wrong)
        _, good = await get(back)
        code = good.partition("<output>")[2].partition("</output>")[0]
        canaries.secrets.add(code)
        _, again = await get(back)
        pages.append(again)
    await bot.say(code)
    for path in (f"/auth/start?request={APP_SECRET}", f"/data/{APP_SECRET}", f"/{APP_SECRET}"):
        async with bot.http.get(bot.url + path) as answer:
            pages.append(await answer.text())
    return pages


async def everything(bot: Tenant, canaries: Canaries, patch: pytest.MonkeyPatch) -> str:
    """Send canaries through everything; return what pages and invokes answered."""
    said: list[str] = []
    faults = bot.stand_ins.faults
    await bot.say(f"busy for 1 hour, say {STATUS}")
    (card,) = await bot.sent(1)
    wrong = {"id": card["content"]["tokenExchangeResource"]["id"], "token": "eyJ.eyJ.x"}
    value = {**wrong, "token": bot.stand_ins.entra.endpoint.sso_token(ANNA)}
    said.append(str(await bot.post(invoke(bot, wrong))))
    said += await on_the_page(bot, card, canaries)
    await bot.sent(3)
    said.append(str(await bot.post(invoke(bot, value))))  # the request is old by now
    await bot.say(f"remind me in 1 hour to {REMINDER}")
    await bot.say(f"is {NAME} free?")
    await bot.say(CODE_LIKE)  # a code that nobody gave
    await bot.sent(6)
    await bot.say("export my data")
    (file,) = [
        action["url"]
        for attachment in (await bot.sent(7))[6:]
        for action in attachment["content"].get("actions", [])
        if action["type"] == "Action.OpenUrl"
    ]
    canaries.secrets.add(file.rpartition("/")[2])
    async with bot.http.post(file) as answer:
        assert REMINDER in await answer.text()
    async with bot.http.post(file) as answer:
        said.append(await answer.text())
    # Graph, the connector, Entra, and our own code fail with words in their hands.
    faults.replace([{"service": "graph", "kind": "500"}])
    await bot.say(f"dnd for 1 hour, say {STATUS}")
    await bot.sent(8)
    faults.replace([{"service": "connector", "kind": "500"}])
    await bot.say(f"remind me in 2 hours to {REMINDER}")
    faults.replace([])
    await bot.sent(9)

    async def fails(*_: Any, **__: Any) -> Any:
        raise RuntimeError(f"a bug with {STATUS} and {APP_SECRET} in its hands")

    with patch.context() as broken:
        broken.setattr(Conversation, "press", fails)
        await bot.say(f"away for 1 hour, say {STATUS}")
        await bot.sent(10)
    bot.core.turns.signing_in._sign_ins.signed_out(  # type: ignore[union-attr]  # delegated
        bot_person()
    )
    await bot.say(f"brb for 1 hour, say {STATUS}")  # by the refresh token
    await bot.sent(11)
    for path in ("/healthz", "/readyz", "/metrics"):
        said.append(str(await bot.get(path)))
    return "\n".join(said)


def bot_person() -> Any:
    from bot.domain.person import Person
    from bot.playground.people import TENANT

    return Person(tenant=TENANT, oid=ANNA)


def invoke(bot: Tenant, value: dict[str, Any]) -> dict[str, Any]:
    return bot.activity(type="invoke", name="signin/tokenExchange", value=value)


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
async def test_no_canary_is_found(
    tmp_path: Path, level: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(level)
    canaries, traces = Canaries(), Traces()
    tracing.set_tracer(traces)
    try:
        async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET, PEOPLE="on") as bot:
            canaries.catch(bot)
            said = await everything(bot, canaries, monkeypatch)
            measured = str(await bot.get("/metrics"))
            await asyncio.sleep(0.1)
    finally:
        tracing.set_tracer(None)
    assert len(canaries.secrets) > 12
    assert "presence_bot_" in measured
    assert traces.noted
    logged = "\n".join(
        formatter(style).format(record)
        for record in caplog.records
        if record.name not in CHATTY or record.levelno >= logging.WARNING  # as the program does
        for style in ("text", "json")
    )
    assert "RuntimeError" in logged  # a bug is told at every level
    told = {"logs": logged, "traces": "\n".join(traces.noted), "metrics": measured}
    for where, text in told.items():
        assert [one for one in (*canaries.secrets, *canaries.words) if one in text] == [], where
    assert [one for one in canaries.secrets if one in said] == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]  # noqa: ASYNC240
    database = b"".join([path.read_bytes() for path in files])
    in_passing = file_address(canaries, database)
    assert [one for one in canaries.secrets - in_passing if one.encode() in database] == []


def file_address(canaries: Canaries, database: bytes) -> set[str]:
    """Return the address of the file: it is a message on its way out until that is sent."""
    return {one for one in canaries.secrets if f"/data/{one}".encode() in database}
