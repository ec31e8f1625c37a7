"""Commands in the form of the contract: the intent and its slots, times local and naive."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from bot.domain import commands as c
from bot.domain import own_commands as own
from bot.domain import plan_commands as plans
from bot.domain.journal import Running
from bot.domain.moment import Moment
from bot.domain.own_commands import ChangeSettings, ListPresets, LookAgain, ShowSettings, SmallTalk
from bot.domain.plan_commands import FillInPlan, PlanAgain, ShowPlan
from bot.domain.recurrence import Recurrence
from bot.domain.status import StatusMessage

_WORD = re.compile(r"(?<!^)(?=[A-Z])")
# Where the contract's name of an intent is not the command's own.
_NAMES = {
    plans.Recur: "recurring", plans.Remind: "reminder", plans.ListPlans: "list",
    own.SavePreset: "preset_save", own.UsePreset: "preset_use", own.DeletePreset: "preset_delete",
    c.ShowSession: "session", c.SetWorkLocation: "work_location", own.ShowHistory: "history",
    own.ExportData: "export",
    c.RemindOther: "reminder_other", SmallTalk: "unknown",
}  # fmt: skip


def iso_length(length: timedelta) -> str:
    """Return an ISO 8601 duration of whole seconds."""
    total = int(length.total_seconds())
    days, rest = divmod(total, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    day = f"{days}D" if days else ""
    parts = "".join(f"{n}{u}" for n, u in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"P{day}{'T' + parts if parts else ''}" if day or parts else "PT0S"


class _Writer:
    def __init__(self, moment: Moment) -> None:
        self._moment = moment

    def at(self, instant: datetime | None) -> str | None:
        if instant is None:
            return None
        return self._moment.wall(instant).replace(microsecond=0).isoformat()

    def message(self, message: StatusMessage | None) -> dict[str, Any]:
        if message is None:
            return {}
        pin = {"pin": True} if message.pinned else {}
        return {"message": message.text, "message_end": self.at(message.end), **pin}

    def recurrence(self, rule: Recurrence) -> dict[str, Any]:
        slots: dict[str, Any] = {"freq": rule.frequency.value, "interval": rule.interval}
        if rule.by_day:
            slots["byday"] = list(rule.by_day)
        if rule.by_month_day:
            slots["bymonthday"] = list(rule.by_month_day)
        for name, value in (("start_time", rule.start), ("end_time", rule.end)):
            if value is not None:
                slots[name] = value.strftime("%H:%M")
        if rule.until is not None:
            slots["until"] = rule.until.isoformat()
        return slots


def slots_of(
    command: c.Command, moment: Moment, running: Running | None = None
) -> tuple[str, dict[str, Any]]:
    """Return the intent and the slots of a command; a slot that is none is left out."""
    name = _NAMES.get(type(command)) or _WORD.sub("_", type(command).__name__).lower()
    slots = _slots(command, _Writer(moment), running)
    return name, {key: value for key, value in slots.items() if value is not None}


def _slots(  # one case for each command
    command: c.Command, write: _Writer, running: Running | None
) -> dict[str, Any]:
    match command:
        case c.SetStatus():
            before = command.remind_before_end
            return {
                "availability": command.availability.value, "end": write.at(command.end),
                **write.message(command.message),
                "remind_before_end": None if before is None else iso_length(before),
            }  # fmt: skip
        case c.SetMessage():
            return write.message(command.message)
        case plans.Schedule():
            return {
                "availability": command.availability.value, "start": write.at(command.start),
                "end": write.at(command.end), **write.message(command.message),
            }  # fmt: skip
        case plans.Recur():
            return {
                "availability": command.availability.value, "message": command.message,
                "recurrence": write.recurrence(command.recurrence),
            }  # fmt: skip
        case plans.Remind():
            rule, before = command.recurrence, command.before_end
            return {
                "remind_at": write.at(command.at), "text": command.text,
                "recurrence": None if rule is None else write.recurrence(rule),
                "before_end": None if before is None else iso_length(before),
            }  # fmt: skip
        case c.Extend():
            end = command.to
            if end is None and command.by is not None and running is not None:
                end = running.end + command.by
            by = None if command.by is None else iso_length(command.by)
            return {"extend_by": by, "end": write.at(end)}
        case c.ShowStatus():
            return {"who": list(command.who)}
        case plans.ListPlans():
            return {"what": command.what.value}
        case plans.Cancel():
            return {"target": command.target.value, "ref": command.ref}
        case own.SetEndReminders():
            return {"on": command.on}
        case c.Watch():
            state = command.until_state
            return {
                "who": list(command.who), "until_state": None if state is None else state.value,
                "mode": "always" if command.always else None, "end": write.at(command.end),
            }  # fmt: skip
        case c.Unwatch():
            return {"who": list(command.who) or None}
        case own.SavePreset():
            state, length = command.availability, command.duration
            return {
                "name": command.name, "availability": None if state is None else state.value,
                "duration": None if length is None else iso_length(length),
                "message": command.message,
            }  # fmt: skip
        case own.UsePreset():
            return {"name": command.name, "end": write.at(command.end)}
        case own.DeletePreset():
            return {"name": command.name}
        case c.Amend():
            state = command.availability
            return {
                "availability": None if state is None else state.value,
                "end": write.at(command.end), "message": command.message,
            }  # fmt: skip
        case plans.Sequence():
            steps = [
                {"availability": s.availability.value, "duration": iso_length(s.duration)}
                for s in command.steps
            ]
            return {"steps": steps, "repeat": command.repeat}
        case c.RepeatLast():
            return {"ref": command.ref}
        case plans.SkipOnce():
            day = command.day
            return {"ref": command.ref, "date": None if day is None else day.isoformat()}
        case plans.ChangePlan():
            return {
                "ref": command.ref,
                "start": command.start.isoformat("minutes") if command.start else None,
                "end": command.end.isoformat("minutes") if command.end else None,
                "byday": list(command.days) or None,
                "until": command.until.isoformat() if command.until else None,
                "tz": command.zone,
            }
        case plans.Pause():
            return {"ref": command.ref, "until": write.at(command.until)}
        case plans.Snooze():
            length = command.duration
            return {"duration": None if length is None else iso_length(length)}
        case c.KeepAvailable():
            return {"end": write.at(command.end)}
        case c.ShowSession():
            return {"activity": command.activity.value, "end": write.at(command.end)}
        case c.SetWorkLocation():
            day = command.day
            return {
                "location": command.location, "date": None if day is None else day.isoformat()
            }  # fmt: skip
        case own.SetTimezone():
            return {"tz": command.zone}
        case own.SetWorkingHours():
            return {
                "start": command.start.strftime("%H:%M"), "end": command.end.strftime("%H:%M"),
                "days": list(command.days) or None,
            }  # fmt: skip
        case own.SetLanguage():
            return {"lang": command.language}
        case own.ShowHistory():
            return {"from": write.at(command.start), "to": write.at(command.end)}
        case c.OutOfOffice():
            return {
                "start": write.at(command.start), "end": write.at(command.end),
                "message": command.message,
            }  # fmt: skip
        case c.RemindOther():
            return {
                "who": list(command.who), "text": command.text, "remind_at": write.at(command.at)
            }  # fmt: skip
        case c.Broadcast():
            return {"message": command.message}
        case (
            c.ClearStatus() | c.ClearMessage() | c.ClearAll() | c.Undo() | c.Help()
            | own.ExportData() | own.ForgetMe() | own.SignOut() | own.Privacy() | c.Why()
            | plans.Done() | plans.MoveRecurring() | own.EraseHistory()
            | ListPresets() | ShowSettings() | SmallTalk() | ChangeSettings() | LookAgain()
            | ShowPlan() | FillInPlan() | PlanAgain()
        ):  # fmt: skip
            return {}
