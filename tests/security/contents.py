"""What people may say and press, of a good form: hostile in what is theirs to choose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

from tests.bench.edge_load import PEOPLE, TENANTS, oid_of
from tests.security.test_fuzz import VALUES
from tests.teams import activities as a

_FRAGMENTS = (
    *("busy", "dnd", "away", "available", "status", "presenting", "clear", "undo", "list", "help"),
    *("for", "until", "at", "in", "from", "to", "every", "every other", "each", "say", "not"),
    *("2", "0", "-1", "14:30", "25:61", "99999999999999999999", "1.5", "half", "hours", "minutes"),
    *(
        "tomorrow",
        "monday",
        "weekday",
        "31.2.",
        "2026-02-30",
        "remind me to",
        "cancel",
        "cancel 1",
    ),
    *("how is", "who is free", "save this as", "settings", "my history", "sign out", "12345678"),
    *("beschäftigt für 2 Stunden", "jusqu'à midi", "hasta las 5", "занят 2 часа", "忙碌2小时"),
    *("<at>Presence Bot</at>", "<at>", "[x](https://evil.example)", "{{DATE(2026", "${x}", "**"),
    *("\u202e", "\u200b", "\x00", "\ud800", "'", '"', "\\", "\n", ",", ";", "&nbsp;", "🙂"),
)
WORDS = st.lists(st.sampled_from(_FRAGMENTS) | st.text(max_size=6), max_size=10).map(
    " ".join
) | st.text(max_size=1_200)
_NAMES = st.sampled_from(["en-GB", "de-DE", "fr", "es-MX", "ru", "zh-Hans", "xx", ""]) | st.text(
    max_size=12
)
_ZONES = st.sampled_from(
    ["Europe/Berlin", "Pacific/Apia", "W. Europe Standard Time", "../etc/passwd", "UTC", ""]
) | st.text(max_size=12)


def _message(draw: st.DrawFn) -> dict[str, Any]:
    return a.activity(
        text=draw(WORDS), textFormat=draw(st.sampled_from(["plain", "xml", "markdown"]))
    )


def _in_group(draw: st.DrawFn) -> dict[str, Any]:
    people = [a.mention(draw(st.text(max_size=8)), draw(st.text(max_size=8))) for _ in range(2)]
    words = f"<at>Presence Bot</at> {draw(WORDS)}"
    return a.group_message(words, a.mention(a.BOT, "Presence Bot"), *people)


def _submit(draw: st.DrawFn) -> dict[str, Any]:
    return a.submit(draw(VALUES) or {})


def _execute(draw: st.DrawFn) -> dict[str, Any]:
    made = a.execute(draw(VALUES))
    made["value"]["action"]["verb"] = draw(st.text(max_size=8))
    return made


def _query(draw: st.DrawFn) -> dict[str, Any]:
    asked = {
        "commandId": draw(st.sampled_from(["setStatus", "x"])),
        "parameters": [{"name": draw(st.sampled_from(["text", "x"])), "value": draw(WORDS)}],
        "queryOptions": draw(VALUES),
    }
    return a.activity(type="invoke", name="composeExtension/query", value=asked)


def _edit(draw: st.DrawFn) -> dict[str, Any]:
    return a.message(draw(WORDS), type="messageUpdate")


def _installed(draw: st.DrawFn) -> dict[str, Any]:
    return a.installed(draw(st.sampled_from(["add", "remove", "add-upgrade"]) | st.text()))


_KINDS: tuple[Callable[[st.DrawFn], dict[str, Any]], ...] = (
    *(_message,) * 4,
    *(_in_group, _submit, _execute, _query, _edit, _installed),
)


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """Return an activity that is believed, from one of many people, and taken for a new one."""
    made = draw(st.sampled_from(_KINDS))(draw)
    person = draw(st.integers(0, PEOPLE - 1))
    tenant, oid = TENANTS[person % len(TENANTS)], oid_of(person)
    data: dict[str, Any] = {"tenant": {"id": tenant}}
    if made["type"] == "messageUpdate":
        data |= {"eventType": "editMessage"}
    conversation = made["conversation"]
    if conversation["conversationType"] == "personal":
        conversation = {**conversation, "id": f"a:{oid}"}
    return {
        **made,
        "id": uuid4().hex,
        "timestamp": datetime.now(UTC).isoformat(),
        "from": {"id": f"29:{oid}", "name": draw(st.text(max_size=8)), "aadObjectId": oid},
        "conversation": {**conversation, "tenantId": tenant},
        "channelData": data,
        "locale": draw(_NAMES),
        "localTimezone": draw(_ZONES),
    }
