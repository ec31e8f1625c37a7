"""The commands for operators, against a tenant of stand-ins."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.domain.person import Person
from bot.identity.vault import Vault
from bot.keyring import Keyring
from bot.playground.entra import endpoints
from bot.playground.entra.endpoints import APP_SECRET
from bot.playground.people import TENANT
from bot.playground.tokens import APP_ID
from bot.store.opening import open_beside
from bot.wiring_core import Core
from tests.databases import sqlite_url
from tests.running import ROOT, environment
from tests.scenario.test_tenant import Tenant, tenant
from tests.tenancy import ANNA, KEYS

PERSON = Person(tenant=TENANT, oid=ANNA)


async def run(folder: Path, bot: Tenant, *command: str, **settings: str) -> tuple[int, str, str]:
    """Run a command of the bot beside one that runs, with its settings."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *command,
        cwd=ROOT,
        env=environment(folder, **{**bot.environment, **settings}),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, out.decode(), errors.decode()


def vault(core: Core, keys: str) -> Vault:
    return Vault(keys=Keyring.parse(keys), store=core.store)


async def test_rotate_keys_beside_a_bot_that_runs(tmp_path: Path) -> None:
    new = Keyring.generate("new")
    async with tenant(
        tmp_path, MicrosoftAppPassword=APP_SECRET, TOKEN_KEYS=f"{new},{KEYS}"
    ) as bot:
        assert await vault(bot.core, KEYS).write(PERSON, "granted", after=0)
        code, out, errors = await run(tmp_path, bot, "rotate-keys")
        assert (code, errors) == (0, "")
        assert "1 encrypted anew, 0 cannot be read" in out
        opened = await vault(bot.core, new).read(PERSON)  # the older key is not needed any more
        assert opened is not None
        assert opened.cache == "granted"
        code, out, _ = await run(tmp_path, bot, "rotate-keys", TOKEN_KEYS=Keyring.generate("x"))
        assert code == 1
        assert "1 cannot be read" in out
    store = await open_beside(sqlite_url(tmp_path), mode="tenant", clock=bot.core.clock)
    await store.close()


MANIFEST = {
    "bots": [{"botId": APP_ID}],
    "webApplicationInfo": {"id": APP_ID, "resource": f"api://botid-{APP_ID}"},
}


@pytest.mark.parametrize(
    ("settings", "manifest", "code", "failing"),
    [
        ({}, MANIFEST, 0, []),
        ({"GRAPH_PERMISSION": "application"}, MANIFEST, 0, []),
        ({}, {"bots": [{"botId": "other"}]}, 1, ["the manifest's ids"]),
        (
            {"MicrosoftAppPassword": "wrong"},
            MANIFEST,
            1,
            ["token for Teams' connector", "token for Microsoft Graph"],
        ),
        (
            {"MicrosoftAppTenantId": "99999999-7e57-4000-8000-000000000099"},
            MANIFEST,
            1,
            ["keys of the tenant", "Teams' connector", "token for Microsoft Graph"],
        ),
        ({"BOT_OPENID_METADATA_URL": "http://127.0.0.1:9/x"}, MANIFEST, 1, ["Bot Framework"]),
        ({"GRAPH_URL": "http://127.0.0.1:9/v1.0"}, MANIFEST, 1, ["Microsoft Graph answers"]),
    ],
    ids=["well", "consented", "manifest", "secret", "tenant", "bot framework", "graph"],
)
async def test_the_doctor_says_what_is_wrong_and_what_to_do(
    tmp_path: Path,
    settings: dict[str, str],
    manifest: dict[str, object],
    code: int,
    failing: list[str],
) -> None:
    file = tmp_path / "manifest.json"
    await asyncio.to_thread(file.write_text, json.dumps(manifest))
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET) as bot:
        status, out, errors = await run(
            tmp_path, bot, "doctor", "--manifest", str(file), **settings
        )
    lines = out.splitlines()
    failed = [number for number, line in enumerate(lines) if line.startswith("FAIL")]
    assert (status, errors) == (code, "")
    assert len(failed) == len(failing), out
    for number, step in zip(failed, failing, strict=True):
        assert step in lines[number]
        assert lines[number + 1].startswith("     ")  # what to do
    assert APP_SECRET not in out
    if "GRAPH_PERMISSION" not in settings:
        assert f"Nobody has signed in yet, so this shows at the first sign-in. {GRANT}" in out


async def test_the_doctor_misses_an_administrators_consent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoints, "APPLICATION_ROLES", ())
    permission = {"GRAPH_PERMISSION": "application"}
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET, **permission) as bot:
        status, out, _ = await run(tmp_path, bot, "doctor", **permission)
    assert status == 1
    assert "FAIL an administrator consented to Presence.ReadWrite.All" in out
    assert "Grant admin consent" in out


GRANT = "An administrator can consent for everybody at http://127.0.0.1:"


@pytest.mark.parametrize("how", ["silent", "revoked"])
async def test_the_doctor_tells_consent_by_those_who_signed_in(tmp_path: Path, how: str) -> None:
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET) as bot:
        await bot.sign_in()
        await bot.stand_ins.entra.accounts.set(PERSON.oid, how)
        status, out, errors = await run(tmp_path, bot, "doctor")
    mark = "ok  " if how == "silent" else "FAIL"
    assert (status, errors) == (0 if how == "silent" else 1, "")
    assert f"{mark} consent: the bot can act for somebody who signed in" in out
    assert (GRANT in out) is (how == "revoked")


async def test_a_backup_beside_a_bot_that_runs_becomes_a_new_database(tmp_path: Path) -> None:
    file = tmp_path / "backup.gz"
    new = sqlite_url(tmp_path / "new")
    async with tenant(tmp_path, MicrosoftAppPassword=APP_SECRET) as bot:
        assert await vault(bot.core, KEYS).write(PERSON, "granted", after=0)
        code, written, errors = await run(tmp_path, bot, "backup", str(file))
        assert (code, errors) == (0, "")
        (tmp_path / "new").mkdir()
        code, restored, errors = await run(tmp_path, bot, "restore", str(file), DATABASE_URL=new)
        assert (code, errors, restored) == (0, "", written)
        code, _, errors = await run(tmp_path, bot, "restore", str(file))
        assert (code, errors) == (
            78,
            "presence-bot: The database was used before: give DATABASE_URL a new one.\n",
        )
    store = await open_beside(new, mode="tenant", clock=Clock())
    opened = await Vault(keys=Keyring.parse(KEYS), store=store).read(PERSON)
    await store.close()
    assert opened is not None
    assert opened.cache == "granted"
