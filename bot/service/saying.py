"""Phrases that several handlers share."""

from __future__ import annotations

import re
from datetime import datetime

from bot.domain.commands import Command, KeepAvailable
from bot.domain.moment import Moment
from bot.domain.presence import LONGEST_HELD, Presence
from bot.domain.reply import Fact, Offer, Phrase, Reply, Tone
from bot.domain.status import StatusMessage
from bot.service.errors import (
    ConsentMissing,
    GatewayError,
    NotAllowedForOthers,
    NotOffered,
    Rejected,
    SignInRequired,
    Throttled,
    UnknownOutcome,
)

# The activities that the phrase book has words for; Graph may send others.
KNOWN_ACTIVITIES = frozenset(
    {
        "Available",
        "AvailableInactive",
        "Away",
        "BeRightBack",
        "Busy",
        "DoNotDisturb",
        "Focusing",
        "InACall",
        "InAConferenceCall",
        "InAMeeting",
        "Inactive",
        "Offline",
        "OffWork",
        "OutOfOffice",
        "Presenting",
        "PresenceUnknown",
        "UrgentInterruptionsOnly",
    }
)
_BY_LOWER_CASE = {activity.casefold(): activity for activity in KNOWN_ACTIVITIES}
_NOT_A_WORD = re.compile(r"[^A-Za-z]")


def seen_as(presence: Presence) -> Phrase:
    """Return how colleagues see somebody, in words."""
    known = _BY_LOWER_CASE.get(presence.activity.casefold())
    if known is not None:
        return Phrase(f"seen-{known}")
    return Phrase("seen-other", {"state": _NOT_A_WORD.sub(" ", presence.activity).strip()})


def message_facts(message: StatusMessage | None) -> tuple[Fact, ...]:
    """Return the facts about a status message; none where there is no message."""
    if message is None or not message.text:
        return ()
    facts = [Fact(label=Phrase("fact-message"), value=Phrase("quote", {"text": message.text}))]
    if message.pinned:
        facts.append(Fact(label=Phrase("fact-pinned"), value=Phrase("pinned-yes")))
    return tuple(facts)


def until_fact(end: datetime, moment: Moment) -> Fact:
    """Return the absolute end, with the zone that it is told in."""
    return Fact(
        label=Phrase("fact-until"),
        value=Phrase("end-in-zone", {"end": end, "zone": moment.zone.key}),
    )


def sorry(title: Phrase, *notes: Phrase) -> Reply:
    """Return a reply that says what is wrong and that nothing was changed."""
    return Reply(tone=Tone.SORRY, title=title, notes=notes)


def trouble(error: GatewayError) -> Phrase:
    """Return the sentence for what Graph did not do."""
    match error:
        case Throttled(retry_after=wait):
            return Phrase("trouble-throttled", {"wait": wait})
        case SignInRequired():
            return Phrase("trouble-sign-in")
        case ConsentMissing():
            return Phrase("trouble-consent")
        case NotAllowedForOthers():
            return Phrase("trouble-others")
        case NotOffered():
            return Phrase("trouble-not-offered")
        case Rejected():
            return Phrase("trouble-rejected")
        case UnknownOutcome():
            return Phrase("trouble-unknown")
        case _:
            return Phrase("trouble-unavailable")


def retry(command: Command) -> Offer:
    """Return the button that tries a command again."""
    return Offer(label=Phrase("offer-retry"), command=command)


def hold_offer(now: datetime, end: datetime | None) -> Offer:
    """Return the button that holds a session open, so that something shows, until `end`."""
    if end is not None and end - now > LONGEST_HELD:
        end = None
    return Offer(label=Phrase("offer-hold"), command=KeepAvailable(end=end))


def failed(error: GatewayError, command: Command) -> Reply:
    """Return the reply to a command that Graph did not carry out, or may not have."""
    unclear = isinstance(error, UnknownOutcome)
    return Reply(
        tone=Tone.SORRY,
        title=Phrase("unclear-title" if unclear else "failed-title"),
        notes=(trouble(error),),
        offers=(retry(command),),
    )
