"""Activities that the playground's page does not send, posted as Teams would."""

from __future__ import annotations

from typing import Any

from bot.playground.connector import PREFIX
from bot.playground.people import BOT_ID, TENANT
from tests.running import ZONE, RunningBot
from tests.teams import activities as a


def activity(bot: RunningBot, oid: str, kind: str, **changes: Any) -> dict[str, Any]:
    """Return an activity of somebody's private chat, said at the playground's present."""
    now = bot.now().isoformat()
    fields: dict[str, Any] = {
        "type": kind,
        "id": f"raw-{kind}",
        "timestamp": now,
        "localTimestamp": now,
        "serviceUrl": f"{bot.url}{PREFIX}/",
        "from": {"id": f"29:{oid}", "name": "Somebody", "aadObjectId": oid},
        "recipient": {"id": BOT_ID, "name": "Presence"},
        "conversation": {"id": f"a:{oid}", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "en-GB",
        "localTimezone": ZONE,
        "entities": [],
    }
    return a.activity(**{**fields, **changes})


def post(bot: RunningBot, sent: dict[str, Any]) -> tuple[int, Any]:
    """Deliver an activity; return the status and the body of the bot's answer."""
    response = bot.request("POST", "/api/messages", sent)
    return response.status_code, response.json() if response.content else None


def messages(bot: RunningBot, chat: str) -> list[dict[str, Any]]:
    """Return what the connector was asked to write into a chat, oldest first."""
    path = f"/v3/conversations/{chat.replace(':', '%3A').replace('@', '%40')}/activities"
    return [
        call["body"]
        for call in bot.get("/playground/log")
        if call["service"] == "connector"
        and call["method"] in ("POST", "PUT")
        and call["path"].startswith((path, path.replace("%3A", ":").replace("%40", "@")))
    ]
