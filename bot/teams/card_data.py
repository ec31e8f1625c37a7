"""The data that a button carries. It is in the client's hands: what comes back is not trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.commands import Command
from bot.service.codec import dump_command

VERSION = 1


def button_data(command: Command) -> dict[str, Any]:
    """Return what a button that carries out `command` sends when it is pressed."""
    return {"v": VERSION, "command": dump_command(command)}


def pressed_command(data: object) -> Mapping[str, Any]:
    """Return the command in a button's data as JSON; empty, so unreadable, where there is none."""
    if isinstance(data, dict) and data.get("v") == VERSION:
        command = data.get("command")
        if isinstance(command, dict):
            return command
    return {}
