"""One friendly line for small talk; a sentence and an offer for what the bot does not do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.commands import Broadcast, Command, OutOfOffice, RemindOther, SetMessage, SetStatus
from bot.domain.own_commands import SmallTalk, Talk
from bot.domain.plan_commands import Remind, Schedule
from bot.domain.presence import Availability
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.service.turn import Turn

_TAUGHT = frozenset({Talk.HELLO, Talk.WHO})  # whoever says this may ask what can be said
_EXAMPLES = 3


def small_talk(command: SmallTalk, examples: Sequence[str]) -> Reply:
    """Return one friendly line."""
    taught = tuple(examples[:_EXAMPLES]) if command.about in _TAUGHT else ()
    return Reply(tone=Tone.INFO, title=Phrase(f"talk-{command.about.value}"), examples=taught)


def not_mine(turn: Turn, command: OutOfOffice | RemindOther | Broadcast) -> Reply:
    """Return what was understood, why the bot does not do it, and what it can do instead."""
    name = type(command).__name__
    offered = _instead(turn, command)
    label = Phrase(f"instead-{name}")
    return Reply(
        tone=Tone.SORRY,
        title=Phrase(f"not-mine-{name}"),
        notes=(Phrase(f"not-mine-{name}-why"),),
        offers=(Offer(label=label, command=offered),) if offered is not None else (),
    )


def _instead(turn: Turn, command: OutOfOffice | RemindOther | Broadcast) -> Command | None:
    match command:
        case OutOfOffice(start=start, end=end, message=text):
            message = StatusMessage(text=text, end=end) if text else None
            if start is not None and start > turn.now:
                return Schedule(
                    availability=Availability.AWAY, start=start, end=end, message=message
                )
            return SetStatus(availability=Availability.AWAY, end=end, message=message)
        case RemindOther(at=at, text=text):
            return Remind(text=text, at=at) if at is not None else None
        case Broadcast(message=text):
            return SetMessage(message=StatusMessage(text=text, pinned=True)) if text else None
