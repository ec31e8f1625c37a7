"""Why somebody is seen as they are: from what Graph shows and what the bot has set itself."""

from __future__ import annotations

from bot.domain.presence import HeldSession, Presence
from bot.domain.reply import Phrase
from bot.service.turn import Turn

# What only others can have set, by Graph's activity.
FOREIGN = {
    "offwork": "why-appears-offline",
    "inameeting": "why-meeting",
    "inacall": "why-call",
    "inaconferencecall": "why-call",
    "presenting": "why-presenting",
    "focusing": "why-focusing",
    "outofoffice": "why-out-of-office",
    "away": "why-away",
    "inactive": "why-away",
    "availableinactive": "why-away",
    "busy": "why-chosen",
    "donotdisturb": "why-chosen",
    "berightback": "why-chosen",
    "available": "why-available",
}


def cause(turn: Turn, seen: Presence) -> Phrase:
    """Return who or what makes the person look as `seen`, and until when as far as is known."""
    if seen.shows_nothing:
        return Phrase("why-no-client")
    if shows_preferred(turn, seen) and turn.running is not None:
        running = turn.running
        return Phrase(
            "why-set" if running.end_said else "why-set-open",
            {
                "availability": running.preferred.availability,
                "at": running.entry.at,
                "end": running.end,
            },
        )
    session = turn.session
    if session is not None and shows_session(session, seen):
        return Phrase("why-session", {"at": session.since, "end": session.end})
    return Phrase(FOREIGN.get(seen.activity.casefold(), "why-unknown"))


def shows_preferred(turn: Turn, seen: Presence) -> bool:
    """Return whether what shows is the preferred presence that the journal says is running."""
    running = turn.running
    return running is not None and _pair(seen) == (
        running.preferred.availability.casefold(),
        running.preferred.activity.casefold(),
    )


def shows_session(session: HeldSession, seen: Presence) -> bool:
    """Return whether what shows is this session."""
    return _pair(seen) == (session.availability.casefold(), session.activity.casefold())


_RANK = {"donotdisturb": 4, "busy": 3, "available": 2, "away": 1}


def outranks(seen: Presence, session: HeldSession) -> bool:
    """Return whether what shows comes before a session (presence-setpresence, v1.0).

    A preferred state comes before every session: Be right back and the Offline that somebody
    chose can only be preferred. Between equals Graph decides.
    """
    availability = seen.availability.casefold()
    if availability == "berightback" or seen.activity.casefold() == "offwork":
        return True
    return _RANK.get(availability, 0) >= _RANK[session.availability.casefold()]


def _pair(seen: Presence) -> tuple[str, str]:
    return seen.availability.casefold(), seen.activity.casefold()
