"""What a person sent, as the use cases see it, from an activity that was verified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from botbuilder.schema import Activity
from tzlocal.windows_tz import win_tz

from bot.domain.person import Person
from bot.observability import tracing
from bot.service.traffic import Address, Incoming
from bot.teams.activity import sender_id, tenant_id
from bot.teams.refusal import Malformed
from bot.teams.signature import Pressed

_WORDS = ("message", "messageUpdate")
_TAG = re.compile(r"</?at[^>]*>")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def is_private(activity: Activity) -> bool:
    """Return whether only the sender and the bot are in this conversation."""
    conversation = activity.conversation
    return (conversation.conversation_type or "personal") == "personal" and not (
        conversation.is_group or False
    )


def address_of(activity: Activity) -> Address:
    """Return where to answer: a conversation reference as JSON."""
    if not activity.service_url:
        raise Malformed("The activity names no service URL.")
    bot, user, conversation = activity.recipient, activity.from_property, activity.conversation
    return {
        "service_url": activity.service_url,
        "channel": activity.channel_id,
        "tenant": tenant_id(activity),
        "conversation": conversation.id,
        "type": conversation.conversation_type or "personal",
        "bot": {"id": bot.id, "name": bot.name} if bot else {},
        "user": {"id": user.id, "name": user.name, "aadObjectId": sender_id(activity)},
    }


def _mentions_of_bot(activity: Activity) -> list[str]:
    if activity.recipient is None:
        return []
    found = []
    for entity in activity.entities:
        mentioned = entity.get("mentioned")
        if (
            entity.get("type") == "mention"
            and isinstance(mentioned, dict)
            and mentioned.get("id") == activity.recipient.id
        ):
            text = entity.get("text")
            found.append(text if isinstance(text, str) else "")
    return found


def mentions_of_people(activity: Activity) -> dict[str, str]:
    """Return the ids of the people mentioned, by the name that the text shows.

    A name that means two people is left out: it is as good as no mention.
    """
    found: dict[str, str] = {}
    unclear: set[str] = set()
    for entity in activity.entities:
        mentioned = entity.get("mentioned")
        if entity.get("type") != "mention" or not isinstance(mentioned, dict):
            continue
        member, text = mentioned.get("id"), entity.get("text")
        if not isinstance(member, str) or not isinstance(text, str) or not member:
            continue
        if activity.recipient is not None and member == activity.recipient.id:
            continue
        name = _TAG.sub("", text).strip()
        if found.setdefault(name, member) != member:
            unclear.add(name)
    return {name: member for name, member in found.items() if name not in unclear}


def is_for_bot(activity: Activity) -> bool:
    """Return whether the bot is spoken to: in a private chat, by a mention, or by a button."""
    return is_private(activity) or activity.value is not None or bool(_mentions_of_bot(activity))


def text_of(activity: Activity) -> str:
    """Return the words without the mention of the bot; other mentions stay as `<at>Name</at>`."""
    text: str = activity.text or ""
    for mention in filter(None, _mentions_of_bot(activity)):
        text = text.replace(mention, " ", 1)
    return text.strip()


def _known_zone(name: object) -> str | None:
    if not isinstance(name, str) or not name:
        return None
    try:
        # Some clients send the Windows name; CLDR says which IANA zone that is.
        return ZoneInfo(win_tz.get(name, name)).key
    except (KeyError, ValueError, OSError):
        return None  # nonsense: what was seen last stays


def _client_info(activity: Activity) -> Mapping[str, Any]:
    infos = (e for e in activity.entities if e.get("type") == "clientInfo")
    return next(infos, {})


def _zone_of(activity: Activity) -> str | None:
    return _known_zone(activity.local_timezone) or _known_zone(
        _client_info(activity).get("timezone")
    )


def _locale_of(activity: Activity) -> str | None:
    for tag in (activity.locale, _client_info(activity).get("locale")):
        if isinstance(tag, str) and _LANGUAGE_TAG.fullmatch(tag):
            return tag
    return None


def person_of(activity: Activity) -> Person:
    """Return who sent it: the verified sender, never anybody named in text, data or a mention."""
    return Person(tenant=tenant_id(activity), oid=sender_id(activity))


def incoming_from(
    activity: Activity,
    *,
    now: datetime,
    pressed: Pressed | None = None,
    inline: bool = False,
    key: str | None = None,
    edited: bool = False,
) -> Incoming:
    """Return what was sent: words, or with `pressed` a button's command.

    It was said at the activity's own timestamp, or at `now` where that is missing or still ahead.
    Two deliveries are the same by conversation and activity id, or by `key`, or, for a button
    that counts once, by the button: Teams sends a press again under a new id. With `edited` it is
    the new form of a message.
    """
    conversation = activity.conversation.id
    at = activity.timestamp
    edits = f"{conversation}|{activity.id}" if edited else None
    if edited:  # it comes under the id of the message
        key = f"{edits}|edit|{activity.local_timestamp or at}"
    return Incoming(
        key=key or (pressed and pressed.once) or f"{conversation}|{activity.id or uuid4().hex}",
        person=person_of(activity),
        address=address_of(activity),
        at=now if at is None else min(at, now),
        zone=_zone_of(activity),
        locale=_locale_of(activity),
        text=text_of(activity) if pressed is None and activity.type in _WORDS else None,
        edits=edits,
        pressed=pressed.command if pressed else None,
        # What is said to a stranger must not take the place of the owner's card.
        card=activity.reply_to_id if pressed is not None and pressed.believed else None,
        inline=inline,
        private=is_private(activity),
        mentions=mentions_of_people(activity),
        trace=tracing.carry(),
    )
