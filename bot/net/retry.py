"""When a request is sent again: what the service asks for, back-off, and an allowance."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

LONGEST_RETRY_AFTER = 3600.0
BASE = 0.5
LONGEST_BACK_OFF = 8.0


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a Retry-After header asks for, at most an hour.

    Fractions are taken although RFC 9110 knows none: Microsoft's own sample has one. The form
    with a date is counted from the answer's own Date, so that no clock of ours enters. None where
    the header is missing, negative or not readable.
    """
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            at = parsedate_to_datetime(value)
            seconds = (at - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
        except (TypeError, ValueError):
            return None
    if not math.isfinite(seconds) or seconds < 0:
        return None
    return min(seconds, LONGEST_RETRY_AFTER)


def back_off(attempt: int, random: Callable[[], float]) -> float:
    """Return the seconds to wait after failed attempt number `attempt` (from 1): full jitter."""
    return random() * min(LONGEST_BACK_OFF, BASE * 2.0**attempt)


class Allowance:
    """What a host may cost in repeats: each takes 1, each good answer earns a half, 20 at most.

    When a host fails for everybody, repeats end soon, and the load on it stays near one request
    for each that is needed.
    """

    MOST = 20.0
    EARNED = 0.5

    def __init__(self) -> None:
        self._left = self.MOST

    def earn(self) -> None:
        """Note a good answer."""
        self._left = min(self.MOST, self._left + self.EARNED)

    def take(self) -> bool:
        """Take one repeat; false where none is left."""
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
