"""What every phrase book must hold: all phrases, whole, in its own language."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from bot.domain.commands import Command
from bot.domain.moment import Moment
from bot.domain.plan_commands import Cancel, Target
from bot.domain.presence import Availability
from bot.domain.reply import Argument, Phrase
from bot.grammar.reading import Understood
from bot.grammar.understand import Grammar
from bot.languages.phrasebook import Phrasebooks
from tests.languages.replies import LANGUAGES, Written, written

BOOKS = Phrasebooks()
WRITTEN = {language: written(language) for language in LANGUAGES}
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
OTHERS = LANGUAGES[1:]

# Names, and marks that stand for themselves, are the same in every language.
_NAMES = re.compile(r"\b(?:Microsoft|Teams|Graph|Outlook|JSON|MIT)\b")
# Words that English and another language write alike.
SAME: dict[str, set[str]] = {
    "de": {"In", "Offline", "Plan", "Status", "Name", "Details"},
    "fr": {"Message", "Plan", "Notes", "Date", "Question", "Suggestions"},
    "es": {"Plan", "Error", "No"},
}
# English words that no other of our languages has.
_ENGLISH = re.compile(
    r"\b(?:the|you|your|this|that|is|it|not|will|have|and|with|of|until)\b", re.I
)
_SCRIPTS = {"ru": re.compile(r"[а-яё]", re.I), "zh": re.compile(r"[\u4e00-\u9fff]")}
_LATIN = re.compile(r"[A-Za-z]+")

VALUES: dict[str, Argument] = {
    "availability": Availability.DO_NOT_DISTURB,
    "end": NOW + timedelta(hours=2),
    "at": NOW + timedelta(days=1, hours=2),
    "start": NOW + timedelta(days=3),
    "until": NOW + timedelta(days=9),
    "by": timedelta(minutes=30),
    "left": timedelta(minutes=5),
    "wait": timedelta(seconds=90),
    "most": timedelta(hours=8),
    "state": Phrase("seen-InAMeeting"),
}


def values_of(message: Written, count: int = 3) -> dict[str, Argument]:
    """Return a sample for each variable of a message; a number for one that chooses a form."""
    return {
        name: count if name in message.selectors else VALUES.get(name, f"«{name}»")
        for name in message.variables
    }


def say(language: str, key: str, values: dict[str, Argument]) -> str:
    moment = Moment(now=NOW, zone=ZoneInfo("Europe/Berlin"), locale=language)
    return BOOKS.for_locale(language).text(Phrase(key, values), moment)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_missing_or_unknown_or_said_twice(language: str) -> None:
    keys = Counter(message.key for message in WRITTEN[language])
    assert [key for key, times in keys.items() if times > 1] == []
    english = {message.key for message in WRITTEN["en"]}
    assert sorted(english - keys.keys()) == []
    assert sorted(keys.keys() - english) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_has_the_same_variables_in_every_language(language: str) -> None:
    english = {message.key: message.variables for message in WRITTEN["en"]}
    differing = {m.key: m.variables ^ english[m.key] for m in WRITTEN[language]}
    assert {key: names for key, names in differing.items() if names} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_value_is_left_in_english(language: str) -> None:
    english = {message.key: message.words.strip() for message in WRITTEN["en"]}
    left = []
    for message in WRITTEN[language]:
        words = _NAMES.sub("", message.words).strip()
        if not _LATIN.search(english[message.key]):
            continue  # only marks and variables
        same = (
            words == _NAMES.sub("", english[message.key]).strip() and words not in SAME[language]
        )
        if same or _ENGLISH.search(words):
            left.append(message)
    assert left == []


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_russian_and_chinese_are_in_their_own_script(language: str) -> None:
    for message in WRITTEN[language]:
        letters = re.findall(r"[^\W\d_]", _NAMES.sub("", message.words))
        assert [letter for letter in letters if not _SCRIPTS[language].match(letter)] == [], (
            message
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_can_be_said(language: str) -> None:
    for message in WRITTEN[language]:
        said = say(language, message.key, values_of(message))
        assert said.strip(), message.key
        assert not re.search(r"[{}$\ue000\ue001]", said), message.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_finds_its_own_plural_form(language: str) -> None:
    """Integers of a language take these forms only; a fraction is never counted here."""
    needed = {Locale.parse(language).plural_form(n) for n in (0, 1, 2, 5, 21)}
    english = {message.key for message in WRITTEN["en"] if message.selectors}
    for message in WRITTEN[language]:
        if message.key not in english or not message.selectors:
            continue
        assert needed <= message.forms, message.key
        for count in (0, 1, 2, 5, 21):
            assert say(language, message.key, values_of(message, count)), message.key


@pytest.mark.parametrize(
    ("language", "key", "said"),
    [
        ("en", "list-title", ["0 plans", "One plan", "2 plans", "5 plans", "21 plans"]),
        ("de", "list-title", ["0 Pläne", "Ein Plan", "2 Pläne", "5 Pläne", "21 Pläne"]),
        ("fr", "list-title", ["0 plan", "1 plan", "2 plans", "5 plans", "21 plans"]),
        ("es", "list-title", ["0 planes", "Un plan", "2 planes", "5 planes", "21 planes"]),
        ("ru", "list-title", ["0 планов", "1 план", "2 плана", "5 планов", "21 план"]),
        ("zh", "list-title", ["0 个计划", "1 个计划", "2 个计划", "5 个计划", "21 个计划"]),
        (
            "ru",
            "cancelled",
            [
                "Отменено 0 планов",
                "Отменён 1 план",
                "Отменено 2 плана",
                "Отменено 5 планов",
                "Отменён 21 план",
            ],
        ),
    ],
)
def test_counted_things_agree_with_their_number(language: str, key: str, said: list[str]) -> None:
    assert [say(language, key, {"count": count}) for count in (0, 1, 2, 5, 21)] == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("de-DE", "Beschäftigt bis Mi., 11. März, 15:00"),
        ("fr-FR", "Occupé jusqu’à mer. 11 mars, 15:00"),
        ("es-ES", "Ocupado hasta mié, 11 mar, 15:00"),
        ("ru-RU", "Занят до ср, 11 мар., 15:00"),
        ("zh-CN", "忙碌，到 3月11日周三 15:00"),
    ],
)
def test_a_title_is_in_the_persons_language_to_the_last_character(locale: str, said: str) -> None:
    end = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
    moment = Moment(now=NOW, zone=ZoneInfo("Europe/Berlin"), locale=locale)
    phrase = Phrase("set-until", {"availability": Availability.BUSY, "end": end})
    assert BOOKS.text(phrase, moment) == said


# The marks that say which words to say: all of them in each language.
_QUOTED = re.compile("[“„«]\\s*([^“”„«»]+?)\\s*[”“»]")


def quoting() -> list[str]:
    """Return the keys whose English quotes words to say, and not somebody's own words."""
    own = {"said", "name", "place", "plan"}
    keys = [m.key for m in WRITTEN["en"] if _QUOTED.search(m.raw) and not m.variables & own]
    return [key for key in keys if None not in told(key, "en")]  # None: a part of what to say


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_reply_tells_people_to_say_is_understood(language: str) -> None:
    """The words in a reply mean in every language what they mean in English."""
    meant = {key: told(key, "en") for key in quoting()}
    assert Cancel(target=Target.SCHEDULE, ref="2") in meant["list-how-to-cancel"]
    assert {key: told(key, language) for key in meant} == meant


def told(key: str, language: str) -> list[Command | None]:
    """Return what the words that a reply quotes are understood as."""
    moment = Moment(now=NOW, zone=ZoneInfo("Europe/Berlin"), locale=language)
    grammar = Grammar()
    readings = [
        grammar.understand(words, moment)
        for words in _QUOTED.findall(
            re.sub("…+", "Paris", say(language, key, {**VALUES, "number": 2, "text": "yoga"}))
        )
    ]
    return [r.command if isinstance(r, Understood) else None for r in readings]
