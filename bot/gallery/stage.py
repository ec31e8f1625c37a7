"""A stage: one person, their presence and their plans in memory, for use cases to play on.

Nothing leaves it. It knows as much of Microsoft's rules as is needed to see every reply; what they
really are is the stand-in's matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.domain.commands import Command
from bot.domain.journal import Entry
from bot.domain.moment import Moment
from bot.domain.person import Person, Settings
from bot.domain.presence import PreferredPresence, Presence, PresenceSession, WorkLocation
from bot.domain.reply import Reply
from bot.domain.status import StatusMessage
from bot.domain.timers import Timer
from bot.grammar.reading import Reading
from bot.grammar.understand import Grammar
from bot.service.changes import Arm, Change, Drop, MarkUndone, Record, SaveSettings
from bot.service.conversation import Conversation
from bot.service.errors import GatewayError
from bot.service.ports import Fired, PersonRecord
from bot.service.traffic import Address, Colleague, Scene
from bot.service.turn import Tools

PERSON = Person(tenant="7e57ab1e-0000-4000-8000-000000000001", oid="anna")
ANNA = Colleague(oid="anna", name="Anna Berger", mail="anna@lighthouse.example")
BEN = Colleague(oid="ben", name="Ben Carter", mail="ben@lighthouse.example")
TWIN = Colleague(oid="ben-2", name="Ben Carter", mail="ben.carter@lighthouse.example")
CHEN = Colleague(oid="chen", name="Chen Li", mail="chen@lighthouse.example")
TEAM = (ANNA, BEN, CHEN)


def _presence(who: Colleague, availability: str, activity: str = "", **more: object) -> Presence:
    return Presence(
        oid=who.oid,
        availability=availability,
        activity=activity or availability,
        **more,  # type: ignore[arg-type]  # fields of Presence
    )


@dataclass(kw_only=True)
class Stage:
    """What a scene is played on. `seen` is what shows; `failing` names calls that fail, and how.

    It implements the ports PresenceGateway, Directory, Roster, OwnData, Exports and Clock for
    one person.
    """

    moment: Moment
    grammar: Grammar
    people: bool = True
    signed_in: bool = True
    seen: Presence = field(default_factory=lambda: _presence(ANNA, "Available"))
    failing: Mapping[str, GatewayError] = field(default_factory=dict)
    late: bool = False
    others: Mapping[str, Presence] = field(
        default_factory=lambda: {
            BEN.oid: _presence(BEN, "Busy", "InAMeeting"),
            CHEN.oid: _presence(
                CHEN,
                "Offline",
                "Offline",
                out_of_office=True,
                out_of_office_text="I am back on Monday.",
            ),
        }
    )
    scene: Scene = field(default_factory=Scene)

    def __post_init__(self) -> None:
        self._now = self.moment.now
        self._numbers = count(1)
        self._preferred: PreferredPresence | None = None
        self._session: PresenceSession | None = None
        self._beneath = self.seen
        self._dropped: list[Timer] = []
        self._show()
        self.record = PersonRecord(
            settings=Settings(zone=self.moment.zone.key, locale=self.moment.locale)
        )
        self._conversation = Conversation(
            self.grammar,
            Tools(
                gateway=self,
                directory=self,
                roster=self,
                people=self.people,
                signs_in=True,
                own_data=self,
                exports=self,
                clock=self,
                new_id=lambda: f"n{next(self._numbers)}",
                sleep=self.sleep,
            ),
        )

    # What a scene does.

    async def press(self, command: Command) -> Reply:
        """Carry a command out. Raises SignInRequired."""
        outcome = await self._conversation.press(
            PERSON, command, self._moment, self.record, self.scene
        )
        self._commit(outcome.changes)
        return outcome.reply

    async def say(self, words: str) -> Reply:
        """Read words in the language of the stage's locale, and carry them out."""
        return await self.hear(self._conversation.read(words, self._moment, self.record), words)

    async def hear(self, reading: Reading, words: str = "") -> Reply:
        """Carry out a reading of words."""
        outcome = await self._conversation.say(
            PERSON, reading, self._moment, self.record, self.scene, words=words
        )
        self._commit(outcome.changes)
        return outcome.reply

    async def fire(self, kind: type) -> Reply:
        """Go to when the timer of a kind is due, and fire it. Raises where it says nothing."""
        timer = self._falls_due(kind)
        fired = await self._conversation.due(timer, self._moment, self.record)
        return self._fired(timer, fired)

    async def give_up(self, kind: type) -> Reply:
        """Go to when the timer of a kind is due, and give it up. Raises where it says nothing."""
        timer = self._falls_due(kind)
        fired = await self._conversation.give_up(timer, self._moment, self.record)
        return self._fired(timer, fired)

    def wait(self, length: timedelta) -> None:
        """Let time go by; nothing is fired."""
        self._now += length

    def welcome(self) -> Reply:
        """Return what a person hears first."""
        return self._conversation.welcome(self._moment)

    def _falls_due(self, kind: type) -> Timer:
        timer = next(one for one in self.record.timers if isinstance(one.task, kind))
        self._now = max(self._now, timer.due)
        return timer

    def _fired(self, timer: Timer, fired: Fired) -> Reply:
        self._commit((Drop(timer=timer.id), *fired.changes))
        if fired.reply is None:
            raise LookupError(f"{type(timer.task).__name__} says nothing")
        return fired.reply

    @property
    def _moment(self) -> Moment:
        return replace(self.moment, now=self._now)

    def _commit(self, changes: Sequence[Change]) -> None:
        record = self.record
        for change in changes:
            match change:
                case Record(entry=entry):
                    record = replace(record, entries=(entry, *record.entries))
                case MarkUndone(entry=id_):
                    record = replace(
                        record,
                        entries=tuple(
                            replace(one, undone=one.undone or one.id == id_)
                            for one in record.entries
                        ),
                    )
                case Arm(timer=id_, task=task, due=due):
                    armed = Timer(id=id_, person=PERSON, task=task, due=due)
                    rest = (one for one in record.timers if one.id != id_)
                    record = replace(
                        record, timers=tuple(sorted((*rest, armed), key=lambda one: one.due))
                    )
                case Drop(timer=id_):
                    self._dropped += [one for one in record.timers if one.id == id_]
                    record = replace(
                        record, timers=tuple(one for one in record.timers if one.id != id_)
                    )
                case SaveSettings(settings=settings):
                    record = replace(record, settings=settings)
                case _:
                    pass  # what no later reply of a scene depends on
        self.record = record

    # The ports.

    def now(self) -> datetime:
        """Return the stage's present."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Take no time."""

    async def read(self, person: Person) -> Presence:
        """Return what shows."""
        self._may("read")
        return self.seen

    async def set_preferred(
        self, person: Person, preferred: PreferredPresence, *, now: datetime
    ) -> None:
        """Prefer a presence."""
        self._may("set_preferred")
        self._preferred = preferred
        self._show()

    async def clear_preferred(self, person: Person) -> None:
        """Give up what was preferred."""
        self._may("clear_preferred")
        self._preferred = None
        self._show()

    async def set_message(self, person: Person, message: StatusMessage | None) -> None:
        """Write the message."""
        self._may("set_message")
        if not self.late:
            self.seen = replace(self.seen, message=message)

    async def set_session(self, person: Person, session: PresenceSession) -> None:
        """Show a session."""
        self._may("set_session")
        self._session = session
        self._show()

    async def clear_session(self, person: Person) -> None:
        """End the session."""
        self._may("clear_session")
        self._session = None
        self._show()

    async def set_work_location(self, person: Person, location: WorkLocation) -> None:
        """Say where the person works."""
        self._may("set_work_location")
        self.seen = replace(self.seen, work_location=location.value)

    async def clear_work_location(self, person: Person) -> None:
        """Take back where the person works."""
        self._may("clear_work_location")
        self.seen = replace(self.seen, work_location=None)

    async def read_other(self, person: Person, oid: str) -> Presence:
        """Return what shows of somebody else."""
        self._may("read_other")
        return self.others[oid]

    async def read_many(self, person: Person, oids: Sequence[str]) -> Mapping[str, Presence]:
        """Return what shows of many people."""
        self._may("read_many")
        everybody = {**self.others, ANNA.oid: self.seen}
        return {oid: everybody[oid] for oid in oids if oid in everybody}

    async def find(self, person: Person, words: str, *, most: int) -> Sequence[Colleague]:
        """Return the people whom words mean."""
        self._may("find")
        said = words.casefold()
        people = (BEN, TWIN, CHEN)
        return [one for one in people if said in f"{one.name} {one.mail}".casefold()][:most]

    async def members(self, address: Address) -> Sequence[Colleague]:
        """Return the team."""
        return TEAM

    async def member(self, address: Address, member: str) -> Colleague | None:
        """Return who is mentioned."""
        return next((one for one in TEAM if one.oid == member), None)

    async def history(
        self, person: Person, *, start: datetime | None, end: datetime | None, limit: int
    ) -> tuple[Sequence[Entry], int]:
        """Return the person's changes."""
        return self.record.entries[:limit], len(self.record.entries)

    async def disarmed(self, person: Person, timers: Sequence[str]) -> Sequence[Timer]:
        """Return what was dropped and is not armed again."""
        armed = {one.id for one in self.record.timers}
        return [one for one in self._dropped if one.id in timers and one.id not in armed]

    async def everything(self, person: Person) -> Mapping[str, Any]:
        """Return nothing: there are no rows here."""
        return {}

    async def offer(self, person: Person, conversation: str) -> str:
        """Return an address that leads nowhere."""
        return "https://bot.example/export/0123456789abcdef"

    def _may(self, call: str) -> None:
        if call in self.failing:
            raise self.failing[call]

    def _show(self) -> None:
        if self.late:
            return
        if not self.signed_in and self._session is None:
            pair = ("Offline", "Offline")
        elif self._preferred is not None:
            pair = (self._preferred.availability.value, self._preferred.activity)
        elif self._session is not None:
            pair = (self._session.availability.value, self._session.activity.value)
        else:
            pair = (self._beneath.availability, self._beneath.activity)
        self.seen = replace(self.seen, availability=pair[0], activity=pair[1])
