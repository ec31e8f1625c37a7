"""How a visible presence comes about: state and rules, no I/O, time is an argument.

Sources: the reference pages presence-setpresence, presence-setuserpreferredpresence,
presence-setstatusmessage, presence-clearpresence, and the concept page
cloud-communications-manage-presence-state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.playground.words import in_words

LONGEST_LAG = timedelta(minutes=10)

_INACTIVE_AFTER = timedelta(minutes=5)
_AWAY_AFTER = timedelta(minutes=10)
_RANK = {"DoNotDisturb": 4, "Busy": 3, "Available": 2, "Away": 1}


class NoSuchSession(Exception):
    """There is no session of this id to clear."""


class Source(StrEnum):
    """What a session comes from. A calendar alone does not make anybody present."""

    APPLICATION = "application"
    CLIENT = "client"
    CALENDAR = "calendar"


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One thing that says how the person is; only an application's expires or fades."""

    source: Source
    availability: str
    activity: str
    set_at: datetime
    expires: datetime | None = None
    id: str = ""

    def pair(self, now: datetime) -> tuple[str, str]:
        """Return availability and activity at `now`; an Available session fades if left alone."""
        age = now - self.set_at
        if self.source is not Source.APPLICATION or self.availability != "Available":
            return self.availability, self.activity
        if age < _INACTIVE_AFTER:
            return "Available", "Available"
        if age < _AWAY_AFTER:
            return "Available", "AvailableInactive"
        return "Away", "Away"

    def instants(self) -> Iterator[datetime]:
        """Give the instants at which this session changes by itself."""
        if self.expires is not None:
            yield self.expires
        if self.source is Source.APPLICATION and self.availability == "Available":
            yield self.set_at + _INACTIVE_AFTER
            yield self.set_at + _AWAY_AFTER


@dataclass(frozen=True, kw_only=True, slots=True)
class Preferred:
    """The pair that the person prefers, and until when."""

    availability: str
    activity: str
    expires: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """A status message; without `expires` it stays."""

    text: str
    published: datetime
    expires: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Location:
    """A work location, and which layer it comes from."""

    source: str = "none"
    type: str = "unspecified"
    place: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Client:
    """The switches of a person's simulated Teams client and mailbox."""

    signed_in: bool = True
    idle: bool = False
    in_call: bool = False
    in_meeting: bool = False
    out_of_office: bool = False
    out_of_office_message: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """Everything about a person that can be seen."""

    availability: str
    activity: str
    status: Status | None
    location: Location
    out_of_office: bool
    out_of_office_message: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A view, since when it stood, and its number, which grows with every visible change."""

    view: View
    since: datetime
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """All that is known of one person, worked out up to `settled`.

    `sessions` are in the order in which they were written. `shown` holds what was seen lately,
    newest last, for readers that lag behind; it is never empty.
    """

    settled: datetime
    shown: tuple[Shown, ...]
    client: Client
    sessions: tuple[Session, ...]
    preferred: Preferred | None = None
    status: Status | None = None
    manual: Location | None = None
    automatic: Location | None = None


def fresh(now: datetime) -> State:
    """Return the state of a person whose Teams client has just signed in."""
    client = Client()
    sessions = _sessions_of(client, (), now)
    view = View(
        availability="Available",
        activity="Available",
        status=None,
        location=Location(),
        out_of_office=False,
        out_of_office_message=None,
    )
    shown = (Shown(view=view, since=now, number=1),)
    return State(settled=now, shown=shown, client=client, sessions=sessions)


def settle(state: State, now: datetime) -> State:
    """Return the state at `now`: what has expired is gone, and every visible change is numbered.

    It goes from instant to instant, so that the numbers do not depend on when somebody looks.
    """
    while (instant := _next_instant(state)) is not None and instant <= now:
        state = _numbered(_without_expired(state, instant), instant)
    return replace(state, settled=max(now, state.settled))


def open_session(
    state: State, now: datetime, *, id: str, availability: str, activity: str, length: timedelta
) -> State:
    """Open, or begin anew, the session that an application holds under `id`."""
    state = settle(state, now)
    session = Session(
        source=Source.APPLICATION,
        id=id,
        availability=availability,
        activity=activity,
        set_at=now,
        expires=now + length,
    )
    return _changed(state, now, sessions=(*_without(state, id), session))


def close_session(state: State, now: datetime, *, id: str) -> State:
    """Close an application's session; raises NoSuchSession."""
    state = settle(state, now)
    rest = _without(state, id)
    if len(rest) == len(state.sessions):
        raise NoSuchSession(id)
    return _changed(state, now, sessions=rest)


def prefer(
    state: State, now: datetime, *, availability: str, activity: str, length: timedelta
) -> State:
    """Prefer a pair for `length`."""
    preferred = Preferred(availability=availability, activity=activity, expires=now + length)
    return _changed(settle(state, now), now, preferred=preferred)


def stop_preferring(state: State, now: datetime) -> State:
    """Give up what was preferred; nothing preferred is fine."""
    return _changed(settle(state, now), now, preferred=None)


def write_status(state: State, now: datetime, *, text: str, expires: datetime | None) -> State:
    """Write the status message; an empty text, or an end that has passed, removes it."""
    status = Status(text=text, published=now, expires=expires) if text else None
    return _changed(_without_expired(replace(settle(state, now), status=status), now), now)


def set_manual_location(state: State, now: datetime, *, type: str, place: str | None) -> State:
    """Set where the person says they work."""
    location = Location(source="manual", type=type, place=place)
    return _changed(settle(state, now), now, manual=location)


def set_automatic_location(state: State, now: datetime, *, type: str, place: str | None) -> State:
    """Set where something detected the person to work."""
    location = Location(source="automatic", type=type, place=place)
    return _changed(settle(state, now), now, automatic=location)


def clear_location(state: State, now: datetime) -> State:
    """Remove the manual and the automatic location."""
    return _changed(settle(state, now), now, manual=None, automatic=None)


def clear_automatic_location(state: State, now: datetime) -> State:
    """Remove the automatic location."""
    return _changed(settle(state, now), now, automatic=None)


def use_client(state: State, now: datetime, client: Client) -> State:
    """Set the switches of the simulated Teams client and mailbox."""
    state = settle(state, now)
    return _changed(state, now, client=client, sessions=_sessions_of(client, state.sessions, now))


def seen(state: State, now: datetime, lag: timedelta = timedelta(0)) -> Shown:
    """Return what a reader sees who is `lag` behind (at most LONGEST_LAG); `state` is settled."""
    past = [shown for shown in state.shown if shown.since <= now - lag]
    return past[-1] if past else state.shown[0]


def next_change(state: State, now: datetime, lag: timedelta = timedelta(0)) -> datetime | None:
    """Return the next instant at which something visible changes by itself."""
    for shown in state.shown:
        if shown.since + lag > now:
            return shown.since + lag
    while (instant := _next_instant(state)) is not None:
        later = settle(state, instant)
        if later.shown[-1].number > state.shown[-1].number:
            return instant + lag
        state = later
    return None


def upcoming(state: State, now: datetime) -> Iterator[tuple[datetime, str]]:
    """Give what ends or fades by itself after `now`, in words; in no order."""
    for session in state.sessions:
        for instant in session.instants():
            if instant > now:
                ends, name = instant == session.expires, in_words(session.activity)
                yield instant, f"The session “{name}” {'ends' if ends else 'fades'}"
    if state.preferred is not None and state.preferred.expires > now:
        yield state.preferred.expires, f"{in_words(state.preferred.availability)} ends"
    if state.status is not None and state.status.expires is not None:
        yield state.status.expires, "The status message ends"


def _view(state: State, now: datetime) -> View:
    availability, activity = _pair(state, now)
    away = state.client.out_of_office
    return View(
        availability=availability,
        activity=activity,
        status=state.status,
        location=state.manual or state.automatic or Location(),
        out_of_office=away,
        out_of_office_message=state.client.out_of_office_message if away else None,
    )


def _pair(state: State, now: datetime) -> tuple[str, str]:
    if all(session.source is Source.CALENDAR for session in state.sessions):
        return "Offline", "Offline"
    if state.preferred is not None:
        return state.preferred.availability, state.preferred.activity
    best = ("Away", "Away")
    for session in state.sessions:
        pair = session.pair(now)
        # Between equals the newest write wins: the sessions are in the order of writing.
        if _RANK[pair[0]] >= _RANK[best[0]]:
            best = pair
    if state.client.out_of_office and best == ("Available", "Available"):
        return "Available", "OutOfOffice"
    return best


def _next_instant(state: State) -> datetime | None:
    instants = [instant for session in state.sessions for instant in session.instants()]
    if state.preferred is not None:
        instants.append(state.preferred.expires)
    if state.status is not None and state.status.expires is not None:
        instants.append(state.status.expires)
    return min((instant for instant in instants if instant > state.settled), default=None)


def _without_expired(state: State, now: datetime) -> State:
    return replace(
        state,
        settled=now,
        sessions=tuple(s for s in state.sessions if s.expires is None or s.expires > now),
        preferred=state.preferred if state.preferred and state.preferred.expires > now else None,
        status=None
        if state.status and state.status.expires and state.status.expires <= now
        else state.status,
    )


def _numbered(state: State, now: datetime) -> State:
    view, last = _view(state, now), state.shown[-1]
    if view == last.view:
        return state
    shown = [*state.shown, Shown(view=view, since=now, number=last.number + 1)]
    while len(shown) > 1 and shown[1].since <= now - LONGEST_LAG:
        del shown[0]
    return replace(state, shown=tuple(shown))


def _changed(state: State, now: datetime, **changes: Any) -> State:
    return _numbered(replace(state, **changes), now)


def _without(state: State, id: str) -> tuple[Session, ...]:
    return tuple(s for s in state.sessions if not (s.source is Source.APPLICATION and s.id == id))


def _sessions_of(
    client: Client, before: tuple[Session, ...], now: datetime
) -> tuple[Session, ...]:
    wanted: dict[Source, tuple[str, str]] = {}
    if client.signed_in:
        wanted[Source.CLIENT] = (
            ("Busy", "InACall")
            if client.in_call
            else ("Away", "Away")
            if client.idle
            else ("Available", "Available")
        )
    if client.in_meeting:
        wanted[Source.CALENDAR] = ("Busy", "InAMeeting")
    kept = [
        s
        for s in before
        if s.source is Source.APPLICATION or wanted.get(s.source) == (s.availability, s.activity)
    ]
    known = {s.source for s in kept}
    new = [
        Session(source=source, availability=pair[0], activity=pair[1], set_at=now)
        for source, pair in wanted.items()
        if source not in known
    ]
    return (*kept, *new)
