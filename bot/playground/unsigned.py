"""What the playground believes: everybody on this machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from bot.clock import Clock
from bot.playground.people import TENANT


class UnsignedActivities:
    """Accepts activities without a token, if their answers stay on this machine.

    Everybody is of the playground's tenant. A client that has no Entra ids gets some: the same
    for the same account. What such a client says is said at the clock's present, for its own
    timestamps know nothing of a moved clock.
    `refuse` makes the exception that turns an activity away, of a sentence.
    """

    def __init__(self, clock: Clock, refuse: Callable[[str], Exception]) -> None:
        self._clock = clock
        self._refuse = refuse

    async def admit(self, headers: Mapping[str, str]) -> None:
        """Read every body: nobody signs here."""

    async def check(self, headers: Mapping[str, str], activity: dict[str, Any]) -> None:
        """Return for an activity that may be believed, completed in place."""
        del headers  # nobody signs here
        if not _stays_here(activity.get("serviceUrl")):
            raise self._refuse("The playground answers on this machine only.")
        activity["timestamp"] = self._clock.now().isoformat()
        channel_data = activity.setdefault("channelData", {}) or {}
        activity["channelData"] = channel_data
        channel_data["tenant"] = {"id": TENANT}  # there is one, whatever a client calls it
        sender = activity.get("from")
        if isinstance(sender, dict) and sender.get("id") and not sender.get("aadObjectId"):
            sender["aadObjectId"] = str(uuid5(NAMESPACE_URL, str(sender["id"])))


def _stays_here(service_url: object) -> bool:
    if not isinstance(service_url, str):
        return False
    try:
        host = urlsplit(service_url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
