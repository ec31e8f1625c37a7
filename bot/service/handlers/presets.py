"""A person's own shortcuts: kept under a name, used, listed, deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.commands import SetStatus
from bot.domain.own_commands import DeletePreset, ListPresets, SavePreset, UsePreset
from bot.domain.person import Preset
from bot.domain.plan import message_problem
from bot.domain.presence import Availability
from bot.domain.reply import Argument, Item, Offer, Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.service.changes import Change, SaveSettings
from bot.service.handlers import status
from bot.service.ports import Outcome
from bot.service.saying import sorry
from bot.service.turn import Turn

MOST_PRESETS = 20
_LONGEST_NAME = 60
_SHOWN = 10

# Suggestions, by the names that buttons carry; a preset of the person's own name comes first.
BUILT_IN = {
    "focus": Preset(
        name="focus", availability=Availability.DO_NOT_DISTURB, duration=timedelta(hours=2)
    ),
    "meeting": Preset(name="meeting", availability=Availability.BUSY, duration=timedelta(hours=1)),
    "lunch": Preset(name="lunch", availability=Availability.AWAY, duration=timedelta(hours=1)),
    "break": Preset(
        name="break", availability=Availability.BE_RIGHT_BACK, duration=timedelta(minutes=15)
    ),
}


async def save(turn: Turn, command: SavePreset) -> Outcome:
    """Keep what was said under a name, or else the status that runs."""
    kept = turn.record.settings.presets
    preset = _said(command) if command.availability else _running(turn, command.name)
    if preset is None:
        return Outcome(reply=sorry(Phrase("preset-nothing-to-save"), Phrase("preset-how")))
    if len(preset.name) > _LONGEST_NAME:
        return Outcome(reply=sorry(Phrase("preset-name-too-long", {"limit": _LONGEST_NAME})))
    if preset.message and (problem := message_problem(StatusMessage(text=preset.message))):
        return Outcome(reply=sorry(problem))
    earlier = turn.record.settings.preset(preset.name)
    if earlier is None and len(kept) >= MOST_PRESETS:
        return Outcome(reply=sorry(Phrase("preset-too-many", {"limit": MOST_PRESETS})))
    presets = (*(one for one in kept if one is not earlier), preset)
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("preset-saved" if earlier is None else "preset-replaced", _name(preset)),
            notes=(_line(preset), Phrase("preset-say-name", _name(preset))),
            offers=(
                use_offer(preset),
                Offer(label=Phrase("offer-presets"), command=ListPresets()),
            ),
        ),
        changes=(_saved(turn, presets),),
    )


def _said(command: SavePreset) -> Preset | None:
    if command.availability is None:
        return None
    return Preset(
        name=command.name,
        availability=command.availability,
        duration=command.duration,
        message=command.message,
    )


def _running(turn: Turn, name: str) -> Preset | None:
    running = turn.running
    if running is None:
        return None
    length = running.end - running.entry.at if running.end_said else None
    return Preset(
        name=name,
        availability=running.preferred.availability,
        duration=whole_minutes(length) if length else None,
        message=running.message.text if running.message else None,
    )


def whole_minutes(length: timedelta) -> timedelta:
    """Return a length as it was said: seconds passed between saying and setting."""
    return timedelta(minutes=max(1, round(length / timedelta(minutes=1))))


async def use(turn: Turn, command: UsePreset) -> Outcome:
    """Set the status that is kept under a name. Raises a GatewayError where nothing changed."""
    preset = turn.record.settings.preset(command.name) or BUILT_IN.get(command.name.casefold())
    if preset is None:
        title = Phrase("preset-unknown", {"name": command.name})
        return Outcome(reply=replace(_list(turn), tone=Tone.SORRY, title=title))
    end = command.end
    if end is None and preset.duration is not None:
        end = turn.moment.now + preset.duration
    message = StatusMessage(text=preset.message, end=end) if preset.message else None
    return await status.carry_out(
        turn, SetStatus(availability=preset.availability, end=end, message=message)
    )


async def delete(turn: Turn, command: DeletePreset) -> Outcome:
    """Forget what is kept under a name."""
    found = turn.record.settings.preset(command.name)
    if found is None:
        title = Phrase("preset-unknown", {"name": command.name})
        return Outcome(reply=replace(_list(turn), tone=Tone.SORRY, title=title))
    left = tuple(one for one in turn.record.settings.presets if one is not found)
    again = SavePreset(
        name=found.name,
        availability=found.availability,
        duration=found.duration,
        message=found.message,
    )
    return Outcome(
        reply=Reply(
            tone=Tone.DONE,
            title=Phrase("preset-deleted", _name(found)),
            offers=(Offer(label=Phrase("offer-undo"), command=again),),
        ),
        changes=(_saved(turn, left),),
    )


async def show(turn: Turn, _: ListPresets) -> Outcome:
    """List the person's presets, and suggest some."""
    return Outcome(reply=_list(turn))


def _list(turn: Turn) -> Reply:
    presets = turn.record.settings.presets
    beyond = len(presets) - _SHOWN
    return Reply(
        tone=Tone.INFO,
        title=Phrase("presets-title", {"count": len(presets)}),
        items=tuple(_item(one) for one in presets[:_SHOWN]),
        notes=(
            *((Phrase("and-more", {"count": beyond}),) if beyond > 0 else ()),
            Phrase("preset-how"),
        ),
        offers=suggestions(turn),
    )


def suggestions(turn: Turn) -> tuple[Offer, ...]:
    """Return buttons for what many people use, without those that the person has named so."""
    return tuple(
        Offer(label=Phrase(f"suggest-{name}"), command=UsePreset(name=name))
        for name in BUILT_IN
        if turn.record.settings.preset(name) is None
    )


def _item(preset: Preset) -> Item:
    return Item(
        label=Phrase("quote", {"text": preset.name}),
        lines=(_line(preset),),
        offers=(
            use_offer(preset),
            Offer(label=Phrase("offer-delete"), command=DeletePreset(name=preset.name)),
        ),
    )


def use_offer(preset: Preset) -> Offer:
    """Return the button that sets a preset."""
    return Offer(label=Phrase("offer-preset", _name(preset)), command=UsePreset(name=preset.name))


def _name(preset: Preset) -> dict[str, Argument]:
    return {"name": preset.name}


def _line(preset: Preset) -> Phrase:
    values: dict[str, Argument] = {"availability": preset.availability}
    if preset.duration is not None:
        values["length"] = preset.duration
    if preset.message is not None:
        values["text"] = preset.message
    if preset.duration is not None and preset.message is not None:
        return Phrase("preset-with-both", values)
    if preset.duration is not None:
        return Phrase("preset-with-length", values)
    if preset.message is not None:
        return Phrase("preset-with-text", values)
    return Phrase("preset-alone", values)


def _saved(turn: Turn, presets: tuple[Preset, ...]) -> Change:
    return SaveSettings(settings=replace(turn.record.settings, presets=presets))
