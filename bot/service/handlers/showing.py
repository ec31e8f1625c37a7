"""Answering what shows, and what can be said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.commands import ClearAll, Help, SetStatus, ShowStatus
from bot.domain.presence import Availability
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.service.handlers import sessions
from bot.service.handlers.status import end_offers
from bot.service.ports import Outcome
from bot.service.saying import hold_offer, message_facts, seen_as
from bot.service.turn import Turn


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
    return Outcome(
        reply=Reply(
            tone=Tone.INFO,
            title=seen_as(presence),
            shows=presence.availability,
            facts=tuple(facts),
            notes=tuple(notes),
            offers=tuple(offers),
        )
    )


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
