"""What a person is answered: their words or their button, in their zone and language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.commands import Command, Undo
from bot.domain.journal import undoable
from bot.domain.moment import Moment
from bot.domain.person import Settings, zone_or_utc
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.grammar.reading import Understood
from bot.observability import tracing
from bot.service.changes import (
    Change,
    Drop,
    ForgetPerson,
    Reach,
    SaveSettings,
    Tell,
    Welcomed,
    Withdraw,
)
from bot.service.codec import NotReadable, load_command
from bot.service.conversation import Conversation, changes_something
from bot.service.errors import SignInRequired
from bot.service.groups import is_private, may_be_reminded, needs_own_chat
from bot.service.handlers import zones
from bot.service.ports import Clock, Messenger, Outcome, PersonRecord, Store
from bot.service.previewing import previews, shortcuts
from bot.service.saying import sorry, trouble
from bot.service.signing_in import Asked, SigningIn, is_code
from bot.service.traffic import Address, DoneBefore, Incoming, Outbound

EDITED_WITHIN = timedelta(minutes=5)  # a later edit of what was said changes nothing
TOO_OLD = timedelta(minutes=10)  # what was said longer ago changes nothing any more

REFUSALS = {
    "other": "card-of-somebody-else",
    "old": "card-too-old",
    "waited": "waited-too-long",
}


class Answering:
    """Has the conversation answer what came in; Graph has been written then, nothing committed.

    Without `signing_in` the bot acts with a permission of its own.
    """

    def __init__(
        self,
        *,
        conversation: Conversation,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        signing_in: SigningIn | None,
    ) -> None:
        self._conversation = conversation
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._signing_in = signing_in

    async def moment(self, incoming: Incoming) -> Moment:
        """Return the moment of something that is answered without being carried out."""
        record = await self._store.person(incoming.person)
        settings = record.settings.seen(zone=incoming.zone, locale=incoming.locale)
        return moment_at(incoming.at, settings)

    async def written(
        self, incoming: Incoming, reply: Reply, moment: Moment, *, card: str | None
    ) -> Outbound | None:
        """Return the message that says `reply`; none where its person has no chat for it.

        With `card`, it replaces that card.
        """
        address: Address | None = incoming.address
        if incoming.composed:
            record = await self._store.person(incoming.person)
            address = record.address or await self._messenger.open_private(incoming.address)
        if address is None:
            return None
        return self._messenger.compose(incoming.person, address, reply, moment, card=card)

    async def preview(self, incoming: Incoming) -> tuple[Sequence[Reply], Moment]:
        """Return what words would do, and without words what the person often sets."""
        record = await self._store.person(incoming.person)
        settings = record.settings.seen(zone=incoming.zone, locale=incoming.locale)
        moment = moment_at(incoming.at, settings)
        if not incoming.text:
            return shortcuts(settings.presets), moment
        reading = self._conversation.read(incoming.text, moment, record)
        return previews(reading), moment

    async def edited(self, incoming: Incoming) -> DoneBefore | None:
        """Return what an edit takes back; none where it is too late, or not of the newest."""
        done = await self._store.done_before(incoming)
        return None if done is None or incoming.at - done.at > EDITED_WITHIN else done

    async def _take_back(
        self, incoming: Incoming, done: DoneBefore, record: PersonRecord, moment: Moment
    ) -> PersonRecord:
        """Take back what a message did before it was edited; return what is known after that.

        One that still waits for a sign-in is not carried out any more.
        """
        person = incoming.person
        if incoming.edits is not None:
            withdrawn = Withdraw(key=incoming.edits, by=incoming.key)
            await self._store.commit(person, [withdrawn])
        for entry in reversed(done.entries):
            if undoable(record.entries, entry) is not None:
                undone = await self._conversation.press(
                    person, Undo(entry=entry), moment, record, incoming.scene
                )
                await self._store.commit(person, undone.changes)
                record = await self._store.person(person)
        left = [timer.id for timer in record.timers if timer.id in done.timers]
        await self._store.commit(person, [Drop(timer=timer) for timer in left])
        return await self._store.person(person)

    async def answer(
        self, incoming: Incoming, *, resumed: bool = False
    ) -> tuple[Outcome | Asked, Moment]:
        """Return what was done, or what is asked of a person who must sign in before."""
        record = await self._store.person(incoming.person)
        # A press counts in the zone that is known: what its card says was meant there.
        zone = record.settings.zone if incoming.pressed is not None else None
        settings = record.settings.seen(zone=zone or incoming.zone, locale=incoming.locale)
        new_zone = zones.asks(record, settings, incoming.at)
        if new_zone is not None:
            settings = replace(settings, asked_zone=new_zone)
        moment = moment_at(incoming.at, settings)
        try:
            outcome = await self._outcome(incoming, replace(record, settings=settings), moment)
        except SignInRequired as error:
            # Who has just signed in is not asked again: it did not help, and would go on for ever.
            if self._signing_in is not None and not resumed:
                asked = await self._signing_in.ask(incoming, record, moment, error)
                if asked is not None:
                    return asked, moment
                outcome = Outcome(reply=_not_installed(), beside=True)
            else:
                outcome = Outcome(reply=sorry(Phrase("failed-title"), trouble(error)))
        if any(isinstance(change, ForgetPerson) for change in outcome.changes):
            return outcome, moment  # nothing of them is kept, not even where they were
        for change in outcome.changes:
            if isinstance(change, SaveSettings):  # the answer is in the language chosen just now
                moment = moment_at(incoming.at, change.settings)
        if settings != record.settings:
            outcome = replace(outcome, changes=_with_settings(outcome.changes, settings))
        if incoming.private and incoming.pressed is None and not record.welcomed:
            outcome = self._welcomed(incoming, outcome, moment)
        if new_zone is not None:
            asks = zones.question(incoming.person, new_zone, self._clock.now())
            outcome = replace(outcome, changes=(*outcome.changes, asks))
        return outcome, moment

    def _welcomed(self, incoming: Incoming, outcome: Outcome, moment: Moment) -> Outcome:
        """Greet whoever was not greeted: an organisation had the bot installed for them."""
        changes: tuple[Change, ...] = (*outcome.changes, Welcomed())
        if incoming.text is not None:
            hello = self._messenger.compose(
                incoming.person,
                incoming.address,
                self._conversation.welcome(moment),
                moment,
                card=None,
            )
            changes = (*changes, Tell(outbound=hello))
        return replace(outcome, changes=changes)

    async def _where_it_belongs(
        self,
        incoming: Incoming,
        command: Command,
        record: PersonRecord,
        moment: Moment,
        carry_out: Callable[[PersonRecord], Awaitable[Outcome]],
    ) -> Outcome:
        """Carry a command out; in a group, what is private is answered in the own chat."""
        if incoming.private:
            return await carry_out(record)
        own_chat = record.address
        if own_chat is None and changes_something(command) | needs_own_chat(command):
            own_chat = await self._messenger.open_private(incoming.address)
        if own_chat is None and needs_own_chat(command):
            return Outcome(reply=_not_installed(), beside=True)
        if own_chat is None and may_be_reminded(command):
            # Nothing is promised that nobody could be told.
            settings = replace(record.settings, end_reminders=False)
            return await carry_out(replace(record, settings=settings))
        outcome = await carry_out(record)
        if own_chat is not None and own_chat != record.address:
            outcome = replace(outcome, changes=(*outcome.changes, Reach(address=own_chat)))
        if own_chat is None or not is_private(command):
            return outcome
        answer = self._messenger.compose(
            incoming.person, own_chat, outcome.reply, moment, card=None
        )
        return Outcome(
            reply=Reply(tone=Tone.INFO, title=Phrase("answered-privately")),
            changes=(*outcome.changes, Tell(outbound=answer)),
            beside=True,
        )

    async def _outcome(self, incoming: Incoming, record: PersonRecord, moment: Moment) -> Outcome:
        person, scene = incoming.person, incoming.scene
        if incoming.pressed is not None:
            pressed = dict(incoming.pressed)
            about = pressed.pop("about", None)
            try:
                command = load_command(pressed)
            except NotReadable:
                why = REFUSALS.get(str(incoming.pressed.get("refused")), "card-not-readable")
                return Outcome(reply=sorry(Phrase(why)))
            if self._is_too_old(incoming, command):
                return _too_old(incoming, command)
            return await self._where_it_belongs(
                incoming,
                command,
                record,
                moment,
                lambda known: self._conversation.press(
                    person, command, moment, known, scene, about=about
                ),
            )
        if incoming.text is None:
            return Outcome(reply=self._conversation.welcome(moment))
        if self._signing_in is not None and incoming.private and is_code(incoming.text):
            taken = await self._signing_in.redeem(incoming, incoming.text)
            if taken is not None:
                key = "signed-in" if taken else "sign-in-wrong-code"
                return Outcome(reply=Reply(tone=Tone.INFO, title=Phrase(key)))
        words = incoming.text
        with tracing.span("grammar"):
            reading = self._conversation.read(words, moment, record)
        # Before an edit takes anything back: that would change something, too.
        if isinstance(reading, Understood) and self._is_too_old(incoming, reading.command):
            return _too_old(incoming, reading.command)
        if incoming.edits is not None and isinstance(reading, Understood):
            done = await self.edited(incoming)
            if done is not None:
                settings = record.settings
                record = await self._take_back(incoming, done, record, moment)
                record = replace(record, settings=settings)
        if not isinstance(reading, Understood):
            return await self._conversation.say(
                person, reading, moment, record, scene, words=words
            )
        return await self._where_it_belongs(
            incoming,
            reading.command,
            record,
            moment,
            lambda known: self._conversation.say(
                person, reading, moment, known, scene, words=words
            ),
        )

    def _is_too_old(self, incoming: Incoming, command: Command) -> bool:
        return changes_something(command) and self._clock.now() - incoming.at > TOO_OLD


def _too_old(incoming: Incoming, command: Command) -> Outcome:
    return Outcome(
        reply=Reply(
            tone=Tone.SORRY,
            title=Phrase("too-old", {"at": incoming.at}),
            offers=(Offer(label=Phrase("offer-do-it-now"), command=command),),
        )
    )


def moment_at(at: datetime, settings: Settings) -> Moment:
    """Return the moment at which a person with these settings said something."""
    return Moment(
        now=at,
        zone=zone_or_utc(settings.local_zone),
        locale=settings.own_locale,
        working_day=settings.working_day,
    )


def moment_of(incoming: Incoming) -> Moment:
    """Return the moment of an activity whose person is not looked up."""
    return moment_at(incoming.at, Settings(zone=incoming.zone, locale=incoming.locale))


def _not_installed() -> Reply:
    return sorry(Phrase("not-installed"), Phrase("not-installed-how"))


def gave_up() -> Reply:
    """Return what is said where every attempt failed."""
    return sorry(Phrase("gave-up"), Phrase("gave-up-what-now"))


def _with_settings(changes: tuple[Change, ...], settings: Settings) -> tuple[Change, ...]:
    """Add the zone and locale that were seen, unless the turn has saved settings of its own."""
    if any(isinstance(change, SaveSettings) for change in changes):
        return changes
    return (*changes, SaveSettings(settings=settings))
