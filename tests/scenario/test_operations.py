"""What those who run the bot see: health, readiness, metrics, and an orderly end."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.observability.health import STUCK_AFTER, Depths, Health
from bot.observability.metrics import INSTRUMENTS
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.settings import read_settings
from bot.wiring_tenant import tenant_bot
from tests.running import ROOT, RunningBot
from tests.tenancy import ANNA, bot_process, soon, world

APPLICATION = {"GRAPH_PERMISSION": "application", "MicrosoftAppPassword": APP_SECRET}


async def test_sigterm_lets_a_slow_turn_end_and_be_answered(tmp_path: Path) -> None:
    async with bot_process(tmp_path) as bot:
        around = bot.around
        body = await around.status("/readyz", 200)
        assert body == {
            "status": "ready",
            "checks": {"store": True, "keys": True, "not_draining": True},
        }
        around.stand_ins.faults.replace([{"service": "graph", "kind": "slow", "match": "GET"}])
        await around.say("busy for 1 hour")
        await around.called("entra")  # it has begun
        bot.terminate()
        body = await around.status("/readyz", 503)
        assert body["checks"] == {"store": True, "keys": True, "not_draining": False}
        assert (await around.get("/healthz"))[0] == 200  # it is well, only leaving
        status, body = await around.post(around.activity(text="dnd for 1 hour"))
        assert (status, body) == (503, {"error": "The bot is being stopped."})
        assert await bot.ends() == 0
        (card,) = await around.sent(1)
        assert card["content"]["fallbackText"].startswith("Busy until")
        written = [call["path"] for call in around.calls("graph") if call["method"] == "POST"]
        assert [path.rpartition("/")[2] for path in written] == ["setUserPreferredPresence"]


async def test_it_is_not_ready_without_keys_and_becomes_so_without_being_asked_anything(
    tmp_path: Path,
) -> None:
    async with world(tmp_path, **APPLICATION) as around:
        around.provider.failing = True
        async with tenant_bot(read_settings(around.environment), around.listener):
            async with asyncio.timeout(10):
                await around.provider.asked.wait()
            status, body = await around.get("/readyz")
            assert (status, body["checks"]["keys"]) == (503, False)
            assert (await around.get("/healthz"))[0] == 200
            around.provider.failing = False
            await around.status("/readyz", 200)


async def test_it_is_not_ready_without_its_store_and_ready_without_graph(tmp_path: Path) -> None:
    async with (
        world(tmp_path, **APPLICATION) as around,
        tenant_bot(read_settings(around.environment), around.listener) as core,
    ):
        await around.status("/readyz", 200)
        around.stand_ins.faults.replace([{"service": "graph", "kind": "nothing"}])
        await around.say("busy for 1 hour")
        await around.called("entra")
        assert (await around.get("/readyz"))[0] == 200
        assert (await around.get("/healthz"))[0] == 200
        around.stand_ins.faults.replace([])
        await around.sent(1)
        await core.store.close()
        status, body = await around.get("/readyz")
        assert (status, body["checks"]["store"]) == (503, False)
        status, metrics = await around.get("/metrics")
        assert status == 200  # what is known without the store
        assert "presence_bot_inbox_depth" not in metrics


async def test_a_process_whose_timers_stand_still_asks_to_be_restarted() -> None:
    async def write() -> None: ...

    async def depths() -> Depths:
        return Depths(inbox=0, outbox=0, timers_armed=0, timers_overdue=0)

    async def seen(began: float, swept: float | None) -> tuple[int, str]:
        health = Health(
            began=began,
            swept=lambda: swept,
            store=write,
            keys=lambda: True,
            closing=lambda: False,
            depths=depths,
            under_way=lambda: 0,
        )
        app = web.Application()
        app.add_routes(health.routes())
        async with TestClient(TestServer(app)) as client:
            answer = await client.get("/healthz")
            return answer.status, (await answer.json())["status"]

    now = time.monotonic()
    too_long_ago = now - STUCK_AFTER - 1
    assert [
        await seen(now, None),
        await seen(too_long_ago, None),
        await seen(too_long_ago, now),
        await seen(too_long_ago, too_long_ago),
    ] == [(200, "starting"), (503, "stuck"), (200, "ok"), (503, "stuck")]


async def test_the_metrics_count_a_command_and_name_nobody(tmp_path: Path) -> None:
    async with bot_process(tmp_path) as bot:
        around = bot.around
        await around.say("busy for 1 hour, say canary words")
        await around.sent(1)
        await around.post(around.activity(type="invoke", name="no/such"))
        await around.post({"type": "message"})

        async def all_sent() -> str | None:
            text: str = (await around.get("/metrics"))[1]
            return text if "presence_bot_outbox_depth 0" in text else None

        text = await soon(all_sent)
        status, health = await around.get("/healthz")
        assert (status, health["timers"]["alive"]) == (200, True)
    samples = dict(re.findall(r"^([a-z_]+(?:\{.*\})?) (\S+)$", text, re.MULTILINE))
    for name, value in (
        ('presence_bot_requests_total{status="202"}', 1),
        ('presence_bot_requests_total{status="400"}', 1),
        ('presence_bot_requests_total{status="501"}', 1),
        ('presence_bot_turns_total{kind="message",outcome="done"}', 1),
        ('presence_bot_turn_seconds_count{kind="message"}', 1),
        ('presence_bot_turn_seconds_bucket{kind="message",le="+Inf"}', 1),
        ('presence_bot_graph_calls_total{action="getPresence",outcome="200"}', 2),
        ('presence_bot_graph_calls_total{action="setStatusMessage",outcome="200"}', 1),
        ('presence_bot_connector_calls_total{outcome="201"}', 2),  # a greeting, and the answer
        ("presence_bot_timers_armed", 1),
        ("presence_bot_timers_overdue", 0),
        ("presence_bot_inbox_depth", 0),
        ("presence_bot_draining", 0),
    ):
        assert samples[name] == str(value), (name, text)
    for canary in ("canary", ANNA, TENANT, "Anna"):
        assert canary not in text
    # What Prometheus reads: one HELP and one TYPE before the samples of each name.
    kinds = dict(re.findall(r"^# TYPE (\S+) (\w+)$", text, re.MULTILINE))
    for name in samples:
        family = re.sub(r"\{.*", "", name)
        assert family in kinds or re.sub(r"_(bucket|sum|count)$", "", family) in kinds


def test_each_metric_is_documented() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    source = (ROOT / "bot" / "observability" / "health.py").read_text(encoding="utf-8")
    gauges = ["presence_bot_" + name for name in re.findall(r'\{PREFIX\}(\w+)"', source)]
    for name in [*(one.name for one in INSTRUMENTS), *gauges]:
        assert f"`{name}`" in page
    written = set(re.findall(r"`(presence_bot_\w+)`", page))
    assert written == {one.name for one in INSTRUMENTS} | set(gauges)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_playground_answers_too(bot: RunningBot, path: str) -> None:
    assert bot.get(path)["status"] in {"ok", "ready"}
