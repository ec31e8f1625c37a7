"""A phrase may stand within another; what people wrote is escaped once."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.moment import Moment
from bot.domain.reply import Phrase
from bot.languages.phrasebook import Phrasebooks

MOMENT = Moment(now=datetime(2026, 3, 10, 9, 30, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))


def test_a_phrase_within_a_phrase_is_said_and_its_words_are_escaped_once() -> None:
    inner = Phrase("quote", {"text": "a*b"})
    phrase = Phrase("people-one", {"name": inner, "state": Phrase("seen-InACall")})
    said = Phrasebooks().text(phrase, MOMENT, escape=lambda text: text.replace("*", "\\*"))
    assert said == "a\\*b: In a call"
