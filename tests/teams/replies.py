"""Replies of every kind, for cards and messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.commands import ClearAll, Extend, SetStatus, Undo
from bot.domain.moment import Moment
from bot.domain.presence import Availability
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.languages.phrasebook import Phrasebooks

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
END = NOW + timedelta(hours=2)
MOMENT = Moment(now=NOW, zone=ZoneInfo("Europe/Berlin"), locale="en-GB")

SOURCE = """
busy-until = { $what } until { $end }
people-see = Colleagues see
plain-value = { $what }
label-message = Message
note-end = It ends with your status.
extend = +{ $by }
undo = Undo
again = Set “{ $words }” again
reminder = Reminder: { $words }
too-much = { $words }
may-repeat = You may be reading this twice.
availability-Busy = Busy
availability-DoNotDisturb = Do not disturb
length-of-two = { $first } { $second }
"""


class TestBooks(Phrasebooks):
    """The phrases of this file alone."""

    __test__ = False

    def __init__(self) -> None:
        self._sources = {"en": SOURCE}
        self._books = {}


def busy(message: str = "In a meeting") -> Reply:
    return Reply(
        tone=Tone.DONE,
        title=Phrase("busy-until", {"what": Availability.BUSY, "end": END}),
        shows="Busy",
        facts=(
            Fact(
                label=Phrase("people-see"),
                value=Phrase("plain-value", {"what": Availability.BUSY}),
            ),
            Fact(label=Phrase("fact-message"), value=Phrase("plain-value", {"what": message})),
        ),
        notes=(Phrase("note-end"),),
        offers=(
            Offer(
                label=Phrase("extend", {"by": timedelta(minutes=30)}),
                command=Extend(by=timedelta(minutes=30)),
            ),
            Offer(label=Phrase("undo"), command=Undo()),
            Offer(label=Phrase("again", {"words": message}), command=set_status(message)),
        ),
        examples=("busy until 3", "dnd for an hour, say *writing*"),
    )


def set_status(message: str) -> SetStatus:
    return SetStatus(
        availability=Availability.BUSY,
        end=END,
        message=StatusMessage(text=message, end=END, pinned=True),
    )


def reminder(words: str = "call Bob") -> Reply:
    return Reply(
        tone=Tone.REMINDER,
        title=Phrase("reminder", {"words": words}),
        offers=(Offer(label=Phrase("undo"), command=ClearAll()),),
    )
