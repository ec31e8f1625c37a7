"""Activities in the form in which Teams sends them."""

from __future__ import annotations

from typing import Any

TENANT = "7e57ab1e-0000-4000-8000-00000000000a"
OID = "aaaaaaaa-1111-4000-8000-000000000001"
BOT = "28:b0b0b0b0-0000-4000-8000-0000000000b0"
SERVICE = "https://smba.trafficmanager.net/emea/"


def activity(**changes: Any) -> dict[str, Any]:
    """Return an activity of a personal chat; none as a value takes a field away."""
    fields: dict[str, Any] = {
        "type": "message",
        "id": "1710063000123",
        "timestamp": "2026-03-10T09:29:58.1234567Z",
        "localTimestamp": "2026-03-10T10:29:58.1234567+01:00",
        "localTimezone": "Europe/Berlin",
        "channelId": "msteams",
        "serviceUrl": SERVICE,
        "from": {"id": "29:anna", "name": "Anna Berger", "aadObjectId": OID},
        "conversation": {
            "conversationType": "personal",
            "tenantId": TENANT,
            "id": "a:personal-1",
        },
        "recipient": {"id": BOT, "name": "Presence Bot"},
        "entities": [
            {
                "locale": "de-DE",
                "country": "DE",
                "platform": "Web",
                "timezone": "Europe/Berlin",
                "type": "clientInfo",
            }
        ],
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "de-DE",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def message(text: str = "busy for 2 hours", **changes: Any) -> dict[str, Any]:
    return activity(text=text, textFormat="plain", **changes)


def mention(account: str, name: str) -> dict[str, Any]:
    return {
        "type": "mention",
        "mentioned": {"id": account, "name": name},
        "text": f"<at>{name}</at>",
    }


def group_message(text: str, *mentions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return message(
        text,
        conversation={"isGroup": True, "conversationType": "groupChat", "id": "19:g@thread.v2"},
        entities=list(mentions),
        **changes,
    )


def submit(data: Any, **changes: Any) -> dict[str, Any]:
    return activity(value=data, replyToId="card-7", **changes)


def execute(data: Any, **changes: Any) -> dict[str, Any]:
    action = {"type": "Action.Execute", "title": "+30", "verb": "Extend", "data": data}
    return activity(
        type="invoke",
        name="adaptiveCard/action",
        value={"action": action, "trigger": "manual"},
        replyToId="card-7",
        **changes,
    )


def installed(action: str = "add", **changes: Any) -> dict[str, Any]:
    return activity(type="installationUpdate", action=action, **changes)


def members_added(*ids: str, **changes: Any) -> dict[str, Any]:
    return activity(
        type="conversationUpdate", membersAdded=[{"id": name} for name in ids], **changes
    )
