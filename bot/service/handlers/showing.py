"""Answering what shows, and what can be said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.commands import ClearAll, Help, SetStatus, ShowStatus
from bot.domain.own_commands import ListPresets, ShowSettings
from bot.domain.plan_commands import ListPlans
from bot.domain.presence import Availability
from bot.domain.reply import Fact, Item, Offer, Phrase, Reply, Tone
from bot.service.handlers import presets, sessions
from bot.service.handlers.planning import name_of, plans
from bot.service.handlers.status import end_offers
from bot.service.ports import Outcome
from bot.service.saying import hold_offer, message_facts, seen_as
from bot.service.turn import Turn

_MOST_SHORTCUTS = 5


async def show_status(turn: Turn, command: ShowStatus) -> Outcome:
    """Say how colleagues see the person now, and what of it the bot has set."""
    presence = await turn.tools.gateway.read(turn.person)
    facts: list[Fact] = []
    offers: list[Offer] = []
    running = turn.running
    if running is not None:
        facts.append(
            Fact(
                label=Phrase("fact-set"),
                value=Phrase(
                    "set-by-you",
                    {"availability": running.preferred.availability, "end": running.end},
                ),
            )
        )
        offers += end_offers(turn.moment, running.end if running.end_said else None)
    facts += message_facts(presence.message)
    if presence.message is not None and presence.message.end is not None:
        facts.append(
            Fact(
                label=Phrase("fact-message-until"),
                value=Phrase(
                    "end-in-zone",
                    {"end": presence.message.end, "zone": turn.moment.zone.key},
                ),
            )
        )
    if running is not None or presence.message is not None:
        offers.append(Offer(label=Phrase("offer-clear"), command=ClearAll()))
    notes = []
    if presence.shows_nothing:
        notes.append(Phrase("note-no-client"))
        end = running.end if running is not None and running.end_said else None
        offers.insert(0, hold_offer(turn.now, end))
    if turn.session is not None:
        facts += sessions.listed(turn)
        offers.append(sessions.stop_offer())
    newest = turn.record.entries[0].id if turn.record.entries else ""
    private = turn.scene.private
    return Outcome(
        reply=Reply(
            tone=Tone.INFO,
            title=seen_as(presence),
            shows=presence.availability,
            facts=tuple(facts),
            items=_home(turn) if private else (),
            notes=tuple(notes),
            offers=tuple(offers),
            about=newest,
            refresh=ShowStatus() if private else None,
        )
    )


def _home(turn: Turn) -> tuple[Item, ...]:
    """Return what comes next, and one-tap statuses: the person's own, then suggestions."""
    items = []
    coming = plans(turn)
    if coming:
        first = coming[0]
        at = Phrase("home-next", {"at": first.timer.due})
        offer = Offer(label=Phrase("offer-list"), command=ListPlans())
        items.append(Item(label=at, lines=(name_of(first.task),), offers=(offer,)))
    own = tuple(presets.use_offer(one) for one in turn.record.settings.presets)
    shortcuts = (*own, *presets.suggestions(turn))[:_MOST_SHORTCUTS]
    items.append(Item(label=Phrase("home-shortcuts"), lines=(), offers=shortcuts))
    more = (
        Offer(label=Phrase("offer-presets"), command=ListPresets()),
        Offer(label=Phrase("offer-settings"), command=ShowSettings()),
    )
    items.append(Item(label=Phrase("home-more"), lines=(), offers=more))
    return tuple(items)


def help_reply(_: Help, examples: Sequence[str]) -> Reply:
    """Return what can be said, with examples that are tested."""
    return Reply(
        tone=Tone.INFO,
        title=Phrase("help-title"),
        notes=(Phrase("help-how"),),
        examples=tuple(examples),
        offers=tuple(
            Offer(
                label=Phrase("offer-set", {"availability": availability}),
                command=SetStatus(availability=availability),
            )
            for availability in (
                Availability.BUSY,
                Availability.DO_NOT_DISTURB,
                Availability.AVAILABLE,
            )
        ),
    )
