"""Checks the settings of a real tenant, step by step, and says what to do about each failure."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.identity.application import CONNECTOR_SCOPE
from bot.identity.msal_app import MsalApps
from bot.identity.parts import Registration
from bot.service.errors import GatewayError
from bot.tokens import Fetch

# Fetches with a bearer token and returns the status of the answer.
Probe = Callable[[str, str], Awaitable[int]]

_GRAPH_DEFAULT = "https://graph.microsoft.com/.default"
_APPLICATION_ROLE = "Presence.ReadWrite.All"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One step: what was checked, whether it is well, and what to do where it is not."""

    step: str
    well: bool
    advice: str = ""


class Doctor:
    """Examines one registration, and what the bot needs besides.

    `permission` is "delegated" or "application". `manifest` is the content of the Teams app's
    manifest.json, none where it is not checked. `acts` tells whether the bot can act for somebody
    who signed in, none where nobody has; it is asked with delegated permission only.
    """

    def __init__(
        self,
        *,
        registration: Registration,
        apps: MsalApps,
        permission: str,
        fetch: Fetch,
        probe: Probe,
        bot_metadata_url: str,
        graph_url: str,
        acts: Callable[[], Awaitable[bool | None]],
        manifest: Mapping[str, Any] | None = None,
    ) -> None:
        self._registration, self._apps = registration, apps
        self._permission = permission
        self._fetch, self._probe = fetch, probe
        self._bot_metadata_url, self._graph_url = bot_metadata_url, graph_url
        self._acts, self._manifest = acts, manifest

    async def examine(self) -> AsyncIterator[Finding]:
        """Yield the findings one after the other."""
        yield await self._keys(
            "metadata and keys of the tenant",
            self._registration.metadata_url,
            "Check MicrosoftAppTenantId, AUTHORITY_URL and whether this machine may reach Entra.",
        )
        yield await self._keys(
            "metadata and keys of the Bot Framework",
            self._bot_metadata_url,
            "Check BOT_OPENID_METADATA_URL and whether this machine may reach the Bot Framework.",
        )
        token, finding = await self._own_token(
            "token for Teams' connector",
            CONNECTOR_SCOPE,
            "Check MicrosoftAppId and its secret, certificate or federated credential:"
            " it may have expired.",
        )
        yield finding
        token, finding = await self._own_token(
            "token for Microsoft Graph",
            _GRAPH_DEFAULT,
            "Check that the application is registered in the tenant MicrosoftAppTenantId.",
        )
        yield finding
        yield await self._graph(token)
        if self._permission == "application":
            yield _consent(token)
        else:
            yield await self._people_consented()
        if self._manifest is not None:
            yield _manifest(self._manifest, self._registration.app_id)

    async def _keys(self, step: str, url: str, advice: str) -> Finding:
        try:
            metadata = await self._fetch(url)
            keys = (await self._fetch(metadata["jwks_uri"]))["keys"]
        except Exception as error:  # whatever it is, it is what the doctor tells
            return Finding(step=step, well=False, advice=f"{advice} ({type(error).__name__})")
        return Finding(step=step, well=bool(keys), advice="" if keys else advice)

    async def _own_token(self, step: str, scope: str, advice: str) -> tuple[str, Finding]:
        try:
            tokens = await self._apps.for_itself(scope)
        except GatewayError as error:
            return "", Finding(step=step, well=False, advice=f"{advice} ({error})")
        return tokens.access_token, Finding(step=step, well=True)

    async def _graph(self, token: str) -> Finding:
        step = "Microsoft Graph answers"
        try:
            status = await self._probe(f"{self._graph_url}/users?$top=1", token or "none")
        except Exception as error:  # as above
            advice = "Check GRAPH_URL and whether this machine may reach Graph."
            return Finding(step=step, well=False, advice=f"{advice} ({type(error).__name__})")
        # 401 and 403 are answers too: without application permission there is nothing to read.
        well = status < 500 and (status != 401 or not token)
        advice = "" if well else f"Graph answers {status}: check GRAPH_URL, or try again later."
        return Finding(step=step, well=well, advice=advice)

    async def _people_consented(self) -> Finding:
        """Find out about consent by what it is for: no permission of ours shows it otherwise."""
        step = "consent: the bot can act for somebody who signed in"
        grant = (
            f"An administrator can consent for everybody at {self._registration.admin_consent_url}"
        )
        acts = await self._acts()
        if acts is None:
            advice = f"Nobody has signed in yet, so this shows at the first sign-in. {grant}"
            return Finding(step=step, well=True, advice=advice)
        advice = f"Say something to the bot: it asks for a sign-in and says why. {grant}"
        return Finding(step=step, well=acts, advice="" if acts else advice)


def _consent(token: str) -> Finding:
    step = f"an administrator consented to {_APPLICATION_ROLE}"
    well = _APPLICATION_ROLE in _claims(token).get("roles", ())
    advice = "" if well else "Grant admin consent to the application permission in Entra's portal."
    return Finding(step=step, well=well, advice=advice)


def _claims(token: str) -> Mapping[str, Any]:
    """Return what our own token says; it is ours, so its signature is not looked at."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _manifest(manifest: Mapping[str, Any], app_id: str) -> Finding:
    bots = [bot.get("botId") for bot in manifest.get("bots", []) if isinstance(bot, dict)]
    sso = manifest.get("webApplicationInfo") or {}
    wrong = [
        name
        for name, well in (
            ("bots[0].botId", bots == [app_id]),
            ("webApplicationInfo.id", sso.get("id") == app_id),
            ("webApplicationInfo.resource", sso.get("resource") == f"api://botid-{app_id}"),
        )
        if not well
    ]
    advice = f"Make {', '.join(wrong)} of the manifest name MicrosoftAppId." if wrong else ""
    return Finding(step="the manifest's ids are the application's", well=not wrong, advice=advice)
