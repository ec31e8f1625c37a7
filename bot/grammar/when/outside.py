"""dateparser as the calendar engine for dates that our own rules do not know, behind a gate.

Only a short phrase that names a year or a month reaches it, in one language, and its answer counts
only if the day number stands in the text. See "Silent wrong answers" in the project's facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

_LONGEST = 60
_DIGITS = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)")
_CLOCK = re.compile(r"\d\s*[:h]\s*\d|\d\s*(?:am|pm|uhr)\b", re.IGNORECASE)
_ANY_DAY = date(2026, 1, 1)


def outside_date(phrase: str, language: str, now: datetime) -> date | None:
    """Return the day that a date phrase names, or none where that is not sure.

    `now` is naive wall time. Only phrases with a day and a year and without a clock are asked.
    """
    text = phrase.strip()
    if len(text) > _LONGEST or _CLOCK.search(text) or not _YEAR.search(text):
        return None
    days = {int(d) for d in _DIGITS.findall(text)}
    if len(days) != 1:
        return None
    found = _parse(text, language, now.date())
    year = _YEAR.search(text)
    if found is None or found.day not in days or year is None or found.year != int(year[0]):
        return None
    return found


def warm_up(languages: Iterable[str]) -> None:
    """Load dateparser with these languages, for whoever times each phrase by itself."""
    for language in languages:
        _parse("3 foo 2026", language, _ANY_DAY)


@lru_cache(maxsize=512)
def _parse(text: str, language: str, today: date) -> date | None:
    # 13 MB and a tenth of a second, for what hardly any command holds: when it is first needed.
    import dateparser

    found = dateparser.parse(
        text,
        languages=[language],
        settings={
            "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
            "PREFER_DATES_FROM": "future",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return None if found is None else found.date()
