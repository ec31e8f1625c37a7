"""What is said in a group: only the asker's own matters, and what is private in their own chat."""

from __future__ import annotations

from bot.domain.commands import (
    Amend,
    Command,
    Extend,
    KeepAvailable,
    RepeatLast,
    SetStatus,
    ShowSession,
    ShowStatus,
    Unwatch,
    Watch,
    Why,
)
from bot.domain.own_commands import (
    EraseHistory,
    ExportData,
    ForgetMe,
    ListPresets,
    Privacy,
    ShowHistory,
    ShowSettings,
    SignOut,
    UsePreset,
)
from bot.domain.plan_commands import (
    Cancel,
    FillInPlan,
    ListPlans,
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

# The answers tell what a person has planned or chosen, which they did not say in the group.
_PRIVATE = (
    *(ListPlans, ListPresets, ShowSettings, Cancel, SkipOnce, Pause, Why, Watch, Unwatch),
    *(ShowPlan, FillInPlan, PlanAgain),
    *(ShowHistory, EraseHistory, ExportData, ForgetMe, SignOut, Privacy),
)
# What is done later has to be told later, and never in the group.
_TOLD_LATER = (Remind, Schedule, Recur, Sequence, Snooze, KeepAvailable, ShowSession)
# Their end is announced where that is possible, and they go without it.
_ANNOUNCED = (SetStatus, Extend, Amend, UsePreset, RepeatLast)


def is_private(command: Command) -> bool:
    """Return whether the answer to a command is for its person alone."""
    own_status = isinstance(command, ShowStatus) and command.who == ("me",) and not command.found
    return own_status or isinstance(command, _PRIVATE)


def needs_own_chat(command: Command) -> bool:
    """Return whether a command is in vain where its person cannot be written to."""
    return is_private(command) or isinstance(command, _TOLD_LATER)


def may_be_reminded(command: Command) -> bool:
    """Return whether a command sets what may be followed by a reminder before it ends."""
    return isinstance(command, _ANNOUNCED)
