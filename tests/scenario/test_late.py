"""What is taken up late: read at the time when it was said, and not carried out for ever."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.settings import read_settings
from bot.wiring_tenant import tenant_bot
from tests.tenancy import World, world

APPLICATION = {"GRAPH_PERMISSION": "application", "MicrosoftAppPassword": APP_SECRET}

OPEN_ROWS = "SELECT count(*) FROM pb_inbox WHERE finished IS NULL OR body IS NOT NULL"


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[World]:
    async with (
        world(folder, **APPLICATION) as around,
        tenant_bot(read_settings(around.environment), around.listener),
    ):
        yield around


def ago(minutes: float) -> str:
    return (datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=minutes)).isoformat()


def writes(around: World) -> list[str]:
    found = [call["path"].rsplit("/", 1)[1] for call in around.calls("graph")]
    return [name for name in found if name.startswith(("set", "clear"))]


def title(sent: dict[str, Any]) -> str:
    return str(sent["content"]["fallbackText"])


def execute(sent: dict[str, Any], label: str) -> dict[str, Any]:
    """Return the value of the invoke of a button."""

    def buttons(node: Any) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [found for one in node for found in buttons(one)]
        if not isinstance(node, dict):
            return []
        own = [node] if node.get("title") == label and "verb" in node else []
        return own + [found for one in node.values() for found in buttons(one)]

    button = buttons(sent["content"])[0]
    action = {"type": "Action.Execute", "verb": button["verb"], "data": button["data"]}
    return {"action": action, "trigger": "manual"}


async def test_words_of_long_ago_change_nothing_until_asked_again(tmp_path: Path) -> None:
    async with serving(tmp_path) as around:
        late = around.activity(text="busy for 1 hour", timestamp=ago(10.5))
        assert (await around.post(late))[0] == 202
        (sent,) = await around.sent(1)
        assert "too long ago" in title(sent)
        assert writes(around) == []
        press = around.activity(
            type="invoke", name="adaptiveCard/action", value=execute(sent, "Do it now")
        )
        status, body = await around.post(press)
        assert status == 200
        assert body["value"]["fallbackText"].startswith("Busy until")
        assert "setUserPreferredPresence" in writes(around)


async def test_words_are_read_at_the_time_when_they_were_said(tmp_path: Path) -> None:
    async with serving(tmp_path) as around:
        over = around.activity(text="busy for 5 minutes", timestamp=ago(8))
        assert (await around.post(over))[0] == 202
        await around.sent(1)
        assert writes(around) == []
        rest = around.activity(text="busy for 20 minutes", timestamp=ago(8))
        assert (await around.post(rest))[0] == 202
        await around.sent(2)
        (call,) = [c for c in around.calls("graph") if "setUserPreferred" in c["path"]]
        assert call["body"]["expirationDuration"].startswith(("PT11M", "PT12M"))


async def test_a_press_of_long_ago_changes_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path) as around:
        await around.say("busy for 1 hour")
        (card,) = await around.sent(1)
        before = writes(around)
        press = around.activity(
            type="invoke",
            name="adaptiveCard/action",
            value=execute(card, "Clear"),
            timestamp=ago(10.5),
        )
        status, body = await around.post(press)
        assert status == 200
        assert "too long ago" in body["value"]["fallbackText"]
        assert writes(around) == before


async def test_an_edit_of_long_ago_takes_nothing_back(tmp_path: Path) -> None:
    async with serving(tmp_path) as around:
        await around.say("help")
        await around.sent(1)
        message = around.activity(text="busy for 1 hour")
        assert (await around.post(message))[0] == 202
        await around.sent(2)
        before = writes(around)
        edited = around.activity(
            type="messageUpdate",
            id=message["id"],
            text="away for 1 hour",
            timestamp=ago(10.5),
            channelData={"tenant": {"id": TENANT}, "eventType": "editMessage"},
        )
        assert (await around.post(edited))[0] == 202
        sent = await around.sent(3)
        assert "too long ago" in title(sent[-1])
        assert writes(around) == before


async def test_after_three_attempts_it_is_said_that_nothing_was_done(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path) as around:
        await around.say("help")
        await around.sent(1)
        with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as file:
            file.execute("ALTER TABLE pb_journal RENAME TO elsewhere")
            await around.say("busy for 1 hour")
            sent = await around.sent(2)
            assert title(sent[-1]) == "I could not carry that out"
            assert sum(record.msg == "A turn failed" for record in caplog.records) == 3
            assert file.execute(OPEN_ROWS).fetchone() == (0,)
            file.execute("ALTER TABLE elsewhere RENAME TO pb_journal")
        await around.say("busy for 1 hour")
        sent = await around.sent(3)
        assert title(sent[-1]).startswith("Busy until")


async def test_a_press_that_failed_has_one_answer_and_leaves_nothing_behind(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path) as around:
        await around.say("busy for 1 hour")
        (card,) = await around.sent(1)
        before = writes(around)
        value = execute(card, "Clear")
        press = around.activity(type="invoke", name="adaptiveCard/action", value=value)
        with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as file:
            file.execute("ALTER TABLE pb_journal RENAME TO elsewhere")
            first = await around.post(press)
            assert first[0] == 200
            assert first[1]["value"]["fallbackText"] == "I could not carry that out"
            assert sum(record.msg == "A button press failed" for record in caplog.records) == 3
            assert file.execute(OPEN_ROWS).fetchone() == (0,)
            file.execute("ALTER TABLE elsewhere RENAME TO pb_journal")
        assert await around.post(press) == first
        assert await around.post({**press, "id": "sent-again"}) == first
        assert writes(around) == before
