"""The entry: an utterance and a moment in, a reading out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from bot.domain.commands import Command, Extend, SetStatus
from bot.domain.journal import Running
from bot.domain.moment import Moment
from bot.domain.own_commands import UsePreset
from bot.domain.plan_commands import Remind, Schedule
from bot.domain.reply import Phrase
from bot.domain.status import MAX_MESSAGE_LENGTH
from bot.grammar import lexicon as lexicons
from bot.grammar.alternatives import alternatives
from bot.grammar.lexer import lex
from bot.grammar.nearest import Examples
from bot.grammar.normalise import Prepared, prepare
from bot.grammar.other_week import other_week
from bot.grammar.periods import Misfit, period
from bot.grammar.reading import Ambiguous, NotUnderstood, Reading, Understood
from bot.grammar.refine import message_of, refine
from bot.grammar.rules import RULES
from bot.grammar.sentence import Either, Made, Sentence, is_time, spell
from bot.grammar.tokens import Token
from bot.grammar.when import calendar
from bot.grammar.when.calendar import WhenAnswer
from bot.grammar.when.chunks import with_times
from bot.grammar.when.outside import outside_date
from bot.grammar.when.resolve import Resolver, Unresolvable
from bot.grammar.when.values import Context
from bot.grammar.whole import whole

MAX_UTTERANCE = 1000
MAX_TIME_PHRASE = 60
_ENOUGH_KNOWN = 0.3  # of the letters: less is no language to try
_NOT_UNDERSTOOD = "problem-not-understood"
_LOOKS = 2  # for what is said as a whole: before the own language is read, and after it
_REFUSED = frozenset({"problem-negated", "problem-other-person"})
_AROUND = " .!。！"
# "use focus", "please set me to focus": what may stand around the name of a preset.
_BEFORE_A_NAME = frozenset(
    {"set", "noise", "blank", "glue", "to", "me", "stop", "bang", "comma", "the", "please", "go"}
)


class Grammar:
    """The command language. A language is loaded once, when it is first needed or warmed up."""

    def __init__(self, codes: Iterable[str] | None = None) -> None:
        self.codes = tuple(codes) if codes is not None else lexicons.codes()
        self._examples = {code: Examples(code) for code in self.codes}

    def load(self, code: str) -> None:
        """Load one language before it is needed."""
        lexicons.load(code)

    def warm_up(self) -> None:
        """Build what is built on first use, what the first command needs first.

        Runs beside the event loop. A command that comes earlier builds what it needs itself: its
        own language and the patterns that may fit, in less than 50 ms.
        """
        for code in self.codes:
            lexicons.load(code)
        for code in self.codes:
            self._examples[code].utterances  # noqa: B018 - read from its file when first asked for
        for code in self.codes:
            for pattern in lexicons.load(code).sentences:
                lexicons.compiled(pattern.source)

    def understand(
        self,
        utterance: str,
        moment: Moment,
        *,
        running: Running | None = None,
        presets: Collection[str] = (),
    ) -> Reading:
        """Return what `utterance` asks for at `moment`.

        `running` is the status that runs now, `presets` the names of the person's own presets: a
        name wins over a built-in reading.
        """
        length = len(utterance)
        if length > MAX_UTTERANCE:
            values = {"count": length, "limit": MAX_UTTERANCE}
            return NotUnderstood(problem=Phrase("problem-too-long", values))
        prepared = prepare(utterance)
        if presets:
            named = self._preset(prepared, moment, presets)
            if named is not None:
                return Understood(command=named, trace=(f"preset: {named.name}",))
        own = self._language(moment)
        others = [code for code in self.codes if code != own]
        trace: list[str] = []
        seen: set[tuple[tuple[str, str], ...]] = set()
        problem: Phrase | None = None
        for number, (lexicon, typos) in enumerate(self._attempts(prepared, moment)):
            # The person's own language first: the others need not be loaded for most utterances.
            spoken = whole(prepared, ((own,), others)[number]) if number < _LOOKS else None
            if spoken is not None:
                return Understood(command=spoken, trace=(*trace, f"whole: {spoken}"))
            trace.append(f"read as {lexicon.code}{' with typos' if typos else ''}")
            reading = _read(prepared, lexicon, moment, running, presets, trace, seen, typos=typos)
            if isinstance(reading, Understood | Ambiguous):
                return replace(reading, trace=tuple(trace))
            if reading is not None and (problem is None or problem.key == _NOT_UNDERSTOOD):
                problem = reading
            if problem is not None and problem.key not in {_NOT_UNDERSTOOD, "problem-empty"}:
                break
        problem = problem or Phrase(_NOT_UNDERSTOOD)
        near: tuple[str, ...] = ()
        if problem.key == _NOT_UNDERSTOOD:
            near = self._examples[self._language(moment)].nearest(prepared.folded)
        return NotUnderstood(problem=problem, nearest=near, trace=tuple(trace))

    def examples(self, locale: str) -> tuple[str, ...]:
        """Return utterances that show what can be said in the language of a locale."""
        code = locale.lower().replace("_", "-").split("-")[0]
        return self._examples[code if code in self._examples else "en"].utterances

    def when(self, text: str, moment: Moment) -> WhenAnswer | None:
        """Return what a bare time phrase means at `moment`, or none where it is not one."""
        if len(text) > MAX_UTTERANCE:
            return None
        prepared = prepare(text)
        for lexicon, typos in self._attempts(prepared, moment):
            trace = [f"read as {lexicon.code}"]
            context = _context(moment, lexicon, calendar_bounds=True)
            tokens = with_times(lex(prepared, lexicon, typos=typos), context, trace)
            found = calendar.answer(tokens, moment)
            if found is not None:
                return WhenAnswer(found, tuple(trace))
        if len(text) <= MAX_TIME_PHRASE:
            day = outside_date(text, self._language(moment), moment.local)
            if day is not None:
                values = {
                    "kind": "instant",
                    "start": f"{day.isoformat()}T00:00:00",
                    "grain": "day",
                }
                return WhenAnswer(values, ("outside calendar",))
        return None

    def _preset(
        self, prepared: Prepared, moment: Moment, presets: Collection[str]
    ) -> UsePreset | None:
        """Return the use of a preset: its name, with words like "use" and an end, or alone."""
        said = prepared.folded.strip(_AROUND)
        for name in sorted(presets, key=len, reverse=True):
            folded = prepare(name).folded
            before, known, after = said.partition(folded)
            if not known:
                continue
            for lexicon, _ in self._attempts(prepared, moment):
                spaceless = bool(lexicon.option("spaceless"))
                if not spaceless and (before[-1:].isalnum() or after[:1].isalnum()):
                    break  # a part of a longer word
                context = _context(moment, lexicon)
                lead = with_times(lex(prepare(before), lexicon, typos=False), context, [])
                rest = with_times(lex(prepare(after), lexicon, typos=False), context, [])
                if any(token.kind not in _BEFORE_A_NAME for token in lead):
                    continue
                times = [token for token in rest if token.kind not in _BEFORE_A_NAME]
                if not all(is_time(token) for token in times):
                    continue
                if not times:
                    return UsePreset(name=name)
                try:
                    found = period(times, Resolver(moment))
                except (Misfit, Unresolvable):
                    continue
                if found.start is None and found.end is not None:
                    return UsePreset(name=name, end=found.end)
        return None

    def _language(self, moment: Moment) -> str:
        code = moment.locale.lower().replace("_", "-").split("-")[0]
        return code if code in self.codes else "en" if "en" in self.codes else self.codes[0]

    def _attempts(
        self, prepared: Prepared, moment: Moment
    ) -> Iterable[tuple[lexicons.Lexicon, bool]]:
        """Yield in which words to read: the person's language, then others that know the words."""
        own = self._language(moment)
        first = lexicons.load(own)
        yield first, False
        others = _ranked(prepared, [c for c in self.codes if c != own])
        for code in others[:2]:
            yield lexicons.load(code), False
        yield first, True
        for code in others[:1]:
            if "en" in {own, code}:
                yield lexicons.mixed(own, code), True


def _ranked(prepared: Prepared, codes: list[str]) -> list[str]:
    """Return the languages that know most of the words of the utterance, best first."""
    votes: list[tuple[int, str]] = []
    letters = sum(c.isalpha() for c in prepared.folded) or 1
    for code in codes:
        lexicon = lexicons.load(code)
        if lexicon.option("spaceless") and prepared.folded.isascii():
            continue  # the English words that it knows are no sentence in it
        known = lexicon.root.follow
        elisions = frozenset(lexicon.option("elisions", ()))
        words = lexicons.units_of(prepared.folded, elisions)[:60]
        count = sum(len(w) for w in words if w in known and not w.isdigit())
        if count >= letters * _ENOUGH_KNOWN:
            votes.append((-count, code))
    return [code for _, code in sorted(votes)]


def _context(
    moment: Moment, lexicon: lexicons.Lexicon | None = None, *, calendar_bounds: bool = False
) -> Context:
    zone = moment.zone.key
    american = zone.startswith(("America/", "US/")) or zone == "Pacific/Honolulu"
    english = moment.locale.lower().startswith("en")
    us_locale = moment.locale.lower() == "en-us"
    return Context(
        now=moment.local, zone=zone, month_first=(american and english) or us_locale,
        calendar=calendar_bounds,
        hour_mark=lexicon is not None and bool(lexicon.option("hour_mark")),
        day_start=moment.working_day.start,
        day_end=moment.working_day.end,
    )  # fmt: skip


def _read(
    prepared: Prepared,
    lexicon: lexicons.Lexicon,
    moment: Moment,
    running: Running | None,
    presets: Collection[str],
    trace: list[str],
    seen: set[tuple[tuple[str, str], ...]],
    *,
    typos: bool,
) -> Understood | Ambiguous | Phrase | None:
    tokens = lex(prepared, lexicon, typos=typos)
    shape_of = tuple((t.kind, t.text) for t in tokens)
    if shape_of in seen:
        return None
    seen.add(shape_of)
    if not any(t.kind not in {"blank", "stop", "bang", "comma"} for t in tokens):
        return Phrase("problem-empty")
    spoken: list[Token] = [t for t in tokens if t.kind not in {"noise", "blank"}]
    either = alternatives(spoken)

    def ruled(words: list[Token]) -> Understood | Ambiguous | Phrase:
        return _ruled(prepared, words, lexicon, moment, running, presets, trace)

    found = ruled(spoken)
    if either and isinstance(found, Phrase) and found.key not in _REFUSED:
        trace.append("or: each by itself")
        readings = [r for r in map(ruled, either) if isinstance(r, Understood)]
        commands = {r.command for r in readings if _may_be_chosen(r)}
        if len(commands) == len(either):
            return Ambiguous(readings=tuple(readings))
    return found


def _may_be_chosen(reading: Understood) -> bool:
    command = reading.command
    if isinstance(command, Remind):
        return command.at is not None
    return isinstance(command, SetStatus | Schedule | Extend)


def _ruled(
    prepared: Prepared,
    spoken: list[Token],
    lexicon: lexicons.Lexicon,
    moment: Moment,
    running: Running | None,
    presets: Collection[str],
    trace: list[str],
) -> Understood | Ambiguous | Phrase:
    """Return what the first rule that fits makes of the tokens."""
    spoken = with_times(spoken, _context(moment, lexicon), trace)
    text, starts, said = spell(tuple(spoken), spaceless=bool(lexicon.option("spaceless")))
    resolver = Resolver(moment)
    sentence = Sentence(
        prepared, tuple(spoken), lexicon, resolver, running, presets, text, starts, said
    )
    for name, rule in RULES:
        resolver.assumptions.clear()
        try:
            made = rule(sentence)
        except Unresolvable as error:
            trace.append(f"{name}: {error.problem.key}")
            return error.problem
        if made is None:
            continue
        trace.append(f"{name}: {made}")
        if isinstance(made, Phrase):
            return made
        commands = made.commands if isinstance(made, Either) else (made,)
        readings: list[Understood] = []
        for each in commands:
            command, notes = refine(each, sentence)
            message = message_of(command)
            if message is not None and len(message) > MAX_MESSAGE_LENGTH:
                return Phrase(
                    "problem-message-too-long",
                    {"count": len(message), "limit": MAX_MESSAGE_LENGTH, "text": message},
                )
            assumed = (*resolver.assumptions, *notes)
            readings.append(Understood(command=command, assumptions=assumed))
        if len(readings) > 1:
            return Ambiguous(readings=tuple(readings))
        return _instead(rule, sentence, readings[0])
    return Phrase(_NOT_UNDERSTOOD)


def _instead(
    rule: Callable[[Sentence], Made | Either], sentence: Sentence, reading: Understood
) -> Understood:
    """Add what was meant if an assumption was wrong: the half of the day, or the week."""
    others: list[tuple[Sentence, tuple[Phrase, ...]]] = []
    if sentence.resolver.assumptions:
        turned = Resolver(sentence.moment, turned=True)
        others.append((replace(sentence, resolver=turned), ()))
    week = other_week(sentence)
    if week is not None:
        others.append((replace(week[0], resolver=Resolver(sentence.moment)), week[1]))
    found: list[Command] = []
    assumptions = reading.assumptions
    for other, notes in others:
        try:
            made = rule(other)
        except Unresolvable:
            continue
        if made is not None and not isinstance(made, Phrase | Either):
            command = refine(made, other)[0]
            found.append(command)
            if command != reading.command:
                assumptions = (*assumptions, *notes)
    return replace(reading, assumptions=assumptions, instead=tuple(found))
