"""Going to a wall-clock time, speaking from a zone, and the buttons inside lists."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.shelf import Shelf
from tests.running import ZONE, Card, RunningBot, eventually

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
BERLIN = ZoneInfo(ZONE)
_MOST_AT_ONCE = timedelta(days=390)


def go_to(bot: RunningBot, weekday: int, clock: str) -> datetime:
    """Move the clock to the next such weekday and wall time in Berlin."""
    now = bot.now().astimezone(BERLIN)
    day = now.date() + timedelta(days=(weekday - now.weekday()) % 7)
    target = datetime.combine(day, time.fromisoformat(clock), BERLIN)
    if target <= now:
        target = datetime.combine(day + timedelta(days=7), target.time(), BERLIN)
    return go(bot, target)


def go(bot: RunningBot, target: datetime) -> datetime:
    """Move the clock to an instant."""
    while target - bot.now() > _MOST_AT_ONCE:
        bot.move_clock(to=(bot.now() + _MOST_AT_ONCE).isoformat())
    bot.move_clock(to=target.astimezone(UTC).isoformat())
    return target


def shown(local: datetime, *, ahead: int = 0, at: str | None = None) -> str:
    """Return a local instant as American English writes it, `ahead` days later and `at` a time."""
    day = local + timedelta(days=ahead)
    clock = time.fromisoformat(at) if at else local.time()
    hour = (clock.hour - 1) % 12 + 1
    half = "AM" if clock.hour < 12 else "PM"
    return f"{day:%a, %b} {day.day}, {hour}:{clock:%M} {half}"


def say_from(bot: RunningBot, text: str, oid: str, zone: str) -> Card:
    """Say something as somebody whose device is in a zone."""
    bot.send({"as": oid, "contact": True, "zone": zone})
    before = len(bot.answers_but_hello(oid))
    assert bot.send({"as": oid, "text": text, "zone": zone})["status"] == 202
    answers: list[Card] = eventually(lambda: bot.answers_but_hello(oid)[before:])
    return answers[0]


def new_answers(bot: RunningBot, oid: str, before: list[Card]) -> list[Card]:
    """Return what was said since `before`, without what replaced an older card."""
    known = {card.id for card in before}
    return [card for card in bot.answers(oid) if card.id not in known]


def titles(cards: list[Card]) -> list[str]:
    return [card.title for card in cards]


def seen(bot: RunningBot, oid: str) -> tuple[str, str]:
    """Return the availability and the status message that a colleague sees."""
    presence = bot.presence(oid)
    message = (presence.get("statusMessage") or {}).get("message") or {}
    return presence["availability"], message.get("content", "")


def entries(card: Card) -> list[str]:
    """Return the first two lines of each entry of a list."""
    return [
        " ".join(one["text"] for one in element["items"][:2])
        for element in card.content["body"]
        if element.get("separator")
    ]


def press_in(bot: RunningBot, card: Card, entry: int, title: str, oid: str) -> Card:
    """Press a button of an entry of a list, counted from 1."""
    rows = [element for element in card.content["body"] if element.get("separator")]
    found = [one for one in _actions(rows[entry - 1]) if one["title"] == title]
    assert found, f"no button {title!r} in entry {entry}"
    item = {**card.item, "attachments": [{"content": {**card.content, "actions": found}}]}
    return bot.press(Card(item=item), title, oid)


def _actions(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _actions(one)
    elif isinstance(value, dict):
        if value.get("type") == "Action.Execute":
            yield value
        for inner in (value.get("items"), value.get("actions")):
            yield from _actions(inner)


def sleep_through(bot: RunningBot, folder: Path, length: timedelta) -> None:
    """Kill the process and start it again when the playground's clock is that much later."""
    bot.move_clock(by="PT1S")  # returns when what was said is marked as sent
    bot.kill()

    async def later() -> None:
        shelf = Shelf(folder / "stand-ins.sqlite3")
        try:
            offset = (await shelf.all("clock")).get("offset", 0.0)
            await shelf.put("clock", "offset", offset + length.total_seconds())
        finally:
            await shelf.close()

    asyncio.run(later())
    bot.start()
