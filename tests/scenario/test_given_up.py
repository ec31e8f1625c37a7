"""A timer that failed for the last time, through the whole bot: told, committed, and armed."""

from __future__ import annotations

from pathlib import Path

from bot.domain.person import Person
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.service.ports import DueTimer
from tests.scenario.test_tenant import tenant
from tests.tenancy import ANNA


async def test_its_person_is_told_once_and_it_comes_again(tmp_path: Path) -> None:
    settings = {"GRAPH_PERMISSION": "application", "MicrosoftAppPassword": APP_SECRET}
    async with tenant(tmp_path, **settings) as bot:
        await bot.say("remind me every day at 12 to stand up")
        before = len(await bot.sent(1))
        turns, store = bot.core.turns, bot.core.store
        (timer,) = (await store.person(Person(tenant=TENANT, oid=ANNA))).timers
        swept = DueTimer(id=timer.id, version=timer.version, attempts=9)
        for _ in range(2):  # whoever gives it up again finds it changed
            await turns.give_up(swept)
        sent = await bot.sent(before + 1)
        assert sent[-1]["content"]["fallbackText"].endswith("Reminder: stand up")
        assert "could not do this" in sent[-1]["content"]["fallbackText"]
        (again,) = (await store.person(Person(tenant=TENANT, oid=ANNA))).timers
        assert (again.id, again.attempts, again.task) == (timer.id, 0, timer.task)
        assert again.version > timer.version
        await turns.idle()
        assert len(await bot.sent(before + 1)) == before + 1
