"""Every sentence that the bot can say fits on a card that Teams takes, in every language."""

from __future__ import annotations

import json

import pytest

from bot.domain.commands import Undo
from bot.domain.moment import Moment
from bot.domain.reply import Fact, Item, Offer, Phrase, Reply, Tone
from bot.gallery.scenes import NOW, ZONE
from bot.languages.phrasebook import Phrasebooks
from bot.teams.cards import LARGEST_CARD, card
from tests.gallery.test_scenes import schema_check
from tests.languages.replies import LANGUAGES, written
from tests.languages.test_replies import values_of

BOOKS = Phrasebooks()
LONGEST_BUTTON = 60  # characters; Teams cuts what is longer on a narrow screen


def everywhere(phrase: Phrase) -> Reply:
    """Return a reply that has the phrase in every place of a card."""
    offer = Offer(label=phrase, command=Undo())
    return Reply(
        tone=Tone.INFO,
        title=phrase,
        shows="Busy",
        facts=(Fact(label=phrase, value=phrase), Fact(label=Phrase("fact-message"), value=phrase)),
        items=(Item(label=phrase, lines=(phrase, phrase), offers=(offer,)),),
        notes=(phrase,),
        offers=(offer,),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_fits_on_a_card_in_every_place(language: str) -> None:
    check = schema_check()
    moment = Moment(now=NOW, zone=ZONE, locale=language)
    for number, message in enumerate(written(language)):
        made = card(
            everywhere(Phrase(message.key, values_of(message))), moment, BOOKS, data=lambda _: {}
        )
        if number % 50 == 0:  # the words make no difference to it, and it is slow
            assert [error.message for error in check.iter_errors(made)] == [], message.key
        assert len(json.dumps(made, ensure_ascii=False).encode()) <= LARGEST_CARD, message.key
        assert made["body"][0]["columns"][1]["items"][0]["text"].strip(), message.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_is_short_in_every_language(language: str) -> None:
    moment = Moment(now=NOW, zone=ZONE, locale=language)
    book = BOOKS.for_locale(language)
    for message in written(language):
        if message.key.startswith(("offer-", "suggest-", "instead-")):
            label = book.text(Phrase(message.key, values_of(message)), moment)
            assert len(label) <= LONGEST_BUTTON, label
