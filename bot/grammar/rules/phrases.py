"""Whole sentences: the patterns of the lexicon, each with the rule that reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.grammar.rules import account, pausing, people, plans, presets, reminders
from bot.grammar.rules.clearing import clear_all, clear_message, clear_status
from bot.grammar.sentence import Hit, Made, Sentence

HANDLERS: Mapping[str, Callable[[Hit], Made]] = {
    "quiet": presets.quiet,
    "clear_status": clear_status,
    "clear_message": clear_message,
    "clear_all": clear_all,
    "undo": plans.undo,
    "help": plans.help_,
    "why": plans.why,
    "history": plans.history,
    "list_reminders": plans.list_reminders,
    "list_recurring": plans.list_recurring,
    "list_schedules": plans.list_schedules,
    "list_all": plans.list_all,
    "cancel_all": plans.cancel_all,
    "cancel_everything_on": plans.cancel_everything_on,
    "cancel_reminder": plans.cancel_reminder,
    "cancel_recurring": plans.cancel_recurring,
    "cancel_schedule": plans.cancel_schedule,
    "cancel_session": plans.cancel_session,
    "skip_once": pausing.skip_once,
    "pause": pausing.pause,
    "resume": pausing.resume,
    "change": plans.change,
    "extend": plans.extend,
    "amend": plans.amend,
    "repeat_last": plans.repeat_last,
    "show_me": people.show_me,
    "show_team": people.show_team,
    "show_who": people.show_who,
    "watch": people.watch,
    "unwatch": people.unwatch,
    "broadcast": people.broadcast,
    "refuse": people.refuse,
    "remind": reminders.remind,
    "remind_end": reminders.remind_end,
    "remind_other": reminders.remind_other,
    "status_then_remind": reminders.status_then_remind,
    "end_reminders": reminders.end_reminders,
    "snooze": reminders.snooze,
    "preset_save": presets.save,
    "preset_use": presets.use,
    "preset_delete": presets.delete,
    "sequence": presets.sequence,
    "keep_available": presets.keep_available,
    "session": presets.session,
    "work_location": account.work_location,
    "location_clear": account.clear_location,
    "timezone": account.timezone,
    "working_hours": account.working_hours,
    "language": account.language,
    "out_of_office": account.out_of_office,
    "sign_out": account.sign_out,
    "erase_history": account.erase_history,
    "forget_me": account.forget_me,
    "export": account.export,
    "privacy": account.privacy,
}
_LONGEST = 240  # folded characters: longer sentences are messages, and patterns may look back


def phrases(sentence: Sentence) -> Made:
    """Return what the first pattern that fits the whole sentence makes of it."""
    text = sentence.text.strip()
    if len(text) > _LONGEST:
        return None
    stripped = text.rstrip(" ?")
    asked = stripped != text
    for pattern in sentence.lexicon.candidates(stripped):
        match = pattern.match(stripped)
        if match is None and asked:
            match = pattern.match(f"{stripped}?")
        if match is None:
            continue
        hit = Hit(sentence, match, pattern.rule, {**pattern.values, "asked": asked})
        made = HANDLERS[pattern.rule](hit)
        if made is not None:
            return made
    return None
