"""Phrases in the person's own language, with dates, lengths and numbers in their style."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_skeleton, format_time, get_datetime_format
from babel.units import format_unit
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

from bot.domain.moment import Moment
from bot.domain.presence import Availability
from bot.domain.reply import Phrase

FOLDER = Path(__file__).parent
FALLBACK = "en"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_HEADER = 200  # characters of Accept-Language that are read

# Fluent refuses values of more than 1,000 characters, so people's words are put in afterwards.
_PLACE = re.compile("\ue000([0-9]+)\ue001")

# English stands behind every book, and is read once. Where in the file a word stood is half of the
# memory that a book takes.
_parsed = cache(FluentParser(with_spans=False).parse)

# What CLDR also has: names that no phrase says. They are three quarters of what a locale takes.
_UNSAID = (
    "compact_currency_formats", "compact_decimal_formats", "compound_unit_patterns",
    "currency_formats", "currency_names", "currency_names_plural", "currency_symbols",
    "currency_unit_patterns", "date_fields", "interval_formats", "languages", "meta_zones",
    "scripts", "territories", "time_zones", "unit_display_names", "variants", "zone_formats",
)  # fmt: skip
_SAID_UNITS = "duration-"
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def _as_it_is(text: str) -> str:
    return text


@cache
def _lightened(language: str) -> None:
    """Take out of the memory of a language, and so of its regions, what no phrase says.

    Babel keeps what it has loaded once, and gives the same dictionary each time.
    """
    data = localedata.load(language)
    for name in _UNSAID:
        data.pop(name, None)
    units = data["unit_patterns"]
    data["unit_patterns"] = {one: units[one] for one in units if one.startswith(_SAID_UNITS)}


@cache
def _locale(tag: str, language: str) -> Locale:
    """Return the CLDR locale for words in `language` and the customs of the region in `tag`."""
    subtags = tag.replace("_", "-").split("-")
    for candidate in ("_".join(subtags), f"{language}_{subtags[-1].upper()}", language):
        try:
            locale = Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
        if locale.language == language:
            return locale
    raise UnknownLocaleError(language)


class Phrasebook:
    """All phrases of one language; English stands in for what it lacks."""

    def __init__(self, language: str, sources: dict[str, str]) -> None:
        """Read `sources`: the text of `replies.ftl` by language, English among them."""
        self.language = language
        _lightened("root")  # before what inherits from it
        self._bundles: dict[str, FluentBundle] = {}
        self._fixed: dict[str, str] = {}  # phrases without values, which are always the same
        for name in dict.fromkeys((language, FALLBACK)):
            _lightened(name)
            bundle = FluentBundle([name], use_isolating=False)
            bundle.add_resource(_parsed(sources[name]))
            self._bundles[name] = bundle

    def has(self, key: str) -> bool:
        """Return whether this language itself has words for a key."""
        return bool(self._bundles[self.language].has_message(key))

    def text(
        self, phrase: Phrase, moment: Moment, *, escape: Callable[[str], str] = _as_it_is
    ) -> str:
        """Return `phrase` in words; `escape` is applied to what people wrote themselves.

        An instant is wall time in the moment's zone: the time alone where it is today, else with
        weekday, day and month. Raises KeyError for a phrase that no language has, and ValueError
        for one whose values do not fit: both are mistakes in the program.
        """
        if not phrase.values and (known := self._fixed.get(phrase.key)) is not None:
            return known
        name, bundle = next(
            ((n, b) for n, b in self._bundles.items() if b.has_message(phrase.key)), (None, None)
        )
        if name is None or bundle is None:
            raise KeyError(phrase.key)
        locale = _locale(moment.locale, name)
        words: list[str] = []
        values: dict[str, str | int] = {}
        for key, value in phrase.values.items():
            if isinstance(value, Phrase):
                values[key] = f"\ue000{len(words)}\ue001"
                words.append(self.text(value, moment, escape=escape))
            elif isinstance(value, str) and not isinstance(value, Availability):
                values[key] = f"\ue000{len(words)}\ue001"
                words.append(escape(value))
            else:
                values[key] = self._argument(value, moment, locale)
        pattern = bundle.get_message(phrase.key).value
        if pattern is None:
            raise KeyError(phrase.key)
        text, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise ValueError(f"phrase {phrase.key}: {errors[0]}")
        if not phrase.values:
            return self._fixed.setdefault(phrase.key, str(text))
        return _PLACE.sub(lambda place: words[int(place.group(1))], str(text))

    def _argument(
        self,
        value: int | date | datetime | timedelta | Availability,
        moment: Moment,
        locale: Locale,
    ) -> str | int:
        match value:
            case Availability():
                return self.text(Phrase(f"availability-{value.value}"), moment)
            case datetime():
                return _instant(value, moment, locale)
            case date():
                return str(format_skeleton("yMMMEd", value, locale=locale))
            case timedelta():
                return self._length(value, moment, locale)
            case _:
                return value

    def _length(self, length: timedelta, moment: Moment, locale: Locale) -> str:
        """Return a length in its two largest units: what is finer is not for people."""
        rest = round(length.total_seconds())
        parts: list[str] = []
        for unit, seconds in _UNITS:
            count, rest = divmod(rest, seconds)
            if count:
                parts.append(_count_of(unit, count, locale))
            elif parts:
                break  # "2 days", not "2 days 5 seconds"
            if len(parts) == 2:
                break
        match parts:
            case [first, second]:
                return self.text(
                    Phrase("length-of-two", {"first": first, "second": second}), moment
                )
            case [only]:
                return only
            case _:
                return _count_of("minute", 0, locale)


@lru_cache(maxsize=4096)
def _count_of(unit: str, count: int, locale: Locale) -> str:
    # Chinese has one form, and CLDR lists it as the short one only.
    style: Literal["short", "long"] = "short" if locale.language == "zh" else "long"
    return format_unit(count, f"{_SAID_UNITS}{unit}", style, locale=locale)


def _instant(instant: datetime, moment: Moment, locale: Locale) -> str:
    wall = moment.wall(instant)
    at = _time_of_day(time(wall.hour, wall.minute), locale)
    if wall.date() == moment.local.date():
        return at
    day = _day(wall.date(), locale)
    return str(get_datetime_format("medium", locale=locale)).format(at, day)


# CLDR's patterns are read anew at each call: a card says the same few times again and again.
@lru_cache(maxsize=4096)
def _time_of_day(at: time, locale: Locale) -> str:
    # CLDR writes "3:00 PM" with a narrow no-break space, which nobody finds by typing.
    return format_time(at, "short", locale=locale).replace("\u202f", " ")


@lru_cache(maxsize=4096)
def _day(day: date, locale: Locale) -> str:
    return str(format_skeleton("MMMEd", day, locale=locale))


class Phrasebooks:
    """The phrase books of every language folder that has a `replies.ftl`.

    A book is read when it is first needed: reading all six takes as long as a tenth of the start.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._sources = {
            path.parent.name: path.read_text(encoding="utf-8")
            for path in sorted(folder.glob("*/replies.ftl"))
        }
        self._books: dict[str, Phrasebook] = {}
        self._book(FALLBACK)

    def warm_up(self) -> None:
        """Read the books that were not needed yet; may run in a thread of its own."""
        for language in self._sources:
            self._book(language)

    def _book(self, language: str) -> Phrasebook:
        book = self._books.get(language)
        if book is None:
            book = self._books[language] = Phrasebook(language, self._sources)
        return book

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that there are books for."""
        return tuple(self._sources)

    def best_for(self, accepted: str) -> str:
        """Return the language that a browser likes best, by the header Accept-Language.

        https://www.rfc-editor.org/rfc/rfc9110#field.accept-language
        """
        liked: list[tuple[float, str]] = []
        for part in accepted[:_LONGEST_HEADER].split(","):
            tag, _, weight = part.partition(";q=")
            language = tag.strip().split("-")[0].lower()
            try:
                liked.append((float(weight or 1), language))
            except ValueError:
                continue
        known = [one for one in liked if one[1] in self._sources and one[0] > 0]
        return max(known, key=lambda one: one[0])[1] if known else FALLBACK

    def for_locale(self, locale: str | None) -> Phrasebook:
        """Return the book for a BCP 47 tag: that of its language ("de-AT": de), else English."""
        language = (locale or FALLBACK).replace("_", "-").split("-")[0].lower()
        return self._book(language if language in self._sources else FALLBACK)

    def plain(self, key: str, language: str) -> str:
        """Return a phrase that has no values, so that no moment matters."""
        at_any_time = Moment(now=_EPOCH, zone=ZoneInfo("UTC"), locale=language)
        return self.text(Phrase(key), at_any_time)

    def text(
        self, phrase: Phrase, moment: Moment, *, escape: Callable[[str], str] = _as_it_is
    ) -> str:
        """Return `phrase` in the words of the moment's locale; see Phrasebook.text."""
        return self.for_locale(moment.locale).text(phrase, moment, escape=escape)
