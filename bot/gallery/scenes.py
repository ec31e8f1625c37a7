"""The scenes of the gallery: what was done before, and what is said or pressed then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import commands as say
from bot.domain import own_commands as own
from bot.domain import plan_commands as plans
from bot.domain import timers as due
from bot.domain.presence import Availability, Presence, SessionActivity
from bot.domain.recurrence import Frequency, Recurrence
from bot.domain.reply import Phrase, Reply
from bot.domain.status import StatusMessage
from bot.gallery.stage import BEN, CHEN, Stage
from bot.grammar.reading import Ambiguous, NotUnderstood, Understood
from bot.service.errors import (
    ConsentMissing,
    NotOffered,
    Rejected,
    SignInRequired,
    Throttled,
    Unavailable,
    UnknownOutcome,
)
from bot.service.saying import sorry, trouble
from bot.service.traffic import Scene as Place

Play = Callable[[Stage], Awaitable[Reply]]

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)  # a Tuesday, 10:30 in Berlin
ZONE = ZoneInfo("Europe/Berlin")
_HOUR = timedelta(hours=1)
_NOON = NOW + 2 * _HOUR
_TOMORROW = NOW + timedelta(days=1)


def _text(words: str, end: datetime | None = None, *, pinned: bool = False) -> StatusMessage:
    return StatusMessage(text=words, end=end, pinned=pinned)


_BUSY_ALONE = say.SetStatus(availability=Availability.BUSY, end=_NOON)
_BUSY = replace(_BUSY_ALONE, message=_text("In a meeting", _NOON))
_DND = say.SetStatus(availability=Availability.DO_NOT_DISTURB)
_LONGER = say.Extend(by=_HOUR / 2)
_PINNED = say.SetMessage(message=_text("Ask Ben", pinned=True))
_TOO_LONG = say.SetMessage(message=_text("far too long " * 30))
_FOCUS = plans.Schedule(
    availability=Availability.DO_NOT_DISTURB,
    start=_NOON,
    end=_NOON + 2 * _HOUR,
    message=_text("Writing the report", _NOON + 2 * _HOUR),
)
_FOCUS_TOMORROW = replace(_FOCUS, start=_TOMORROW, end=_TOMORROW + 2 * _HOUR)
_LUNCH = plans.Recur(
    availability=Availability.AWAY,
    recurrence=Recurrence(
        frequency=Frequency.WEEKLY,
        by_day=("MO", "TU", "WE", "TH", "FR"),
        start=time(12),
        end=time(13),
    ),
    message="At lunch",
)
_BANK = plans.Remind(text="call the bank", at=_NOON)
_CALLS = tuple(
    plans.Remind(text=f"call number {one}", at=_NOON + one * _HOUR) for one in range(1, 12)
)
_TIME_SHEET = plans.Remind(
    text="time sheet",
    recurrence=Recurrence(frequency=Frequency.WEEKLY, by_day=("FR",), start=time(16)),
)
_PRESENT = say.ShowSession(activity=SessionActivity.PRESENTING, end=_NOON)
_KEEP = say.KeepAvailable(end=_NOON + 2 * _HOUR)
_CANCEL_ALL = plans.Cancel(target=plans.Target.ALL, ref="all")
_STOP = plans.Cancel(target=plans.Target.SESSION)
_REMOTE = say.SetWorkLocation(location="remote")
_HERE = Place(address={"conversation": "a:anna"})
_PRESET = own.SavePreset(name="focus")
_POMODORO = plans.Sequence(
    steps=(
        plans.Step(availability=Availability.DO_NOT_DISTURB, duration=_HOUR / 2),
        plans.Step(availability=Availability.AVAILABLE, duration=_HOUR / 6),
    ),
    repeat=4,
)
_WATCH = say.Watch(who=("Chen",), until_state=Availability.AVAILABLE)
_BEN = say.Found(oid=BEN.oid, name=BEN.name, mail=BEN.mail, said="Ben")
_BY_HAND = (
    ("Offline", "OffWork"),
    ("Busy", "InAMeeting"),
    ("Busy", "InACall"),
    ("DoNotDisturb", "Presenting"),
    ("DoNotDisturb", "Focusing"),
    ("Away", "OutOfOffice"),
    ("Away", "Away"),
    ("BeRightBack", "BeRightBack"),
    ("Available", "Available"),
    ("PresenceUnknown", "PresenceUnknown"),
)
_PROBLEMS: Mapping[str, Mapping[str, Any]] = {
    "empty": {},
    "too-long": {"count": 1_200, "limit": 1_000},
    "no-length": {},
    "no-time": {},
    "impossible-time": {"said": "25:61"},
    "too-far": {},
    "too-short": {},
    "negated": {},
    "other-person": {},
}
_IN_A_GROUP = Place(address={}, mentions={"Ben Carter": BEN.oid}, private=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class GalleryScene:
    """One card: what it is about, how it comes about, and the stage that it is played on."""

    title: str
    play: Play
    stage: Mapping[str, Any] = field(default_factory=dict)


def _scene(title: str, *commands: say.Command, **stage: Any) -> GalleryScene:
    """Return the scene in which the last of some commands is answered."""

    async def play(stage: Stage) -> Reply:
        for command in commands[:-1]:
            await stage.press(command)
        return await stage.press(commands[-1])

    return GalleryScene(title=title, play=play, stage=stage)


async def _made_elsewhere(stage: Stage) -> Reply:
    here = stage.moment
    stage.moment = replace(here, zone=ZoneInfo("Asia/Tokyo"))
    await stage.press(_LUNCH)
    stage.moment = here
    return await stage.press(plans.ChangePlan(ref="At lunch", start=time(6)))


async def _planned_again(stage: Stage) -> Reply:
    for command in (_FOCUS, _LUNCH, _KEEP):
        await stage.press(command)
    cancelled = await stage.press(_CANCEL_ALL)
    return await stage.press(cancelled.offers[0].command)


def _due(title: str, kind: type, *commands: say.Command) -> GalleryScene:
    """Return the scene in which what some commands armed falls due."""

    async def play(stage: Stage) -> Reply:
        for command in commands:
            await stage.press(command)
        return await stage.fire(kind)

    return GalleryScene(title=title, play=play)


async def _given_up(stage: Stage) -> Reply:
    await stage.press(_LUNCH)
    return await stage.give_up(due.RecurringStart)


async def _welcome(stage: Stage) -> Reply:
    return stage.welcome()


async def _no_words(stage: Stage) -> Reply:
    return await stage.say("flurb zonk wibble")


async def _two_readings(stage: Stage) -> Reply:
    later = plans.Schedule(availability=Availability.BUSY, start=_TOMORROW)
    readings = Understood(command=_BUSY_ALONE), Understood(command=later)
    return await stage.hear(Ambiguous(readings=readings))


def _unread(problem: str) -> GalleryScene:
    async def play(stage: Stage) -> Reply:
        values = _PROBLEMS[problem]
        return await stage.hear(NotUnderstood(problem=Phrase(f"problem-{problem}", values)))

    return GalleryScene(title=f"Not carried out: {problem}", play=play)


async def _assumed(stage: Stage) -> Reply:
    assumed = Phrase("assumed-clock", {"said": "12:30", "end": _NOON})
    other = replace(_BUSY_ALONE, end=_NOON + 12 * _HOUR)
    return await stage.hear(
        Understood(command=_BUSY_ALONE, assumptions=(assumed,), instead=(other,))
    )


async def _signed_out(stage: Stage) -> Reply:
    try:
        return await stage.press(_BUSY)
    except SignInRequired as error:
        return sorry(Phrase("failed-title"), trouble(error))


async def _lost(stage: Stage) -> Reply:
    await stage.press(_KEEP)
    stage.failing = {"set_session": Rejected()}
    return await stage.fire(due.HoldSession)


async def _given_back(stage: Stage) -> Reply:
    await stage.press(replace(_BUSY_ALONE, end=_NOON + 4 * _HOUR))
    await stage.press(_FOCUS)
    await stage.fire(due.PlannedStart)
    return await stage.fire(due.GiveBack)


async def _free_now(stage: Stage) -> Reply:
    await stage.press(_WATCH)
    stage.others = {
        **stage.others,
        CHEN.oid: Presence(oid=CHEN.oid, availability="Available", activity="Available"),
    }
    return await stage.fire(due.Watching)


async def _late(stage: Stage) -> Reply:
    await stage.press(_BANK)
    stage.wait(5 * _HOUR)
    return await stage.fire(due.FreeReminder)


SCENES: Mapping[str, tuple[GalleryScene, ...]] = {
    "First steps": (
        GalleryScene(title="The bot was added", play=_welcome),
        _scene("Help", say.Help()),
        GalleryScene(title="Words that mean nothing", play=_no_words),
        GalleryScene(title="Two readings are as good as each other", play=_two_readings),
        GalleryScene(title="An assumption is said, and corrected by one tap", play=_assumed),
        GalleryScene(
            title="Not signed in", play=_signed_out, stage={"failing": {"read": SignInRequired()}}
        ),
    ),
    "Words that change nothing": tuple(_unread(problem) for problem in _PROBLEMS),
    "Why one looks so": tuple(
        _scene(activity, say.Why(), seen=Presence(oid="anna", availability=of, activity=activity))
        for of, activity in _BY_HAND
    ),
    "Status and message": (
        _scene("Status, message and end", _BUSY),
        _scene("Without an end", _DND),
        _scene("No Teams client is signed in", _BUSY, signed_in=False),
        _scene("A pinned message alone", _PINNED),
        _scene("Extended", _BUSY, _LONGER),
        _scene("Nothing to extend", _LONGER),
        _scene("My status", _BUSY, say.ShowStatus()),
        _scene("Looked at again", _BUSY, own.LookAgain(entry="n1")),
        _scene("Looked at when outdated", _BUSY, _DND, own.LookAgain(entry="n1")),
        _scene("Why do I look busy?", _BUSY, say.Why()),
        _scene("Status cleared", _BUSY, say.ClearStatus()),
        _scene("Message cleared", _BUSY, say.ClearMessage()),
        _scene("Everything cleared", _BUSY, say.ClearAll()),
        _scene("Undone", _BUSY, say.Undo()),
        _scene("An older change undone", _BUSY, _DND, say.Undo(entry="n1")),
        _scene("Nothing to undo", say.Undo()),
        _scene("A message that is too long", _TOO_LONG),
        _scene("An end that has passed", replace(_BUSY_ALONE, end=NOW - _HOUR)),
        _scene("Amended", _BUSY, say.Amend(availability=Availability.DO_NOT_DISTURB)),
        _scene("The same again", _BUSY, say.ClearAll(), say.RepeatLast()),
        _due("The status ends soon", due.EndReminder, _BUSY),
        _scene("That reminder, looked at again", _BUSY, own.LookAgain(entry="n1", ends=_NOON)),
        _scene("That reminder, outdated", _BUSY, _LONGER, own.LookAgain(entry="n1", ends=_NOON)),
        _scene("No more such reminders", own.SetEndReminders(on=False)),
    ),
    "Presence sessions": (
        _scene("Presenting", _PRESENT),
        *(_scene(one, say.ShowSession(activity=one, end=_NOON)) for one in SessionActivity),
        _scene("Kept available", _KEEP),
        _scene("Twelve hours at most", say.KeepAvailable(end=NOW + 20 * _HOUR)),
        _scene("Outranked by the status", _BUSY_ALONE, _KEEP),
        _scene("Stopped", _KEEP, _STOP),
        GalleryScene(title="Could not be kept up", play=_lost),
    ),
    "Plans": (
        _scene("Planned", _FOCUS),
        _scene("Over another plan", _FOCUS, replace(_FOCUS, availability=Availability.AWAY)),
        _scene("Over a sequence", _POMODORO, _FOCUS),
        _due("The plan begins", due.PlannedStart, _FOCUS),
        GalleryScene(title="Gives back what was before", play=_given_back),
        _scene("Every weekday", _LUNCH),
        _due("Lunch begins", due.RecurringStart, _LUNCH),
        _scene("Skipped once", _LUNCH, plans.SkipOnce()),
        _scene("Changed", _LUNCH, plans.ChangePlan(ref="At lunch", start=time(12, 30))),
        GalleryScene(title="Changed, and made elsewhere", play=_made_elsewhere),
        _scene("Paused", _LUNCH, plans.Pause(until=NOW + timedelta(days=14))),
        _scene("What is planned", _FOCUS, _LUNCH, _BANK, _KEEP, plans.ListPlans()),
        _scene("The first page of a long list", *_CALLS, plans.ListPlans()),
        _scene("The last page", *_CALLS, plans.ListPlans(page=1)),
        _scene("One plan, to be changed", _FOCUS, plans.ShowPlan(ref="n1")),
        _scene("One that recurs", _LUNCH, plans.ShowPlan(ref="n1")),
        _scene("Filled in", _FOCUS, plans.FillInPlan(ref="n1", start="14:00", end="15:30")),
        _scene("Filled in wrong", _LUNCH, plans.FillInPlan(ref="n1", start="25:61")),
        _scene("Nothing is planned", plans.ListPlans()),
        _scene("Cancelled", _FOCUS, plans.Cancel(target=plans.Target.ALL, ref="1")),
        _scene("Everything cancelled", _FOCUS, _LUNCH, _KEEP, _WATCH, _CANCEL_ALL),
        GalleryScene(title="Planned again", play=_planned_again),
        _scene(
            "Cancelled but for the session",
            _FOCUS,
            _KEEP,
            _CANCEL_ALL,
            failing={"clear_session": Unavailable("down")},
        ),
        _scene(
            "Which one to cancel",
            _FOCUS,
            _FOCUS_TOMORROW,
            plans.Cancel(target=plans.Target.SCHEDULE, ref="report"),
        ),
    ),
    "Presets and sequences": (
        _scene("Kept under a name", _BUSY, _PRESET),
        _scene("Used", _BUSY, _PRESET, say.ClearAll(), own.UsePreset(name="focus")),
        _scene("The list", _BUSY, _PRESET, own.ListPresets()),
        _scene("No presets", own.ListPresets()),
        _scene("Forgotten", _BUSY, _PRESET, own.DeletePreset(name="focus")),
        _scene("No such preset", own.UsePreset(name="yoga")),
        _scene("One after the other", _POMODORO),
    ),
    "Reminders": (
        _scene("A reminder is set", _BANK),
        _scene("Again and again", _TIME_SHEET),
        _due("It is due", due.FreeReminder, _BANK),
        GalleryScene(title="It comes late", play=_late),
        GalleryScene(title="It never works", play=_given_up),
        _due("The weekly one is due", due.RecurringReminder, _TIME_SHEET),
        _scene("Snoozed", plans.Snooze(text="call the bank", duration=_HOUR)),
        _scene("Done", plans.Done(text="call the bank")),
    ),
    "Colleagues": (
        _scene("One colleague", say.ShowStatus(who=("Chen",))),
        _scene("Several", say.ShowStatus(who=("me", "Chen", "ben@lighthouse"))),
        _scene("A name that is not unique", say.ShowStatus(who=("Ben",))),
        _scene("The one who was chosen", say.ShowStatus(who=(), found=(_BEN,))),
        _scene("Nobody of that name", say.ShowStatus(who=("Zork",))),
        _scene("Who of the team is free", say.ShowStatus(who=("team",)), scene=_IN_A_GROUP),
        _scene("No team here", say.ShowStatus(who=("team",))),
        _scene("Told when free", _WATCH),
        _scene("Told when one of two is free", replace(_WATCH, who=(), found=(_BEN,))),
        GalleryScene(title="Now free", play=_free_now),
        _scene("No longer watched", _WATCH, say.Unwatch()),
        _scene("Turned off", say.ShowStatus(who=("Ben",)), people=False),
    ),
    "Place and time zone": (
        _scene("Working from home", _REMOTE),
        _scene("In the office", replace(_REMOTE, location="office")),
        _scene("Not working", replace(_REMOTE, location="timeOff")),
        _scene("Tomorrow", replace(_REMOTE, location="office", day=_TOMORROW.date())),
        _scene("Cleared", _REMOTE, replace(_REMOTE, location=None)),
        _scene("A place that Teams does not know", replace(_REMOTE, location="the moon")),
        _scene("Time zone", own.SetTimezone(zone="America/New_York")),
    ),
    "Yours": (
        _scene("Your settings", own.ShowSettings()),
        _scene("Settings filled in", own.ChangeSettings(zone="Europe/Paris", day_start="08:30")),
        _scene("Language", own.SetLanguage(language="en")),
        _scene("Working hours", own.SetWorkingHours(start=time(8), end=time(16, 30))),
        _scene("History", _BUSY, _DND, own.ShowHistory(), scene=_HERE),
        _scene("History erased", _BUSY, own.EraseHistory(), scene=_HERE),
        _scene("What is stored", own.Privacy(), scene=_HERE),
        _scene("Your data as a file", own.ExportData(), scene=_HERE),
        _scene("Delete everything?", own.ForgetMe(), scene=_HERE),
        _scene("Everything is deleted", own.ForgetMe(sure=True), scene=_HERE),
        _scene("Signed out", own.SignOut(), scene=_HERE),
        *(_scene(f"Small talk: {about}", own.SmallTalk(about=about)) for about in own.Talk),
    ),
    "What the bot does not do": (
        _scene("Automatic replies", say.OutOfOffice()),
        _scene("Reminding others", say.RemindOther(who=("Ben",), text="the report")),
        _scene("Telling everybody", say.Broadcast(message="Lunch is ready")),
    ),
    "When something goes wrong": (
        _scene("Throttled", _BUSY, failing={"read": Throttled(retry_after=timedelta(seconds=12))}),
        _scene("No answer", _BUSY, failing={"read": Unavailable()}),
        _scene("Done or not?", _BUSY_ALONE, failing={"set_preferred": UnknownOutcome()}),
        _scene("One half failed", _BUSY, failing={"set_message": Unavailable()}),
        _scene("Teams does not show it yet", _BUSY, late=True),
        _scene(
            "A permission is missing",
            say.ShowStatus(who=("Chen",)),
            failing={"find": ConsentMissing()},
        ),
        _scene("Not in this cloud", _REMOTE, failing={"set_work_location": NotOffered()}),
        _scene("A fault of ours", _BUSY, failing={"read": Rejected()}),
    ),
}
