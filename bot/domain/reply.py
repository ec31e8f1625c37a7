"""What the bot says, without cards, without Teams and without a language.

A reply is made of phrases: a key of the phrase book and typed arguments. Whoever shows the reply
turns phrases into words of the person's language, zone and style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.commands import Command
from bot.domain.presence import Availability


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence or a label: its key in `replies.ftl` and the values in it."""

    key: str
    values: Mapping[str, Argument] = field(default_factory=dict)


# A plain `str` argument is always somebody's own words: whoever shows it must escape it.
Argument = str | int | date | datetime | timedelta | Availability | Phrase


class Tone(StrEnum):
    """What kind of answer this is."""

    DONE = "done"
    INFO = "info"
    REMINDER = "reminder"
    QUESTION = "question"
    SORRY = "sorry"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One labelled value."""

    label: Phrase
    value: Phrase


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A button: what it says, and the command that a press carries out."""

    label: Phrase
    command: Command


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A button that opens a page of the bot's own; `url` never holds anybody's words."""

    label: Phrase
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One entry of a list: a label, the lines below it, and buttons of its own."""

    label: Phrase
    lines: tuple[Phrase, ...]
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One of several values to choose from."""

    value: str
    label: Phrase


class Field(StrEnum):
    """What is filled in: one of several, a time of day, a day, or on and off."""

    CHOICE = "choice"
    TIME = "time"
    DATE = "date"
    SWITCH = "switch"


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """Something to fill in: `id` is the field of the command on the card's button."""

    id: str
    kind: Field
    label: Phrase
    value: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One answer. `shows` is the availability to picture; `examples` are utterances to try.

    `about` is the journal entry that the buttons act on: later changes make them outdated.
    `refresh` is what brings the card up to date when it is looked at again.
    """

    tone: Tone
    title: Phrase
    shows: str | None = None
    facts: tuple[Fact, ...] = ()
    items: tuple[Item, ...] = ()
    notes: tuple[Phrase, ...] = ()
    offers: tuple[Offer, ...] = ()
    links: tuple[Link, ...] = ()
    examples: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    about: str | None = None
    refresh: Command | None = None
