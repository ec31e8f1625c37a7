"""A reminder that is brought again: "tomorrow morning" counts from when it is pressed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.moment import Moment
from bot.domain.plan_commands import Remind
from bot.domain.timers import FreeReminder
from bot.gallery.scenes import NOW, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar


async def test_tomorrow_morning_is_the_one_after_the_press() -> None:
    stage = Stage(moment=Moment(now=NOW, zone=ZONE), grammar=Grammar())
    await stage.press(Remind(text="call the bank", at=NOW + timedelta(minutes=5)))
    reminder = await stage.fire(FreeReminder)
    stage.wait(timedelta(days=2))
    (tomorrow,) = [one for one in reminder.offers if one.label.key == "offer-snooze-tomorrow"]
    snoozed = await stage.press(tomorrow.command)
    assert snoozed.title.key == "reminder-set"
    morning = datetime(2026, 3, 13, 8, tzinfo=UTC)  # 9:00 in Berlin, on Friday
    assert snoozed.title.values == {"at": morning}
    assert [one.due for one in stage.record.timers] == [morning]
    again = await stage.fire(FreeReminder)
    assert again.title.values == {"text": "call the bank"}
