"""Explaining why the person is seen as they are."""

from __future__ import annotations

from bot.domain.commands import ClearStatus, Why
from bot.domain.presence import Presence
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.service.causes import cause, shows_preferred, shows_session
from bot.service.handlers.sessions import stop_offer
from bot.service.ports import Outcome
from bot.service.saying import hold_offer, message_facts, seen_as
from bot.service.turn import Turn


async def explain(turn: Turn, command: Why) -> Outcome:
    """Say what shows, who set it, and until when, as far as Graph and the journal know."""
    del command
    seen = await turn.tools.gateway.read(turn.person)
    facts = message_facts(seen.message)
    if seen.out_of_office_text:
        text = Phrase("quote", {"text": seen.out_of_office_text})
        facts += (Fact(label=Phrase("fact-out-of-office"), value=text),)
    return Outcome(
        reply=Reply(
            tone=Tone.INFO,
            title=Phrase("why-title", {"state": seen_as(seen)}),
            shows=seen.availability,
            facts=facts,
            notes=(cause(turn, seen), *_beneath(turn, seen)),
            offers=tuple(_offers(turn, seen)),
        )
    )


def _beneath(turn: Turn, seen: Presence) -> list[Phrase]:
    """Return what is set as well and does not show."""
    notes = []
    running = turn.running
    if running is not None and not shows_preferred(turn, seen):
        key = "why-hidden-without-client" if seen.shows_nothing else "why-hidden"
        preferred = running.preferred.availability
        notes.append(Phrase(key, {"availability": preferred, "end": running.end}))
    session = turn.session
    if session is not None and not shows_session(session, seen):
        notes.append(Phrase("why-session-hidden", {"end": session.end}))
    if seen.out_of_office and seen.activity.casefold() != "outofoffice":
        notes.append(Phrase("why-also-out-of-office"))
    return notes


def _offers(turn: Turn, seen: Presence) -> list[Offer]:
    if seen.shows_nothing:
        running = turn.running
        end = running.end if running is not None and running.end_said else None
        return [hold_offer(turn.now, end)]
    offers = []
    if turn.session is not None:
        offers.append(stop_offer())
    if turn.running is not None or cause(turn, seen).key in ("why-chosen", "why-appears-offline"):
        offers.append(Offer(label=Phrase("offer-clear"), command=ClearStatus()))
    return offers
