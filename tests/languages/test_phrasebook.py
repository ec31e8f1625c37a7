"""Phrases in a person's own language and style. English is ours; the other books are made here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.moment import Moment
from bot.domain.presence import Availability
from bot.domain.reply import Argument, Phrase
from bot.languages.phrasebook import Phrasebooks

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
ENGLISH = """
availability-Busy = Busy
busy-until = Busy until { $end }
for = For { $length }
said = You said: { $words }
only-english = Only here
plans = { $count ->
    [one] One plan
   *[other] { $count } plans
}
length-of-two = { $first } { $second }
"""
GERMAN = """
availability-Busy = Beschäftigt
busy-until = Beschäftigt bis { $end }
is = Du bist { $what }
"""
RUSSIAN = """
for = Длительность: { $length }
plans = { $count ->
    [one] { $count } план
    [few] { $count } плана
   *[many] { $count } планов
}
"""


@pytest.fixture
def books(tmp_path: Path) -> Phrasebooks:
    for name, source in (("en", ENGLISH), ("de", GERMAN), ("ru", RUSSIAN)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "replies.ftl").write_text(source, encoding="utf-8")
    (tmp_path / "xx").mkdir()  # a language without replies yet
    return Phrasebooks(tmp_path)


def moment(locale: str = "en-GB") -> Moment:
    return Moment(now=NOW, zone=ZoneInfo("Europe/Berlin"), locale=locale)


def phrase(key: str, **values: Argument) -> Phrase:
    return Phrase(key, values)


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en-GB", "Busy until 15:00"),
        ("en-US", "Busy until 3:00 PM"),
        ("en-DE", "Busy until 15:00"),
        ("de-AT", "Beschäftigt bis 15:00"),
        ("de_DE", "Beschäftigt bis 15:00"),
    ],
)
def test_an_end_today_is_a_time_in_the_style_of_the_region(
    books: Phrasebooks, locale: str, shown: str
) -> None:
    end = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
    assert books.text(phrase("busy-until", end=end), moment(locale)) == shown


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en-GB", "Busy until Wed 11 Mar, 15:00"),
        ("en-US", "Busy until Wed, Mar 11, 3:00 PM"),
        ("de-DE", "Beschäftigt bis Mi., 11. März, 15:00"),
    ],
)
def test_an_end_on_another_day_has_weekday_day_month_and_time(
    books: Phrasebooks, locale: str, shown: str
) -> None:
    end = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
    assert books.text(phrase("busy-until", end=end), moment(locale)) == shown


def test_today_is_the_persons_day_and_not_that_of_greenwich(books: Phrasebooks) -> None:
    late = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)  # 00:30 of the 11th in Berlin
    assert books.text(phrase("busy-until", end=late), moment()) == "Busy until Wed 11 Mar, 00:30"


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (timedelta(hours=1, minutes=30), "For 1 hour 30 minutes"),
        (timedelta(minutes=1), "For 1 minute"),
        (timedelta(hours=2), "For 2 hours"),
        (timedelta(seconds=90), "For 1 minute 30 seconds"),
        (timedelta(days=2, hours=3, minutes=4), "For 2 days 3 hours"),
        (timedelta(days=2, seconds=5), "For 2 days"),
        (timedelta(0), "For 0 minutes"),
    ],
)
def test_a_length_is_its_two_largest_units(
    books: Phrasebooks, length: timedelta, shown: str
) -> None:
    assert books.text(phrase("for", length=length), moment()) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"), [(1, "1 минута"), (2, "2 минуты"), (5, "5 минут"), (21, "21 минута")]
)
def test_units_take_the_plural_form_of_the_language(
    books: Phrasebooks, minutes: int, shown: str
) -> None:
    length = timedelta(minutes=minutes)
    assert books.text(phrase("for", length=length), moment("ru-RU")) == f"Длительность: {shown}"


@pytest.mark.parametrize("locale", ["en", "de", "fr", "es", "ru", "zh-CN"])
def test_every_language_of_the_bot_has_words_for_all_units(locale: str, tmp_path: Path) -> None:
    language = locale.split("-")[0]
    for name in {language, "en"}:
        (tmp_path / name).mkdir()
        source = "for = { $length }\nlength-of-two = { $first } { $second }\n"
        (tmp_path / name / "replies.ftl").write_text(source, encoding="utf-8")
    books = Phrasebooks(tmp_path)
    for length in (
        timedelta(days=3, hours=4),
        timedelta(minutes=5, seconds=6),
        timedelta(0),
    ):
        assert "duration" not in books.text(phrase("for", length=length), moment(locale))


@pytest.mark.parametrize(
    ("count", "locale", "shown"),
    [
        (1, "en-GB", "One plan"),
        (1234, "en-GB", "1,234 plans"),
        (3, "ru", "3 плана"),
        (11, "ru", "11 планов"),
    ],
)
def test_a_number_chooses_the_plural_form(
    books: Phrasebooks, count: int, locale: str, shown: str
) -> None:
    assert books.text(phrase("plans", count=count), moment(locale)) == shown


def test_an_availability_is_named_in_the_language_of_the_person(books: Phrasebooks) -> None:
    shown = books.text(phrase("is", what=Availability.BUSY), moment("de-DE"))
    assert shown == "Du bist Beschäftigt"


def test_only_what_people_wrote_is_escaped_and_nothing_is_wrapped(books: Phrasebooks) -> None:
    shown = books.text(phrase("said", words="{ $end } a*b"), moment(), escape=str.upper)
    assert shown == "You said: { $END } A*B"


def test_long_words_and_words_like_our_own_marks_come_through(books: Phrasebooks) -> None:
    words = "w" * 5_000 + "\ue0000\ue001"
    assert books.text(phrase("said", words=words), moment()) == f"You said: {words}"


def test_english_stands_in_for_what_a_language_lacks_with_english_dates(
    books: Phrasebooks,
) -> None:
    assert books.text(phrase("only-english"), moment("de-DE")) == "Only here"
    end = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
    assert books.text(phrase("busy-until", end=end), moment("ru-RU")).startswith("Busy until Wed")


@pytest.mark.parametrize("locale", ["pt-BR", "tlh", "", "xx-YY", "not a locale!"])
def test_a_language_that_there_is_no_book_for_is_answered_in_english(
    books: Phrasebooks, locale: str
) -> None:
    shown = books.text(phrase("for", length=timedelta(minutes=2)), moment(locale))
    assert shown == "For 2 minutes"


def test_an_unknown_phrase_is_a_mistake_of_the_program(books: Phrasebooks) -> None:
    with pytest.raises(KeyError, match="no-such-phrase"):
        books.text(phrase("no-such-phrase"), moment())


def test_a_phrase_that_lacks_a_value_is_a_mistake_of_the_program(books: Phrasebooks) -> None:
    with pytest.raises(ValueError, match="busy-until"):
        books.text(phrase("busy-until"), moment())


def test_the_english_book_names_every_availability() -> None:
    english = Phrasebooks().for_locale("en")
    names = {english.text(Phrase(f"availability-{a.value}"), moment()) for a in Availability}
    assert len(names) == len(Availability)
