"""What a person can ask for.

Every instant is aware and in UTC; every length is elapsed time. A command is complete: it can be
stored, put on a button and carried out later without the words that it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.own_commands import (
    ChangeSettings,
    DeletePreset,
    EraseHistory,
    ExportData,
    ForgetMe,
    ListPresets,
    LookAgain,
    Privacy,
    SavePreset,
    SetEndReminders,
    SetLanguage,
    SetTimezone,
    SetWorkingHours,
    ShowHistory,
    ShowSettings,
    SignOut,
    SmallTalk,
    UsePreset,
)
from bot.domain.plan_commands import (
    Cancel,
    ChangePlan,
    Done,
    FillInPlan,
    ListPlans,
    MoveRecurring,
    Pause,
    PlanAgain,
    Recur,
    Remind,
    Schedule,
    Sequence,
    ShowPlan,
    SkipOnce,
    Snooze,
)
from bot.domain.presence import Availability, SessionActivity
from bot.domain.status import StatusMessage


@dataclass(frozen=True, kw_only=True, slots=True)
class SetStatus:
    """Prefer an availability, until `end` where one was said, with a message where one was said.

    `remind_before_end` is set where the person asked for the reminder themselves. It takes the
    place of the plan `instead_of`.
    """

    availability: Availability
    end: datetime | None = None
    message: StatusMessage | None = None
    remind_before_end: timedelta | None = None
    instead_of: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SetMessage:
    """Set the status message alone."""

    message: StatusMessage


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearStatus:
    """Give up preferred presence and presence session; a message that came along goes too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearMessage:
    """Remove the status message and leave the presence alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearAll:
    """Give up preferred presence and presence session, and remove the status message."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extend:
    """Move the end of the running status: by a length, or to an instant. Exactly one is given."""

    by: timedelta | None = None
    to: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Somebody who was looked up: Entra object id, name, and mail address where it is known.

    `said` is what the person called them where that fits others as well.
    """

    oid: str
    name: str
    mail: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowStatus:
    """Show the presence of people: "me", "team", names or mail addresses.

    With `out` only those who are not there. `found` are people who are not looked up again.
    """

    who: tuple[str, ...] = ("me",)
    out: bool = False
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo:
    """Take back a change: the one of journal entry `entry`, none = the newest."""

    entry: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Help:
    """Show what can be said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """Tell the person when somebody's availability becomes `until_state` (none = changes).

    `always` watches on after the first time; `end` is when watching stops (none = after a day).
    `found` are people who are not looked up again; `instead_of` is the object id of somebody who
    is watched for the same by mistake.
    """

    who: tuple[str, ...]
    until_state: Availability | None = None
    always: bool = False
    end: datetime | None = None
    found: tuple[Found, ...] = ()
    instead_of: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unwatch:
    """Stop watching people; nobody named = everybody."""

    who: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Amend:
    """Change part of the running status; what is none stays."""

    availability: Availability | None = None
    end: datetime | None = None
    message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RepeatLast:
    """Set an earlier status again; `ref` says which one ("yesterday"), none = the last."""

    ref: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepAvailable:
    """Keep showing the person as available until an instant."""

    end: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowSession:
    """Show an activity that only a presence session can show, until an instant."""

    activity: SessionActivity
    end: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SetWorkLocation:
    """Say where the person works on a day (none = today): "office", "remote" or a place.

    Without a location, what was said about that day is taken back; so is what was planned for the
    day `instead_of`.
    """

    location: str | None
    day: date | None = None
    instead_of: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """Explain why the person is seen as they are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OutOfOffice:
    """Set automatic replies: understood, and answered that the bot does not do it."""

    start: datetime | None = None
    end: datetime | None = None
    message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RemindOther:
    """Remind somebody else: understood, and answered that the bot does not do it."""

    who: tuple[str, ...]
    text: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Broadcast:
    """Tell many people something: understood, and answered that the bot does not do it."""

    message: str | None = None


# What a person may be asked to choose from, where words have several readings.
Choosable = SetStatus | Schedule | Remind | Extend

Command = (
    SetStatus
    | SetMessage
    | ClearStatus
    | ClearMessage
    | ClearAll
    | Extend
    | Schedule
    | Recur
    | Remind
    | ShowStatus
    | ListPlans
    | Cancel
    | Undo
    | SetEndReminders
    | Help
    | Watch
    | Unwatch
    | SavePreset
    | UsePreset
    | DeletePreset
    | ListPresets
    | ShowSettings
    | ChangeSettings
    | LookAgain
    | ShowPlan
    | FillInPlan
    | PlanAgain
    | SmallTalk
    | Amend
    | Sequence
    | RepeatLast
    | SkipOnce
    | Pause
    | ChangePlan
    | Snooze
    | Done
    | MoveRecurring
    | KeepAvailable
    | ShowSession
    | SetWorkLocation
    | SetTimezone
    | SetWorkingHours
    | SetLanguage
    | ShowHistory
    | ExportData
    | EraseHistory
    | ForgetMe
    | SignOut
    | Privacy
    | Why
    | OutOfOffice
    | RemindOther
    | Broadcast
)
