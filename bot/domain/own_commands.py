"""What a person can ask for about the bot itself: their settings, their presets, small talk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPresets:
    """Show the person's presets, and some that they may like."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShowSettings:
    """Show what the person has chosen, to be changed."""


class Talk(StrEnum):
    """What small talk is about."""

    HELLO = "hello"
    THANKS = "thanks"
    BYE = "bye"
    WHO = "who"
    HOW = "how"


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallTalk:
    """Say something friendly; nothing changes."""

    about: Talk
