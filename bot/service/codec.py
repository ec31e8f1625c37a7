"""Commands, timer tasks and journal entries as JSON values, and back.

What comes back may have been altered by whoever held it (a card's data is in the client's hands),
so every failure to read it is one error, and only named fields are read.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from cattrs import Converter
from cattrs.errors import (
    BaseValidationError,
    ForbiddenExtraKeysError,
    StructureHandlerNotFoundError,
)
from cattrs.strategies import configure_tagged_union

from bot.domain.commands import Command
from bot.domain.journal import Entry
from bot.domain.person import Settings
from bot.domain.timers import TimerTask


class NotReadable(ValueError):
    """The JSON value is not one that this version of the bot wrote."""


def _instant(value: Any, _: type[datetime]) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.utcoffset() is None:
        raise ValueError("an instant without an offset")
    return instant.astimezone(UTC)


def _length(value: Any, _: type[timedelta]) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a length is a whole number of seconds")
    return timedelta(seconds=value)


def _text(value: Any, _: type[str]) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _flag(value: Any, _: type[bool]) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not a flag")
    return value


def _number(value: Any, _: type[int]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    return value


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=False)
    # Asked first: whether each of our hundred kinds is a mapping would be asked of all mappings
    # that are loaded, and each of those remembers the answer: 1.7 MB, and a tenth of a second.
    converter.register_structure_hook_factory(is_dataclass, converter.gen_structure_attrs_fromdict)
    converter.register_unstructure_hook_factory(
        is_dataclass, converter.gen_unstructure_attrs_fromdict
    )
    converter.register_unstructure_hook(datetime, lambda d: d.astimezone(UTC).isoformat())
    converter.register_structure_hook(datetime, _instant)
    converter.register_unstructure_hook(timedelta, lambda d: int(d.total_seconds()))
    converter.register_structure_hook(timedelta, _length)
    converter.register_unstructure_hook(time, lambda t: t.isoformat("minutes"))
    converter.register_structure_hook(time, lambda v, _: time.fromisoformat(v))
    converter.register_unstructure_hook(date, lambda d: d.isoformat())
    converter.register_structure_hook(date, lambda v, _: date.fromisoformat(v))
    converter.register_structure_hook(str, _text)
    # Without one of its own, an enum would take the hook of `str`, and so any word.
    converter.register_structure_hook(StrEnum, lambda value, kind: kind(_text(value, str)))
    converter.register_structure_hook(bool, _flag)
    converter.register_structure_hook(int, _number)
    configure_tagged_union(Command, converter, tag_name="do")
    configure_tagged_union(TimerTask, converter, tag_name="task")
    return converter


_CONVERTER = _converter()
_UNREADABLE = (
    BaseValidationError,
    ForbiddenExtraKeysError,
    StructureHandlerNotFoundError,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
)


def _load(value: object, kind: Any) -> Any:
    try:
        return _CONVERTER.structure(value, kind)
    except _UNREADABLE as error:
        raise NotReadable(f"not a {getattr(kind, '__name__', kind)}") from error


def dump_command(command: Command) -> dict[str, Any]:
    """Return `command` as a JSON object whose `do` names its kind."""
    return dict(_CONVERTER.unstructure(command, Command))


def load_command(value: object) -> Command:
    """Return the command of a JSON object; raise NotReadable for anything else."""
    command: Command = _load(value, Command)
    return command


def dump_task(task: TimerTask) -> dict[str, Any]:
    """Return `task` as a JSON object whose `task` names its kind."""
    return dict(_CONVERTER.unstructure(task, TimerTask))


def load_task(value: object) -> TimerTask:
    """Return the timer task of a JSON object; raise NotReadable for anything else."""
    task: TimerTask = _load(value, TimerTask)
    return task


def dump_entry(entry: Entry) -> dict[str, Any]:
    """Return a journal entry as a JSON object."""
    return dict(_CONVERTER.unstructure(entry))


def load_entry(value: object) -> Entry:
    """Return the journal entry of a JSON object; raise NotReadable for anything else."""
    entry: Entry = _load(value, Entry)
    return entry


def dump_settings(settings: Settings) -> dict[str, Any]:
    """Return a person's settings as a JSON object."""
    return dict(_CONVERTER.unstructure(settings))


def load_settings(value: object) -> Settings:
    """Return the settings of a JSON object; raise NotReadable for anything else."""
    settings: Settings = _load(value, Settings)
    return settings
