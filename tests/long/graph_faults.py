"""The fault matrix of the Graph client: 1,000 commands against a Graph that fails.

Waits are on a clock that only waits move; stalls are real, and short.
"""

from __future__ import annotations

import asyncio
import logging
import time

from tests.graph.faults import Tally, run
from tests.graph.stub import MIXED

WORST = ("429", "503", "reset, never carried out", "stall, never carried out")


def problems(tally: Tally, *, least_done: int, most_sent: float) -> list[str]:
    return [
        text
        for text, wrong in (
            (f"fewer than {least_done} done", tally.done < least_done),
            ("done although everything fails", least_done == 0 and tally.done > 0),
            (f"more than {most_sent} requests", tally.sent > most_sent * tally.needed),
            ("earlier than Retry-After", tally.too_early > 0),
            ("a false claim", bool(tally.false_claims)),
            ("trouble told without Retry", tally.without_retry > 0),
            ("a call took longer than 10 s", tally.longest > 10.0),
        )
        if wrong
    ]


async def _all() -> int:
    failed = 0
    logging.disable(logging.WARNING)  # each command that fails is a warning, and counted below
    for name, kinds, share, least_done, most_sent in [
        ("30 % faults of every kind", MIXED, 0.3, 950, 1.7),
        ("30 % faults, what is lost is never carried out", WORST, 0.3, 950, 1.7),
        *((f"nothing but {kind}", (kind,), 1.0, 0, 1.2) for kind in MIXED),
    ]:
        started = time.perf_counter()
        tally = await run(commands=1000, share=share, kinds=kinds, seed=11, attempt_timeout=0.06)
        wrong = problems(tally, least_done=least_done, most_sent=most_sent)
        failed += bool(wrong)
        print(f"{name}: {tally}; {time.perf_counter() - started:.0f} s {wrong or 'ok'}")  # noqa: T201  # a report
    return failed


def main(_arguments: list[str]) -> int:
    """Run every row and return how many did not hold."""
    return asyncio.run(_all())
