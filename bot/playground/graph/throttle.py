"""How many reads Graph takes: 1,500 in 30 seconds for an application in a tenant."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from datetime import datetime, timedelta

from bot.playground.graph.errors import Refusal

MOST = 1_500
WINDOW = timedelta(seconds=30)


class Throttle:
    """Counts reads in a sliding window; a read that is refused is not counted."""

    def __init__(self) -> None:
        self._reads: defaultdict[tuple[str, str], deque[datetime]] = defaultdict(deque)

    def count(self, app: str, tenant: str, now: datetime) -> None:
        """Count one read; raises Refusal (429) with the seconds to wait in Retry-After."""
        reads = self._reads[app, tenant]
        while reads and reads[0] <= now - WINDOW:
            reads.popleft()
        if len(reads) >= MOST:
            wait = math.ceil((reads[0] + WINDOW - now).total_seconds())
            raise Refusal(
                429, "TooManyRequests", "Too many requests.", {"Retry-After": str(max(wait, 1))}
            )
        reads.append(now)
