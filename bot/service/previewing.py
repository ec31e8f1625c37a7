"""What an utterance would do, before it is done: for the message extension's live preview."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.commands import (
    ClearAll,
    ClearMessage,
    ClearStatus,
    Command,
    Extend,
    KeepAvailable,
    SetMessage,
    SetStatus,
    ShowSession,
)
from bot.domain.own_commands import UsePreset
from bot.domain.person import Preset
from bot.domain.plan_commands import Schedule
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.grammar.reading import Ambiguous, Reading, Understood
from bot.service.asking import described
from bot.service.handlers.presets import BUILT_IN

# What is set from the compose box of any chat: a person's own state, nothing else.
_SHOWN = (
    *(SetStatus, SetMessage, Schedule, Extend, UsePreset),
    *(ClearStatus, ClearMessage, ClearAll, KeepAvailable, ShowSession),
)
MOST_PREVIEWS = 8


def previews(reading: Reading) -> Sequence[Reply]:
    """Return what each reading would do, with the command as its only offer; the likeliest first.

    Where nothing of it can be done from here, one reply without an offer says so.
    """
    match reading:
        case Understood(command=command, assumptions=assumptions, instead=instead):
            found = [_preview(command, assumptions), *(_preview(one, ()) for one in instead)]
        case Ambiguous(readings=readings):
            found = [_preview(one.command, one.assumptions) for one in readings]
        case _:
            return (Reply(tone=Tone.SORRY, title=reading.problem, examples=reading.nearest),)
    known = tuple(one for one in found if one is not None)
    return known or (Reply(tone=Tone.SORRY, title=Phrase("compose-not-here")),)


def _preview(command: Command, assumptions: tuple[Phrase, ...]) -> Reply | None:
    label = described(command) if isinstance(command, _SHOWN) else None
    if label is None:
        return None
    message = getattr(command, "message", None)
    quoted: tuple[Phrase, ...] = ()
    if isinstance(message, StatusMessage) and not isinstance(command, SetMessage):
        quoted = (Phrase("quote", {"text": message.text}),)
    return Reply(
        tone=Tone.QUESTION,
        title=label,
        shows=getattr(command, "availability", None),
        notes=(*quoted, *assumptions),
        offers=(Offer(label=label, command=command),),
    )


def shortcuts(presets: Sequence[Preset]) -> Sequence[Reply]:
    """Return what is offered before anything is typed: the person's presets, then suggestions."""
    own = {preset.name.casefold() for preset in presets}
    found = [
        *((Phrase("offer-preset", {"name": one.name}), one) for one in presets),
        *((Phrase(f"suggest-{key}"), one) for key, one in BUILT_IN.items() if key not in own),
    ]
    return tuple(
        Reply(
            tone=Tone.QUESTION,
            title=label,
            shows=preset.availability,
            notes=(Phrase(f"availability-{preset.availability.value}"),),
            offers=(Offer(label=label, command=UsePreset(name=preset.name)),),
        )
        for label, preset in found[:MOST_PREVIEWS]
    )
