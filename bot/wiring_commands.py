"""Commands that need the bot's parts without serving: keys, the doctor, backups."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.graph.client import GRAPH_URL
from bot.identity.delegated import DelegatedTokens
from bot.identity.doctor import Doctor
from bot.identity.msal_app import MsalApps
from bot.identity.msal_http import MsalHttp
from bot.identity.rotation import rotate
from bot.identity.vault import Vault
from bot.keyring import Keyring
from bot.net import Net, Repeat, Request
from bot.observability import set_up_logging
from bot.service.errors import ConfigurationError, GatewayError
from bot.service.permissions import delegated_scopes
from bot.settings import Settings, TenantSettings, read_settings
from bot.store import backup
from bot.store.opening import open_beside
from bot.teams.auth import METADATA_URL, fetch_json
from bot.wiring_tenant import GRAPH_RESOURCE, database_login, registration

_EX_CONFIG = 78
_MOST_ASKED = 5  # people: one whose sessions ended says nothing about the others


def rotate_keys() -> int:
    """Encrypt the vault under the first key of TOKEN_KEYS, beside a bot that runs.

    Returns 0 where every row is readable, 1 where some are not, 78 for wrong settings.
    """
    try:
        settings, tenant = _read()
        with database_login(settings):
            done = asyncio.run(_rotate(settings, tenant))
    except ConfigurationError as error:
        return _refuse(error)
    return done


def examine(manifest: Path | None) -> int:
    """Print what the doctor finds; 0 where all is well, 1 where not, 78 for wrong settings."""
    try:
        settings, tenant = _read()
        content = None if manifest is None else json.loads(manifest.read_text(encoding="utf-8"))
        with database_login(settings):
            return asyncio.run(_examine(settings, tenant, content))
    except ConfigurationError as error:
        return _refuse(error)
    except (OSError, ValueError) as error:
        return _refuse(ConfigurationError([f"the manifest cannot be read: {error}"]))


def back_up(file: Path) -> int:
    """Write the database to a new file while the bot runs.

    Returns 0, or 78 for wrong settings, a wrong database, or a file that is there already.
    """
    try:
        settings = read_settings()
        with database_login(settings):
            copied = backup.back_up(
                settings.database_url, file, mode=_mode(settings), now=Clock().now()
            )
    except ConfigurationError as error:
        return _refuse(error)
    return _copied(copied)


def restore(file: Path) -> int:
    """Make a new database of a file.

    Returns 0, 1 for a file that is damaged, or 78 for wrong settings or a file that does not fit.
    """
    try:
        settings = read_settings()
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        with database_login(settings):
            copied = backup.restore(settings.database_url, file, mode=_mode(settings))
    except ConfigurationError as error:
        return _refuse(error)
    except backup.Damaged as error:
        sys.stderr.write(f"presence-bot: {error}\n")
        return 1
    return _copied(copied)


def _mode(settings: Settings) -> str:
    return "playground" if settings.tenant is None else "tenant"


def _copied(copied: Sequence[backup.Copied]) -> int:
    for one in copied:
        sys.stdout.write(f"{one.table:<20} {one.rows:>9} rows  sha256 {one.sha256}\n")
    return 0


def _read() -> tuple[Settings, TenantSettings]:
    settings = read_settings()
    if settings.tenant is None:
        raise ConfigurationError(["MicrosoftAppId is missing: the playground needs neither"])
    return settings, settings.tenant


def _refuse(error: ConfigurationError) -> int:
    for problem in error.problems:
        sys.stderr.write(f"presence-bot: {problem}\n")
    return _EX_CONFIG


async def _rotate(settings: Settings, tenant: TenantSettings) -> int:
    store = await open_beside(settings.database_url, mode="tenant", clock=Clock())
    try:
        vault = Vault(keys=Keyring.parse(tenant.token_keys), store=store)
        done = await rotate(vault, store)
    finally:
        await store.close()
    sys.stdout.write(f"{done.resealed} encrypted anew, {done.unreadable} cannot be read\n")
    return 1 if done.unreadable else 0


async def _acts(settings: Settings, tenant: TenantSettings, apps: MsalApps) -> bool | None:
    """Return whether there is a token for one of the first who signed in; none for nobody."""
    try:
        store = await open_beside(settings.database_url, mode="tenant", clock=Clock())
    except ConfigurationError:
        return None  # the bot has never run here
    try:
        vault = Vault(keys=Keyring.parse(tenant.token_keys), store=store)
        tokens = DelegatedTokens(apps=apps, vault=vault, scopes=delegated_scopes(GRAPH_RESOURCE))
        rows = await store.sealed_otherwise("", after=None, limit=_MOST_ASKED)
        for person, _ in rows:
            try:
                await tokens.token(person, refresh=True)  # what is kept may be revoked
            except GatewayError:
                continue
            return True
        return False if rows else None
    finally:
        await store.close()


async def _examine(
    settings: Settings, tenant: TenantSettings, manifest: Mapping[str, Any] | None
) -> int:
    http = MsalHttp()
    app_at_entra = registration(tenant, http)
    apps = app_at_entra.apps()
    well = True
    set_up_logging("ERROR", settings.log_format)  # the findings say what else would be logged
    try:
        async with Net() as net:

            async def probe(url: str, token: str) -> int:
                request = Request(
                    method="GET", url=url, headers={"Authorization": f"Bearer {token}"}
                )
                return (await net.send(request, repeat=Repeat.NOTHING_DONE)).status

            doctor = Doctor(
                registration=app_at_entra,
                apps=apps,
                permission=settings.graph_permission,
                fetch=fetch_json(net),
                probe=probe,
                bot_metadata_url=tenant.openid_metadata_url or METADATA_URL,
                graph_url=settings.graph_url or GRAPH_URL,
                acts=lambda: _acts(settings, tenant, apps),
                manifest=manifest,
            )
            async for finding in doctor.examine():
                well = well and finding.well
                mark = "ok  " if finding.well else "FAIL"
                sys.stdout.write(f"{mark} {finding.step}\n")
                if finding.advice:
                    sys.stdout.write(f"     {finding.advice}\n")
    finally:
        apps.close()
        http.close()
    return 0 if well else 1
