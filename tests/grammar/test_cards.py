"""What a card says about a command can be said to the bot, and means that command again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.commands import ClearAll, ClearMessage, ClearStatus, Command, Extend, SetStatus
from bot.domain.moment import Moment
from bot.domain.plan_commands import Remind, Schedule
from bot.domain.presence import Availability
from bot.domain.reply import Phrase
from bot.domain.status import StatusMessage
from bot.grammar.machine import running_of
from bot.grammar.reading import Understood
from bot.grammar.understand import Grammar
from bot.languages.phrasebook import Phrasebooks

GRAMMAR = Grammar()
BOOKS = Phrasebooks()
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 10, 13, 10, tzinfo=UTC)
RUNNING = {"availability": "Busy", "end": "2026-03-10T14:11:00"}
LOCALES = st.sampled_from(["en-US", "en-GB", "de-DE", "de-AT"])
AHEAD = st.integers(2, 360 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
TEXTS = st.sampled_from([
    "In a meeting", "back at 5", "until tomorrow, maybe", "Urlaub bis Freitag", "call me: 555",
    "busy, really", "bin um 3 zurück", "x", "50 % remote", "(out)", "ask Ann & Bob / Eve",
])  # fmt: skip


def sentence(command: Command, moment: Moment) -> str:
    """Return the title of the command's card, and its message with its label."""

    def text(key: str, **values: object) -> str:
        return BOOKS.text(Phrase(key, values), moment)  # type: ignore[arg-type]  # any value

    message: StatusMessage | None = None
    match command:
        case SetStatus(availability=availability, end=None, message=message):
            title = text("set-open", availability=availability)
        case SetStatus(availability=availability, end=end, message=message):
            title = text("set-until", availability=availability, end=end)
        case Schedule(availability=availability, start=start, end=None, message=message):
            title = text("planned-from", availability=availability, start=start)
        case Schedule(availability=availability, start=start, end=end, message=message):
            title = text("planned-until", availability=availability, start=start, end=end)
        case ClearStatus():
            title = text("cleared-status")
        case ClearMessage():
            title = text("cleared-message")
        case ClearAll():
            title = text("cleared-all")
        case Remind(at=at):
            title = text("choice-remind", at=at)
        case Extend(by=by, to=None):
            title = text("choice-longer", by=by)
        case Extend(to=to):
            title = text("offer-until", end=to)
        case _:
            raise AssertionError(command)
    if message is None:
        return title
    return f"{title}\n{text('fact-message')}: “{message.text}”"


@st.composite
def commands(draw: st.DrawFn) -> Command:
    """Draw a command whose card tells all of it."""
    availability = draw(st.sampled_from(Availability))
    if draw(st.integers(0, 4)) == 0:
        at, minutes = draw(AHEAD), draw(st.integers(1, 600))
        others: list[Command] = [
            ClearStatus(), ClearMessage(), ClearAll(), Remind(at=at), Extend(to=at),
            Extend(by=timedelta(minutes=minutes)),
        ]  # fmt: skip
        return draw(st.sampled_from(others))
    start = draw(st.none() | AHEAD)
    words = draw(st.none() | TEXTS)
    end = draw(st.none() | AHEAD)
    if start is not None and end is not None:
        start, end = min(start, end), max(start, end) + timedelta(minutes=1)
    message = None if words is None else StatusMessage(text=words, end=end)
    if start is not None:
        return Schedule(availability=availability, start=start, end=end, message=message)
    return SetStatus(availability=availability, end=end, message=message)


@settings(max_examples=300, deadline=None)
@given(commands(), LOCALES)
def test_the_sentence_of_a_card_means_its_command(command: Command, locale: str) -> None:
    moment = Moment(now=NOW, zone=BERLIN, locale=locale)
    said = sentence(command, moment)
    running = running_of(RUNNING, moment) if isinstance(command, Extend) else None
    reading = GRAMMAR.understand(said, moment, running=running)
    assert isinstance(reading, Understood), (said, reading)
    assert reading.command == command, "\n".join((said, *reading.trace))
