"""What the bot tells people to say about their own data is understood when they say it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.moment import Moment
from bot.domain.own_commands import ExportData, ForgetMe, SignOut
from bot.domain.reply import Phrase
from bot.grammar.reading import Understood
from bot.grammar.understand import Grammar
from bot.languages.phrasebook import Phrasebooks

_QUOTED = re.compile(r"[“„«](.+?)[”“»]")
_BOOKS = Phrasebooks()
TOLD = {
    "privacy-how": [ExportData, ForgetMe, SignOut],
    "export-gone-how": [ExportData],
    "sign-out-by-organisation-how": [ForgetMe],
    "terms-end": [ForgetMe],
}


@pytest.mark.parametrize("language", _BOOKS.languages)
def test_it_is_understood(language: str) -> None:
    now = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
    moment = Moment(now=now, zone=ZoneInfo("Europe/Berlin"), locale=language)
    grammar = Grammar()
    for key, wanted in TOLD.items():
        said = [words.strip() for words in _QUOTED.findall(_BOOKS.text(Phrase(key), moment))]
        readings = [grammar.understand(words, moment) for words in said]
        commands = [
            type(one.command) if isinstance(one, Understood) else words
            for one, words in zip(readings, said, strict=True)
        ]
        assert commands == wanted, key
