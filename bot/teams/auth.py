"""Whether an activity comes from Teams, through the Bot Framework, for an allowed tenant.

Every rule of "Authenticate requests from the Bot Connector service", and no way to switch one
off: no emulator tokens, no skill tokens. Whatever is not shown to be good is refused.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping
from typing import Any

from bot.net import Repeat, Request
from bot.teams.connector import Sender
from bot.teams.hosts import ServiceHosts
from bot.teams.refusal import Refused
from bot.tokens import Checked, Fetch, KeysUnavailable, TokenChecker, TokenRefused

logger = logging.getLogger(__name__)

METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ISSUER = "https://api.botframework.com"
CHANNEL = "msteams"


class ConnectorCheck:
    """InboundCheck of a tenant: 401 without a bearer token, 403 for whatever is not believed."""

    def __init__(
        self, *, tokens: TokenChecker, hosts: ServiceHosts, tenants: Collection[str]
    ) -> None:
        """Take the checker of the bot's own audience, and the allowed Entra tenant ids."""
        self._tokens = tokens
        self._hosts = hosts
        self._tenants = frozenset(tenant.lower() for tenant in tenants)

    async def admit(self, headers: Mapping[str, str]) -> None:
        """Return for a request with a good token; raise Refused for any other."""
        await self._checked(headers)

    async def check(self, headers: Mapping[str, str], activity: dict[str, Any]) -> None:
        """Return for an activity that Teams signed; raise Refused for any other."""
        self._check_sender(activity)
        _check_binding(await self._checked(headers), activity)

    async def _checked(self, headers: Mapping[str, str]) -> Checked:
        token = _bearer(headers)
        try:
            return await self._tokens.check(token)
        except TokenRefused as refusal:
            raise _refused(f"token: {refusal}") from refusal
        except KeysUnavailable as error:
            raise Refused(503, "The token cannot be checked at the moment.") from error
        except Exception as error:
            logger.exception("a check failed", extra={"action": "teams.auth"})
            raise _refused("the check failed") from error

    def _check_sender(self, activity: Mapping[str, Any]) -> None:
        """Refuse what no token could make good."""
        if activity.get("channelId") != CHANNEL:
            raise _refused("another channel")
        service_url = activity.get("serviceUrl")
        if not isinstance(service_url, str) or not self._hosts.allows(service_url):
            raise _refused("a service URL that is not allowed")
        tenant = ((activity.get("channelData") or {}).get("tenant") or {}).get("id")
        elsewhere = (activity.get("conversation") or {}).get("tenantId")
        named = [tenant] if elsewhere is None else [tenant, elsewhere]
        if not all(isinstance(name, str) and name.lower() in self._tenants for name in named):
            raise _refused("another tenant")


def _bearer(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(401, "There is no bearer token.")
    return token.strip()


def _check_binding(checked: Checked, activity: Mapping[str, Any]) -> None:
    """Refuse a good token that was made for another service URL or channel."""
    claimed = checked.claims.get("serviceurl") or checked.claims.get("serviceUrl")
    if not isinstance(claimed, str) or _bare(claimed) != _bare(activity["serviceUrl"]):
        raise _refused("the token is for another service URL")
    if CHANNEL not in checked.endorsements:
        raise _refused("the key does not vouch for the channel")


def _bare(url: str) -> str:
    return url.rstrip("/")


def _refused(reason: str) -> Refused:
    logger.warning("refused: %s", reason, extra={"action": "teams.auth"})
    return Refused(403, "The activity is not believed.")


def fetch_json(net: Sender) -> Fetch:
    """Return a fetcher of JSON documents over `net`, for an OpenID provider's keys."""

    async def fetch(url: str) -> Any:
        response = await net.send(Request(method="GET", url=url), repeat=Repeat.NOTHING_DONE)
        if not response.ok:
            raise OSError(f"answered {response.status}")
        return json.loads(response.body)

    return fetch
