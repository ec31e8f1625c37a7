"""What the page shows of the inside, over HTTP: the time line, readings, cards, the delay."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.running import ANNA, BEN, ZONE, RunningBot, eventually


def due(bot: RunningBot, oid: str) -> list[dict[str, Any]]:
    return [one for one in bot.get("/playground/due") if one["oid"] == oid]


def test_the_time_line_tells_what_happens_by_itself_in_order(bot: RunningBot) -> None:
    bot.say("dnd for 3 hours, say writing", ANNA)
    bot.say("keep me available for 2 hours", BEN)
    bot.say("remind me to stretch in 1 hour", ANNA)
    everything = bot.get("/playground/due")
    instants = [datetime.fromisoformat(one["at"]) for one in everything]
    assert instants == sorted(instants)
    assert all(at > bot.now() for at in instants)
    first, second, *ends = [(one["what"], one["source"]) for one in due(bot, ANNA)]
    assert first == ("Reminds: “stretch”", "bot")
    assert second == ("Reminds that Do not disturb ends", "bot")
    assert set(ends) == {
        ("Do not disturb ends", "Microsoft"),
        ("The status message ends", "Microsoft"),
    }
    bens = {one["what"] for one in due(bot, BEN)}
    assert {"Renews the session “Available”", "The session “Available” fades"} <= bens
    assert {one["who"] for one in everything} == {"Anna Berger", "Ben Carter"}
    bot.move_clock(to=due(bot, ANNA)[0]["at"])
    eventually(lambda: bot.answers(ANNA)[-1].title == "Reminder: stretch")
    assert "stretch" not in str(bot.get("/playground/due"))


def read(bot: RunningBot, **asked: str) -> Any:
    return bot.get(f"/playground/reading?{urlencode({'as': ANNA, 'zone': ZONE, **asked})}")


def test_words_are_read_as_the_bot_would_and_nothing_is_done(bot: RunningBot) -> None:
    before = len(bot.graph_calls())
    reading = read(bot, text="busy until 3, say call", at="2026-03-10T09:30:00Z")
    assert reading["readings"] == [
        {
            "intent": "set_status",
            "slots": {
                "availability": "Busy",
                "end": "2026-03-10T15:00:00",
                "message": "call",
                "message_end": "2026-03-10T15:00:00",
            },
        }
    ]
    assert reading["assumed"] == ["I took “3” as 15:00."]
    assert [one.split()[1] for one in reading["requests"]] == [
        "/me/presence",
        "/me/presence/setUserPreferredPresence",
        "/me/presence/setStatusMessage",
        "/me/presence",
    ]
    assert reading["trace"]
    assert read(bot, text="flurb zonk wibble")["readings"] == []
    impossible = read(bot, text="busy until 3 March 2020")
    assert impossible["problem"]
    assert impossible["requests"] == []
    assert len(bot.graph_calls()) == before


def test_every_card_can_be_had_in_every_language(bot: RunningBot) -> None:
    english = bot.get("/playground/cards")
    assert english["language"] == "en"
    assert set(english["languages"]) == {"en", "de", "fr", "es", "ru", "zh"}
    russian = bot.get("/playground/cards?language=ru")["cards"]
    assert [one["title"] for one in russian] == [one["title"] for one in english["cards"]]
    assert {one["card"]["lang"] for one in russian} == {"ru"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/playground/reading?text=busy", None, 400),
        ("GET", f"/playground/reading?as={ANNA}&text=", None, 400),
        ("GET", f"/playground/reading?as={ANNA}&text={'x' * 1001}", None, 400),
        ("GET", f"/playground/reading?as={ANNA}&text=busy&zone=../x", None, 400),
        ("GET", f"/playground/reading?as={ANNA}&text=busy&at=2026-03-10T09:30", None, 400),
        ("GET", f"/playground/reading?as={ANNA}&text=busy&at=soon", None, 400),
        ("GET", "/playground/cards?language=xx", None, 400),
        ("PUT", "/playground/delay", {"seconds": "60"}, 400),
        ("PUT", "/playground/delay", {"seconds": 601}, 400),
        ("PUT", "/playground/delay", {"seconds": -1}, 400),
        ("PUT", "/playground/delay", {"seconds": 1e300}, 400),
        ("PUT", "/playground/delay", {}, 400),
        ("GET", "/playground/page/../site.py", None, 404),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    bot: RunningBot, method: str, path: str, body: Any, status: int
) -> None:
    response = bot.request(method, path, body)
    assert response.status_code == status
    assert response.text
    assert bot.get("/playground/delay") == {"seconds": 0.0}
