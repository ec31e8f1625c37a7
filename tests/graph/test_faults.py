"""A small form of the fault matrix; `python -m tests.long graph_faults` is the long one."""

from __future__ import annotations

import pytest

from tests.graph.faults import run
from tests.graph.stub import MIXED


async def test_most_commands_get_through_when_three_in_ten_answers_are_faults() -> None:
    tally = await run(commands=100, share=0.3, seed=4)
    assert tally.done >= 95, tally
    assert tally.done + tally.titles.total() == tally.commands, tally
    assert tally.without_retry == 0, tally
    assert tally.sent <= 1.7 * tally.needed, tally
    assert (tally.too_early, tally.false_claims) == (0, []), tally
    assert tally.longest <= 10.0, tally


@pytest.mark.parametrize("kind", MIXED)
async def test_when_everything_fails_nothing_is_claimed_and_little_is_sent(kind: str) -> None:
    tally = await run(commands=150, share=1.0, kinds=[kind])
    assert tally.done == 0, tally
    assert (tally.titles.total(), tally.without_retry) == (tally.commands, 0), tally
    assert tally.sent <= 1.2 * tally.needed, tally
    assert (tally.too_early, tally.false_claims) == (0, []), tally
    assert tally.longest <= 10.0, tally
