"""What the use cases need from the outside, as protocols. Adapters implement them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from bot.domain.journal import Entry
from bot.domain.moment import Moment
from bot.domain.person import Person, Settings
from bot.domain.presence import PreferredPresence, Presence, PresenceSession, WorkLocation
from bot.domain.reply import Reply
from bot.domain.status import StatusMessage
from bot.domain.timers import Timer
from bot.service.changes import Change
from bot.service.traffic import Address, Colleague, DoneBefore, Incoming, Outbound, Place


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""


class TokenProvider(Protocol):
    """Gives access tokens for Microsoft Graph."""

    async def token(
        self,
        person: Person,
        *,
        refresh: bool = False,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> str:
        """Return a token for `person`; with `refresh`, one newer than the last that was given.

        `claims` is a challenge of Graph that the newer one must satisfy; with `colleagues` it
        must also be good for looking at others. Raises SignInRequired where there is none.
        """


class PresenceGateway(Protocol):
    """Microsoft Graph's presence calls for one person at a time.

    Every method raises a GatewayError where the call was not carried out.
    """

    async def read(self, person: Person) -> Presence:
        """Return the person's own presence, as colleagues see it, with the end of the message."""

    async def set_preferred(
        self, person: Person, preferred: PreferredPresence, *, now: datetime
    ) -> None:
        """Prefer a presence from `now` until its end; without an end, for Graph's default."""

    async def clear_preferred(self, person: Person) -> None:
        """Give up the preferred presence; doing so twice is fine."""

    async def set_message(self, person: Person, message: StatusMessage | None) -> None:
        """Write the status message; none clears it."""

    async def read_other(self, person: Person, oid: str) -> Presence:
        """Return what `person` sees of somebody else in the tenant; no end of the message."""

    async def read_many(self, person: Person, oids: Sequence[str]) -> Mapping[str, Presence]:
        """Return what `person` sees of many people by their ids; none for ids Graph leaves out."""

    async def set_session(self, person: Person, session: PresenceSession) -> None:
        """Show a presence session of this application; an earlier one of it is replaced."""

    async def clear_session(self, person: Person) -> None:
        """End this application's presence session; without one that is fine."""

    async def set_work_location(self, person: Person, location: WorkLocation) -> None:
        """Say where the person works today."""

    async def clear_work_location(self, person: Person) -> None:
        """Remove what was said about where the person works today."""


class Directory(Protocol):
    """Finds people of the tenant, as far as `person` may see them."""

    async def find(self, person: Person, words: str, *, most: int) -> Sequence[Colleague]:
        """Return up to `most` people whom a mail address, or the parts of a name, mean.

        Raises a GatewayError where the look-up was not carried out.
        """


class Roster(Protocol):
    """Knows who is in a conversation. Raises a GatewayError where that cannot be had."""

    async def members(self, address: Address) -> Sequence[Colleague]:
        """Return the people of a conversation, the bot left out; 1,000 at the most."""

    async def member(self, address: Address, member: str) -> Colleague | None:
        """Return who stands behind the id of a mention; none for nobody in the conversation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInRequest:
    """How a person can sign in.

    `id` names this request, `resource` what a Teams client may give a token for, and `url` is the
    page for whoever cannot be signed in silently.
    """

    id: str
    resource: str
    url: str


class SignIns(Protocol):
    """Signs people in, so that there are tokens for them."""

    async def ask(
        self, person: Person, conversation: str, *, claims: str | None, colleagues: bool
    ) -> SignInRequest:
        """Return how this person can sign in, from this private conversation.

        With `colleagues`, also for looking at others.
        """

    async def exchange(self, person: Person, conversation: str, request: str, token: str) -> None:
        """Take the token of a Teams client for a request of the same person and conversation.

        Raises SignInRefused where it is not theirs, SignInRequired where the person must go to
        the page, and another GatewayError where it may work later.
        """

    async def redeem(self, person: Person, conversation: str, code: str) -> bool | None:
        """Take the code that the page showed.

        Returns false for a wrong one, none where no code of this person is open.
        """

    def signed_out(self, person: Person) -> None:
        """Forget what is in memory for a person whose tokens were deleted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DueTimer:
    """A timer that is due, as the sweep sees it: `job` is what it was handed over with."""

    id: str
    version: int
    attempts: int = 0
    job: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRecord:
    """What is known of a person when their turn begins. `entries` and `timers` as Store says."""

    settings: Settings = field(default_factory=Settings)
    entries: Sequence[Entry] = ()
    timers: Sequence[Timer] = ()
    address: Address | None = None
    welcomed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a use case did: what to say, and what to commit. Graph has been written already.

    With `beside` the reply must not take the place of the card that was pressed.
    """

    reply: Reply
    changes: tuple[Change, ...] = ()
    beside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Fired:
    """What a due timer did: what to say, if anything, and what to commit."""

    reply: Reply | None = None
    changes: tuple[Change, ...] = ()


class Store(Protocol):
    """Each method is one transaction, named by what it means."""

    async def receive(self, incoming: Incoming) -> bool:
        """Keep something that arrived, and where its person can be reached.

        Returns false where its key is known already.
        """

    async def newcomers(self, tenant: str, since: datetime, most: int) -> int:
        """Return for how many people of a tenant the bot was installed since, at most `most`."""

    async def receive_in_line(self, incoming: Incoming) -> Place | None:
        """Do what `receive` does, and queue up for the person's next turn in the same transaction.

        Returns none where its key is known already.
        """

    async def answer(self, key: str) -> Mapping[str, Any] | None:
        """Return the answer that was given to an earlier delivery of `key`, if there is one."""

    async def promise(
        self, incoming: Incoming, answer: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Keep the answer that something is being worked on: it must be finished from now on.

        Returns the answer to give, which is an earlier one where there is one, and none where the
        work was finished meanwhile.
        """

    async def turn_away(self, incoming: Incoming) -> bool:
        """Forget a delivery of which nothing was done, so that it may come again.

        Returns false, and forgets nothing, where it was promised that it is being worked on.
        """

    async def finished(self, key: str, *, before: datetime | None = None) -> bool:
        """Return whether an earlier delivery of `key` was carried out; known for a day.

        With `before`, whether that was before this instant.
        """

    async def unfinished(self) -> Sequence[Incoming]:
        """Return what a process left unfinished that is gone, in order of arrival.

        It is this process's from now on. None is inline: who waited for its answer has gone, too.
        """

    async def attempt(self, key: str) -> int:
        """Count one more attempt at an incoming thing and return how many there were."""

    async def person(self, person: Person) -> PersonRecord:
        """Return what is known of a person; defaults for one who is not known.

        The newest 20 journal entries, newest first, and the armed timers, next due first.
        """

    async def finish_turn(
        self,
        incoming: Incoming,
        changes: Sequence[Change],
        *,
        answer: Mapping[str, Any] | None = None,
        outbound: Outbound | None = None,
    ) -> bool:
        """Commit what a turn did, keep its inline answer or its message, and erase its content.

        Returns false, and commits nothing, where it was finished already, and where `answer`
        comes too late, for another one has been promised.
        """

    async def done_before(self, incoming: Incoming) -> DoneBefore | None:
        """Return what the message did that `incoming` edits; none if it is not the newest."""

    async def commit(self, person: Person, changes: Sequence[Change]) -> None:
        """Commit a part of a turn that is not finished by it."""

    async def finish_timer(
        self, timer: Timer, changes: Sequence[Change], *, outbound: Outbound | None = None
    ) -> bool:
        """Commit what a due timer did, and disarm it, if it is still armed at this version.

        A change that arms the same timer again takes the place of disarming. Returns false, and
        commits nothing, where the timer was changed meanwhile.
        """

    async def postpone_timer(self, timer: Timer, due: datetime) -> bool:
        """Arm the timer again, if still at this version; version and attempts grow by one."""

    async def armed(self, timer: str, version: int) -> Timer | None:
        """Return the timer if it is armed at this version."""

    async def due(self, now: datetime, limit: int) -> Sequence[Timer]:
        """Return armed timers that are due at `now`, earliest first."""

    async def next_due(self) -> datetime | None:
        """Return the earliest instant at which an armed timer is due."""

    async def park(
        self,
        incoming: Incoming,
        *,
        answer: Mapping[str, Any] | None = None,
        outbound: Sequence[Outbound] = (),
    ) -> None:
        """Keep a turn for later, with its inline answer and the messages that say so."""

    async def unpark(self, person: Person) -> Sequence[Incoming]:
        """Return what was parked for a person, to be worked off now, in order of arrival."""

    async def suspend_timer(self, timer: Timer, *, outbound: Outbound | None = None) -> bool:
        """Let a timer wait until it is released; `outbound` is kept if it is the first to wait.

        Returns whether `outbound` was kept.
        """

    async def release_timers(self, person: Person) -> int:
        """Let the timers of a person that wait be due again; return how many there were."""

    async def part(self, person: Person) -> None:
        """End all timers of a person, and delete where they are and what could act for them."""

    async def unsent(self) -> Sequence[Outbound]:
        """Return what a process left unsent that is gone, oldest first; it is ours from now on."""

    async def sent(self, outbound: Outbound, *, place: Place | None = None) -> None:
        """Mark a message as sent and erase its content; leave the line at `place` with it."""


class OwnData(Protocol):
    """Reads what is kept of one person, for that person alone."""

    async def history(
        self, person: Person, *, start: datetime | None, end: datetime | None, limit: int
    ) -> tuple[Sequence[Entry], int]:
        """Return the newest changes between two instants (none = open), and how many there are."""

    async def disarmed(self, person: Person, timers: Sequence[str]) -> Sequence[Timer]:
        """Return those of a person's timers with these ids that are not armed any more.

        They are kept for a week.
        """

    async def everything(self, person: Person) -> Mapping[str, Any]:
        """Return every row of the person, by table, as JSON values; nothing that is sealed."""


class Exports(Protocol):
    """Gives people their data as a file."""

    async def offer(self, person: Person, conversation: str) -> str:
        """Return the address at which this person gets the file: once, within ten minutes."""


class Watchers(Protocol):
    """Knows who watches somebody."""

    async def watchers(self, tenant: str) -> Sequence[Timer]:
        """Return the armed timers of a tenant's people whose task is a Watching."""


class Timers(Protocol):
    """The engine behind the timers table."""

    def wake(self) -> None:
        """Look at the table now: something was armed, changed, or the clock moved."""

    async def forget(self, timers: Sequence[str]) -> None:
        """Forget that these timers ever ran; their ids name the person."""


class Delivery(Enum):
    """What became of a message."""

    DONE = "done"  # as far as it can be: it may have nowhere to go
    LATER = "later"  # nothing was sent; it should be tried again
    GONE = "gone"  # its person took the bot away, or blocked it


class Messenger(Protocol):
    """Brings replies to people."""

    def compose(
        self, person: Person, address: Address, reply: Reply, moment: Moment, *, card: str | None
    ) -> Outbound:
        """Return the message that says `reply`; with `card`, it replaces that card."""

    def answer(
        self, person: Person, reply: Reply, moment: Moment, *, address: Address | None = None
    ) -> Mapping[str, Any]:
        """Return the inline answer to a person's button press that says `reply`.

        With the `address` that it was pressed at, the card may be refreshed there.
        """

    def sign_in_card(
        self, person: Person, address: Address, reply: Reply, moment: Moment, how: SignInRequest
    ) -> Outbound:
        """Return the message with which a person can sign in. Only for a private address."""

    async def open_private(self, address: Address) -> Address | None:
        """Return the address of the private chat with the user of `address`, if it can be had."""

    def remark(self, reply: Reply, moment: Moment) -> Mapping[str, Any]:
        """Return the inline answer that says the title of `reply` and leaves the card alone."""

    async def typing(self, address: Address) -> None:
        """Show that the bot is writing; where that fails nothing is lost."""

    async def deliver(self, outbound: Outbound) -> Delivery:
        """Send a message."""
