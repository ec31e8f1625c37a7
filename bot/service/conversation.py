"""What happens when a person says something, presses something, or something is due."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import assert_never

from bot.domain.commands import (
    Amend,
    Broadcast,
    ClearAll,
    ClearMessage,
    ClearStatus,
    Command,
    Extend,
    Help,
    KeepAvailable,
    OutOfOffice,
    RemindOther,
    RepeatLast,
    SetMessage,
    SetStatus,
    SetWorkLocation,
    ShowSession,
    ShowStatus,
    Undo,
    Unwatch,
    Watch,
    Why,
)
from bot.domain.journal import running
from bot.domain.moment import Moment
from bot.domain.own_commands import (
    ChangeSettings,
    DeletePreset,
    EraseHistory,
    ExportData,
    ForgetMe,
    ListPresets,
    LookAgain,
    Privacy,
    SavePreset,
    SetEndReminders,
    SetLanguage,
    SetTimezone,
    SetWorkingHours,
    ShowHistory,
    ShowSettings,
    SignOut,
    SmallTalk,
    UsePreset,
)
from bot.domain.person import Person
from bot.domain.plan_commands import (
    Cancel,
    ChangePlan,
    Done,
    FillInPlan,
    ListPlans,
    MoveRecurring,
    Pause,
    PlanAgain,
    Recur,
    Remind,
    Schedule,
    Sequence,
    ShowPlan,
    SkipOnce,
    Snooze,
    Target,
)
from bot.domain.reply import Offer, Phrase, Reply, Tone
from bot.domain.timers import Timer
from bot.grammar.reading import Ambiguous, NotUnderstood, Reading, Understood
from bot.grammar.understand import Grammar
from bot.service import asking, falling_due
from bot.service.errors import GatewayError, SignInRequired
from bot.service.handlers import (
    account,
    again,
    cancelling,
    changing,
    location,
    looking,
    people,
    plan_card,
    plan_list,
    preferences,
    presets,
    recurring,
    reminders,
    schedules,
    sequences,
    sessions,
    showing,
    status,
    talk,
    undo,
    watches,
    why,
    zones,
)
from bot.service.handlers.planning import Reference
from bot.service.ports import Fired, Outcome, PersonRecord
from bot.service.saying import failed
from bot.service.traffic import Scene
from bot.service.turn import Tools, Turn

logger = logging.getLogger(__name__)

_TAUGHT_FIRST = 3  # sentences: who reads more has not tried one yet
_ALL = frozenset({"all", "everything"})  # what the grammar writes for all of a kind
_CHANGES_NOTHING = (
    *(ShowStatus, ListPlans, Help, Why, ShowHistory, ExportData, Privacy),
    *(ListPresets, ShowSettings, ShowPlan, LookAgain, SmallTalk),
    *(OutOfOffice, RemindOther, Broadcast),
)


def changes_something(command: Command) -> bool:
    """Return whether a command would change what others see or what is planned."""
    return not isinstance(command, _CHANGES_NOTHING)


class Conversation:
    """The use cases. Each returns what to say and what to commit; Graph has been written then."""

    def __init__(self, grammar: Grammar, tools: Tools) -> None:
        self._grammar = grammar
        self._tools = tools

    def read(self, utterance: str, moment: Moment, record: PersonRecord) -> Reading:
        """Return what the grammar makes of an utterance of this person."""
        return self._grammar.understand(
            utterance,
            moment,
            running=running(record.entries, moment.now),
            presets=[preset.name for preset in record.settings.presets],
        )

    async def say(
        self,
        person: Person,
        reading: Reading,
        moment: Moment,
        record: PersonRecord,
        scene: Scene,
        *,
        words: str,
    ) -> Outcome:
        """Carry out what was understood of somebody's words; ask or explain where it was not."""
        match reading:
            case Understood(command=command):
                outcome = await self.press(person, command, moment, record, scene)
                if isinstance(command, ClearAll) and scene.private:
                    outcome = plan_list.with_what_stays(record, outcome)
                return asking.assuming(outcome, reading, words, moment.now)
            case Ambiguous(readings=readings):
                return Outcome(reply=asking.which(readings))
            case NotUnderstood(problem=problem, nearest=nearest):
                return Outcome(reply=Reply(tone=Tone.SORRY, title=problem, examples=nearest))

    async def press(
        self,
        person: Person,
        command: Command,
        moment: Moment,
        record: PersonRecord,
        scene: Scene,
        *,
        about: str | None = None,
    ) -> Outcome:
        """Carry out a command that was given in `scene`.

        `about` is the journal entry that the pressed card was about: where it is outdated, what
        stands now is said instead. Raises SignInRequired where nothing can be done before.
        """
        turn = Turn(person=person, moment=moment, record=record, tools=self._tools, scene=scene)
        try:
            if about is not None and looking.is_outdated(turn, command, about):
                return await looking.outdated(turn)
            return await self._dispatch(turn, command)
        except SignInRequired:
            raise
        except GatewayError as error:
            logger.warning(
                "Graph did not carry out a command",
                extra={
                    "action": "conversation.failed",
                    "command": type(command).__name__,
                    "error": type(error).__name__,
                    "request_id": error.request_id,
                },
            )
            return Outcome(reply=failed(error, command))

    async def _dispatch(self, turn: Turn, command: Command) -> Outcome:
        match command:
            case (
                SetStatus() | SetMessage() | ClearStatus() | ClearMessage() | ClearAll() | Extend()
            ):
                return await status.carry_out(turn, command)
            case Undo():
                return await undo.undo(turn, command)
            case ShowStatus(who=("me",), found=()):
                return await showing.show_status(turn, command)
            case ShowStatus():
                return await people.show_people(turn, command)
            case Watch():
                return await watches.watch(turn, command)
            case Unwatch():
                return await watches.unwatch(turn, command)
            case KeepAvailable() | ShowSession():
                return await sessions.show(turn, command)
            case Cancel(target=Target.SESSION):
                return await sessions.stop(turn)
            case SetWorkLocation():
                return await location.set_location(turn, command)
            case (
                SignOut() | ShowHistory() | EraseHistory() | ExportData() | ForgetMe() | Privacy()
            ):
                return await account.carry_out(turn, command)
            case Why():
                return await why.explain(turn, command)
            case Help():
                return Outcome(reply=showing.help_reply(command, self.examples(turn.moment)))
            case Remind():
                return await reminders.remind(turn, command)
            case Snooze():
                return await reminders.snooze(turn, command)
            case Done():
                return await reminders.done(turn, command)
            case Schedule():
                return await schedules.schedule(turn, command)
            case Recur():
                return await recurring.recur(turn, command)
            case ListPlans():
                return await plan_list.list_plans(turn, command, self._that_plan)
            case Cancel():
                return await plan_list.cancel(turn, command, self._meant(turn, command.ref))
            case PlanAgain():
                return await cancelling.plan_again(turn, command)
            case SkipOnce():
                return await recurring.skip_once(turn, command, self._meant(turn, command.ref))
            case Pause():
                return await recurring.pause(turn, command, self._meant(turn, command.ref))
            case ChangePlan():
                return await changing.change(turn, command, self._meant(turn, command.ref))
            case ShowPlan():
                return await plan_card.show(turn, command)
            case FillInPlan():
                return await plan_card.fill_in(turn, command)
            case SetTimezone():
                return await zones.set_timezone(turn, command)
            case MoveRecurring():
                return await zones.move_recurring(turn, command)
            case SetEndReminders():
                return await reminders.set_end_reminders(turn, command)
            case Amend():
                return await again.amend(turn, command)
            case RepeatLast():
                return await again.repeat(turn, command, self._meant(turn, command.ref))
            case Sequence():
                return await sequences.begin(turn, command)
            case SavePreset():
                return await presets.save(turn, command)
            case UsePreset():
                return await presets.use(turn, command)
            case DeletePreset():
                return await presets.delete(turn, command)
            case ListPresets():
                return await presets.show(turn, command)
            case SetLanguage():
                return await preferences.set_language(turn, command)
            case SetWorkingHours():
                return await preferences.set_working_hours(turn, command)
            case ShowSettings():
                return Outcome(reply=preferences.settings_card(turn))
            case ChangeSettings():
                return await preferences.change_settings(turn, command)
            case LookAgain():
                outcome = await looking.look_again(turn, command)
                return self._assumed_again(turn, command, outcome)
            case SmallTalk():
                return Outcome(reply=talk.small_talk(command, self.examples(turn.moment)))
            case OutOfOffice() | RemindOther() | Broadcast():
                return Outcome(reply=talk.not_mine(turn, command))
            case _:
                assert_never(command)

    def _assumed_again(self, turn: Turn, command: LookAgain, outcome: Outcome) -> Outcome:
        """Say again what was assumed, where what was set of those words still stands."""
        running_now = turn.running
        stands = isinstance(outcome.reply.refresh, LookAgain)
        if not stands or running_now is None or command.said is None or command.at is None:
            return outcome
        entries = turn.record.entries
        older = entries[entries.index(running_now.entry) + 1 :]
        reading = self.read(
            command.said,
            replace(turn.moment, now=command.at),
            replace(turn.record, entries=older),
        )
        if isinstance(reading, Understood):
            known = asking.read_again(reading, running_now, turn.now)
            if known is not None:
                return asking.assuming(outcome, known, command.said, command.at)
        return outcome

    def _meant(self, turn: Turn, ref: str | None) -> Reference | None:
        """Return what a person called a plan, as words, as a time and as a status; none = all."""
        if ref is None or ref.casefold() in _ALL:
            return None
        when = self._grammar.when(ref, turn.moment)
        values = when.values if when is not None else {}
        wall = None
        if values.get("kind") == "instant":
            wall = datetime.fromisoformat(values["start"]).replace(tzinfo=None)
        reading = self._grammar.understand(ref, turn.moment)
        command = reading.command if isinstance(reading, Understood) else None
        status = command if isinstance(command, SetStatus) else None
        return Reference(
            words=ref,
            wall=wall,
            day=wall.date() if wall is not None and values.get("grain") == "day" else None,
            availability=status.availability if status and status.message is None else None,
            implies=status.availability if status else None,
        )

    async def due(self, timer: Timer, moment: Moment, record: PersonRecord) -> Fired:
        """Carry out a due timer.

        Raises SignInRequired where its person must sign in first, and another GatewayError where
        it should be tried again later.
        """
        turn = Turn(person=timer.person, moment=moment, record=record, tools=self._tools)
        return await falling_due.due(turn, timer)

    async def give_up(self, timer: Timer, moment: Moment, record: PersonRecord) -> Fired:
        """Return what becomes of a due timer that failed for the last time."""
        turn = Turn(person=timer.person, moment=moment, record=record, tools=self._tools)
        return falling_due.given_up(turn, timer)

    def examples(self, moment: Moment) -> tuple[str, ...]:
        """Return sentences to try, from the corpus of the person's language."""
        return self._grammar.examples(moment.locale)

    def _that_plan(self, moment: Moment) -> tuple[str, ...]:
        """Return some of the sentences to try: those that plan something."""
        planning = (
            said
            for said in self.examples(moment)
            if isinstance(reading := self._grammar.understand(said, moment), Understood)
            and isinstance(reading.command, Schedule | Recur | Remind)
        )
        return tuple(islice(planning, _TAUGHT_FIRST))

    def welcome(self, moment: Moment) -> Reply:
        """Return the first thing that a person hears."""
        return Reply(
            tone=Tone.INFO,
            title=Phrase("welcome-title"),
            notes=(Phrase("welcome-what"),),
            examples=self.examples(moment)[:_TAUGHT_FIRST],
            offers=(Offer(label=Phrase("offer-settings"), command=ShowSettings()),),
        )
