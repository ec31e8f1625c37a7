"""The activities that Teams sends to a bot, as JSON objects.

Shapes: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.chats import Conversation, iso
from bot.playground.people import BOT_ID, BOT_NAME, TENANT, Resident

Activity = dict[str, Any]

_TEAM = {"id": "19:lighthouse-team@thread.tacv2", "name": "Lighthouse"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """What every activity carries: who, where, when, and the connector's address."""

    id: str
    sender: Resident
    conversation: Conversation
    at: datetime
    zone: ZoneInfo
    service_url: str

    def activity(self, kind: str) -> Activity:
        """Return an activity of this type without its content."""
        person, chat = self.sender, self.conversation
        conversation: dict[str, Any] = {
            "id": chat.id,
            "conversationType": "personal" if chat.kind == "foreign" else chat.kind,
            "tenantId": TENANT,
        }
        channel_data: dict[str, Any] = {"tenant": {"id": TENANT}}
        if chat.kind in ("groupChat", "channel"):
            conversation |= {"isGroup": True, "name": chat.name}
        if chat.kind == "channel":
            channel_data |= {"team": _TEAM, "channel": {"id": chat.id, "name": chat.name}}
        return {
            "type": kind,
            "id": self.id,
            "timestamp": iso(self.at),
            "localTimestamp": self.at.astimezone(self.zone).isoformat(timespec="milliseconds"),
            "localTimezone": self.zone.key,
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": person.teams_id, "name": person.name, "aadObjectId": person.oid},
            "recipient": {"id": BOT_ID, "name": BOT_NAME},
            "conversation": conversation,
            "channelData": channel_data,
            "locale": person.locale,
            "entities": [
                {
                    "type": "clientInfo",
                    "locale": person.locale,
                    "country": person.locale.partition("-")[2] or "US",
                    "platform": "Web",
                    "timezone": self.zone.key,
                }
            ],
        }


def message(envelope: Envelope, text: str, known: list[Resident]) -> Activity:
    """Return what a person typed; "@Name" of somebody known becomes a mention."""
    said = envelope.activity("message")
    people = [(BOT_ID, BOT_NAME), *((one.teams_id, one.name) for one in known)]
    for teams_id, name in people:
        if f"@{name}" in text:
            tag = f"<at>{name}</at>"
            text = text.replace(f"@{name}", tag)
            said["entities"].append(
                {"type": "mention", "mentioned": {"id": teams_id, "name": name}, "text": tag}
            )
    return {**said, "text": text, "textFormat": "plain"}


def submit(envelope: Envelope, value: Any) -> Activity:
    """Return the press of an Action.Submit button: a message with a value and no text."""
    return {**envelope.activity("message"), "value": value}


def invoke(envelope: Envelope, name: str, value: Any) -> Activity:
    """Return an invoke: the bot answers it in the response."""
    return {**envelope.activity("invoke"), "name": name, "value": value}


def installation(envelope: Envelope) -> Activity:
    """Return the news that a person added the bot to a conversation."""
    return {**envelope.activity("installationUpdate"), "action": "add"}


def arrival(envelope: Envelope) -> Activity:
    """Return the news that the bot, and in a personal chat the person, are members now."""
    person = envelope.sender
    added = [{"id": BOT_ID, "name": BOT_NAME}]
    if envelope.conversation.kind == "personal":
        added.insert(0, {"id": person.teams_id, "name": person.name, "aadObjectId": person.oid})
    return {**envelope.activity("conversationUpdate"), "membersAdded": added}


def calls_the_bot(said: Activity) -> bool:
    """Say whether Teams would deliver this: in a group, only what mentions the bot."""
    return said["conversation"]["conversationType"] == "personal" or any(
        entity["type"] == "mention" and entity["mentioned"]["id"] == BOT_ID
        for entity in said["entities"]
    )
