"""What a person chooses for good: language and working hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from bot.domain.commands import SetLanguage, SetWorkingHours
from bot.domain.person import WorkingDay
from bot.domain.reply import Phrase, Reply, Tone
from bot.service.ports import Outcome, SaveSettings
from bot.service.saying import sorry
from bot.service.turn import Turn

LANGUAGES = ("en", "de", "fr", "es", "ru", "zh")


async def set_language(turn: Turn, command: SetLanguage) -> Outcome:
    """Set the language of the answers; this answer is the first in it."""
    if command.language not in LANGUAGES:
        return Outcome(reply=sorry(Phrase("language-unknown")))
    settings = replace(turn.record.settings, language=command.language)
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("language-set"),
            notes=(Phrase("language-any-understood"),),
        ),
        changes=(SaveSettings(settings=settings),),
    )


async def set_working_hours(turn: Turn, command: SetWorkingHours) -> Outcome:
    """Set when the working day starts and ends: "end of day" and "until tomorrow" mean it."""
    days = command.days or turn.record.settings.working_day.days
    day = WorkingDay(start=command.start, end=command.end, days=days)
    settings = replace(turn.record.settings, working_day=day)
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("hours-set", hours(turn, day)),
            notes=(Phrase("hours-mean"),),
        ),
        changes=(SaveSettings(settings=settings),),
    )


def hours(turn: Turn, day: WorkingDay) -> dict[str, datetime | int]:
    """Return the values of a phrase about working hours."""

    def today(wall: time) -> datetime:
        return turn.moment.instant(datetime.combine(turn.moment.local.date(), wall))

    return {"start": today(day.start), "end": today(day.end), "days": len(day.days)}
