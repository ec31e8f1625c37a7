from __future__ import annotations

from datetime import timedelta

from bot.playground.graph import rules
from tests.playground.hand_clock import START


def test_a_state_remembers_no_more_than_the_longest_lag_needs() -> None:
    state = rules.fresh(START)
    for minute in range(1, 61):
        now = START + timedelta(minutes=minute)
        state = rules.write_status(state, now, text=f"{minute}", expires=None)
    oldest = rules.seen(state, now, rules.LONGEST_LAG)
    assert oldest.view.status is not None
    assert oldest.view.status.text == "50"
    assert state.shown[0] == oldest
