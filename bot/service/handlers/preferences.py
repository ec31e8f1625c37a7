"""What a person chooses for good: language, zone, working hours, reminders, usual lengths."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import available_timezones

from bot.domain.own_commands import ChangeSettings, ListPresets, SetLanguage, SetWorkingHours
from bot.domain.person import Settings, UsualLength, WorkingDay
from bot.domain.presence import Availability
from bot.domain.reply import Argument, Choice, Field, Input, Offer, Phrase, Reply, Tone
from bot.service.changes import Change, Drop, SaveSettings
from bot.service.handlers import zones
from bot.service.ports import Outcome
from bot.service.saying import sorry
from bot.service.turn import Turn

# Each by its own name, so that whoever cannot read the others finds it.
LANGUAGES = {
    "en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "ru": "Русский",
    "zh": "中文",
}  # fmt: skip
AS_IT_COMES = "usual"  # what a choice says that leaves it to the device, or to Teams
# One zone for each offset and region that people work in; any other can be said in words.
_ZONES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver",
    "America/Mexico_City", "America/Chicago", "America/New_York", "America/Bogota",
    "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "UTC", "Europe/London", "Europe/Madrid",
    "Europe/Paris", "Europe/Berlin", "Europe/Zurich", "Europe/Kyiv", "Europe/Moscow",
    "Africa/Johannesburg", "Asia/Dubai", "Asia/Kolkata", "Asia/Bangkok", "Asia/Shanghai",
    "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
_LENGTHS = tuple(timedelta(minutes=m) for m in (10, 15, 30, 45, 60, 90, 120, 240, 480))
_STATES = {
    "length_busy": Availability.BUSY,
    "length_dnd": Availability.DO_NOT_DISTURB,
    "length_brb": Availability.BE_RIGHT_BACK,
    "length_away": Availability.AWAY,
}


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
            title=Phrase("hours-set", _hours(turn, day)),
            notes=(Phrase("hours-mean"),),
        ),
        changes=(SaveSettings(settings=settings),),
    )


def _hours(turn: Turn, day: WorkingDay) -> dict[str, Argument]:
    def today(wall: time) -> datetime:
        return turn.moment.instant(datetime.combine(turn.moment.local.date(), wall))

    return {"start": today(day.start), "end": today(day.end), "days": len(day.days)}


def settings_card(turn: Turn, settings: Settings | None = None) -> Reply:
    """Return what the person has chosen, to be changed."""
    shown = settings or turn.record.settings
    return Reply(
        tone=Tone.INFO,
        title=Phrase("settings-title"),
        inputs=(
            _zone(shown),
            _language(shown),
            *_working_day(shown),
            Input(
                id="end_reminders",
                kind=Field.SWITCH,
                label=Phrase("settings-reminders"),
                value="true" if shown.end_reminders else "false",
            ),
            *(_usual_length(shown, name, state) for name, state in _STATES.items()),
        ),
        notes=(Phrase("settings-zone-in-words"),),
        offers=(
            Offer(label=Phrase("offer-save"), command=ChangeSettings()),
            Offer(label=Phrase("offer-presets"), command=ListPresets()),
        ),
    )


def _zone(settings: Settings) -> Input:
    own = settings.own_zone
    names = _ZONES if own is None or own in _ZONES else (own, *_ZONES)
    device = Phrase("settings-as-device", {"zone": settings.zone or "UTC"})
    return Input(
        id="zone",
        kind=Field.CHOICE,
        label=Phrase("settings-zone"),
        value=own or AS_IT_COMES,
        choices=(
            Choice(value=AS_IT_COMES, label=device),
            *(Choice(value=name, label=Phrase("quote", {"text": name})) for name in names),
        ),
    )


def _language(settings: Settings) -> Input:
    return Input(
        id="language",
        kind=Field.CHOICE,
        label=Phrase("settings-language"),
        value=settings.language or AS_IT_COMES,
        choices=(
            Choice(value=AS_IT_COMES, label=Phrase("settings-as-teams")),
            *(
                Choice(value=code, label=Phrase("quote", {"text": name}))
                for code, name in LANGUAGES.items()
            ),
        ),
    )


def _working_day(settings: Settings) -> tuple[Input, Input]:
    day = settings.working_day
    return (
        Input(
            id="day_start",
            kind=Field.TIME,
            label=Phrase("settings-day-start"),
            value=day.start.isoformat("minutes"),
        ),
        Input(
            id="day_end",
            kind=Field.TIME,
            label=Phrase("settings-day-end"),
            value=day.end.isoformat("minutes"),
        ),
    )


def _usual_length(settings: Settings, name: str, state: Availability) -> Input:
    length = settings.usual_length(state)
    return Input(
        id=name,
        kind=Field.CHOICE,
        label=Phrase("settings-length", {"availability": state}),
        value=AS_IT_COMES if length is None else _minutes(length),
        choices=(
            Choice(value=AS_IT_COMES, label=Phrase("settings-no-length")),
            *(
                Choice(value=_minutes(one), label=Phrase("settings-one-length", {"length": one}))
                for one in _LENGTHS
            ),
        ),
    )


def _minutes(length: timedelta) -> str:
    return str(int(length / timedelta(minutes=1)))


async def change_settings(turn: Turn, command: ChangeSettings) -> Outcome:
    """Take over what was filled in, all of it or, where something cannot be, nothing."""
    settings = turn.record.settings
    day = _day_of(command, settings.working_day)
    lengths = _lengths_of(command, settings)
    zone_fits = command.zone in (None, AS_IT_COMES) or command.zone in available_timezones()
    language_fits = command.language in (None, AS_IT_COMES, *LANGUAGES)
    if day is None or lengths is None or not zone_fits or not language_fits:
        problem = "settings-hours-wrong" if day is None else "settings-wrong"
        return Outcome(reply=replace(settings_card(turn), title=Phrase(problem), tone=Tone.SORRY))
    zone = _chosen(command.zone, settings.own_zone)
    asked = settings.asked_zone if zone == settings.own_zone else zone or settings.zone
    reminds = settings.end_reminders
    if command.end_reminders is not None:
        reminds = command.end_reminders == "true"
    changed = replace(
        settings,
        own_zone=zone,
        asked_zone=asked,
        language=_chosen(command.language, settings.language),
        working_day=day,
        end_reminders=reminds,
        usual_lengths=lengths,
    )
    changes: list[Change] = [SaveSettings(settings=changed)]
    if settings.end_reminders and not reminds:
        changes.append(Drop(timer=turn.end_timer))
    if (local := changed.local_zone) is not None and local != settings.local_zone:
        changes.append(zones.question(turn.person, local, turn.now))  # does what recurs move?
    reply = replace(settings_card(turn, changed), title=Phrase("settings-saved"), tone=Tone.DONE)
    return Outcome(reply=reply, changes=tuple(changes))


def _chosen(value: str | None, kept: str | None) -> str | None:
    """Return what was chosen; what is none stays as it was kept."""
    if value is None:
        return kept
    return None if value == AS_IT_COMES else value


def _day_of(command: ChangeSettings, day: WorkingDay) -> WorkingDay | None:
    try:
        start = time.fromisoformat(command.day_start) if command.day_start else day.start
        end = time.fromisoformat(command.day_end) if command.day_end else day.end
    except ValueError:
        return None
    if end <= start or start.tzinfo or end.tzinfo:
        return None
    return replace(day, start=start, end=end)


def _lengths_of(command: ChangeSettings, settings: Settings) -> tuple[UsualLength, ...] | None:
    offered = {_minutes(one): one for one in _LENGTHS}
    found: list[UsualLength] = []
    for name, state in _STATES.items():
        value = getattr(command, name)
        length = settings.usual_length(state)
        if value == AS_IT_COMES:
            length = None
        elif value is not None and value not in offered:
            return None
        elif value is not None:
            length = offered[value]
        if length is not None:
            found.append(UsualLength(availability=state, length=length))
    return tuple(found)
