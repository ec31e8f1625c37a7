"""A status in any order: an availability or an occupation, times, a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain.commands import Extend, SetMessage, SetStatus
from bot.domain.plan_commands import Recur, Schedule
from bot.domain.presence import Availability
from bot.domain.reply import Phrase
from bot.domain.status import StatusMessage
from bot.grammar.periods import Misfit, Period, check_length, period, recurrence, with_others
from bot.grammar.rules.beside import free_words
from bot.grammar.rules.messages import (
    GLUE,
    Cut,
    cut_message,
    negative,
    occupation_message,
)
from bot.grammar.sentence import Either, Made, Sentence, is_time
from bot.grammar.tokens import Token
from bot.grammar.when.resolve import Unresolvable
from bot.grammar.when.values import Clock, Length, Point, Until

_LONGEST_BARE_NUMBER = 600  # minutes
_NOT_RETURNING = frozenset({"question", "ask", "set", "say", "message", "say_message", "status"})
_SAME_END = timedelta(minutes=1)
_BETWEEN_BACK_AND_TIME = frozenset({"at", "in", "on", "about", "glue", "by", "the_hour"})


def status(sentence: Sentence) -> Made:
    """Return the status that the sentence sets, plans or repeats."""
    if not any(t.kind in {"presence", "occupation"} for t in sentence.tokens):
        return _returning(sentence)
    if _about_something_else(sentence):
        return None
    cut = occupation_message(sentence, cut_message(sentence))
    if _has(cut.rest, "message") and not cut.marked:
        return None  # "meeting notes"
    problem = _guarded(cut.rest)
    if problem is not None:
        return problem
    if _unexplained(cut.rest):
        other = free_words(sentence, cut)
        if other is None or _unexplained(other.rest):
            return None
        cut = other
    if _asks(cut.rest):
        return None
    if _negative(sentence.tokens):
        return Phrase("problem-impossible-time", {"said": sentence.prepared.source})
    spoken = [t for t in cut.rest if t.kind == "presence"] or [
        t for t in cut.rest if t.kind == "occupation"
    ]
    if len({t.value for t in spoken}) > 1:  # "away, I'll be right back": the other one counts
        spoken = [t for t in spoken if t.value != "BeRightBack"] or spoken
    values = {t.value for t in spoken}
    if len(values) != 1 and not (values and spoken[0].kind == "occupation"):
        return None
    availability = Availability(spoken[-1].value)
    if availability is Availability.AVAILABLE and cut.message is not None and not cut.marked:
        return None  # "free coffee"
    if availability is Availability.AVAILABLE and _has(cut.rest, "occupation_lead"):
        return None  # "habe heute frei": that is a day off
    times = _times(cut)
    if times is None:
        return None
    try:
        return _made(sentence, cut, availability, times)
    except Misfit:
        return None


def _returning(sentence: Sentence) -> Made:
    """Read "back in 10", said by itself: right back until then."""
    tokens = list(sentence.tokens)
    if not any(t.kind in {"back", "back_post"} for t in tokens) or _unexplained(tokens):
        return None
    if _guarded(tokens) is not None or any(t.kind in _NOT_RETURNING for t in tokens):
        return None
    times = _times(Cut(tokens))
    if times is None or [t.kind for t in times] not in (["ending"], ["lasting"]):
        return None
    end = period(times, sentence.resolver).end
    today = sentence.resolver.wall.date()
    if end is None or sentence.moment.wall(end).date() != today:
        return None  # whoever is back tomorrow has not gone for a moment
    return SetStatus(availability=Availability.BE_RIGHT_BACK, end=end)


def _made(sentence: Sentence, cut: Cut, availability: Availability, times: list[Token]) -> Made:
    resolver = sentence.resolver
    recurring = next((t for t in times if t.kind == "recur"), None)
    if recurring is not None:
        value = with_others(recurring, times)
        return Recur(
            availability=availability, recurrence=recurrence(value, resolver), message=cut.message
        )
    ends = [t for t in times if t.kind in {"ending", "lasting", "dur", "soon"}]
    lengths = [t for t in ends if t.kind != "ending"]
    if len(ends) == len(times) == 2 and len(lengths) == 1:
        return _ends(sentence, cut, availability, ends)
    found = period(times, resolver)
    if found.end is None and cut.inside:
        found = _end_in_message(cut, found, sentence)
    message = None if cut.message is None else StatusMessage(text=cut.message, pinned=cut.pinned)
    if found.start is not None:
        planned = Schedule(
            availability=availability, start=found.start, end=found.end, message=message
        )
        if _may_end_then(sentence, cut.rest, times):
            now = SetStatus(availability=availability, end=found.start, message=message)
            return Either((now, planned))
        return planned
    return SetStatus(availability=availability, end=found.end, message=message)


def _ends(sentence: Sentence, cut: Cut, availability: Availability, ends: list[Token]) -> Made:
    """Read "for 2 hours until 5": one end if both say the same, else a question."""
    made = [_made(sentence, cut, availability, [token]) for token in ends]
    first, second = made
    if not isinstance(first, SetStatus) or not isinstance(second, SetStatus):
        raise Misfit
    if first.end is None or second.end is None:
        raise Misfit
    if abs(first.end - second.end) < _SAME_END:
        return first
    return Either((first, second))


def _may_end_then(sentence: Sentence, tokens: list[Token], times: list[Token]) -> bool:
    """Return whether a time right after a status may be its end too: "busy 3pm"."""
    if len(times) != 1 or times[0].kind != "point":
        return False
    time = times[0]
    point: Point = time.value
    if point.clock is None or point.day is not None or point.at is not None:
        return False
    place = tokens.index(time) if time in tokens else 0
    bare = sentence.prepared.folded[time.start].isdigit()
    return bool(place) and bare and tokens[place - 1].kind == "presence"


def _negative(tokens: Sequence[Token]) -> bool:
    """Return whether a length has a minus sign: "for -5 minutes"."""
    return any(
        dash.kind == "dash" and behind.kind in {"dur", "num"} and dash.end == behind.start
        and before.end < dash.start
        for before, dash, behind in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )  # fmt: skip


def _about_something_else(sentence: Sentence) -> bool:
    """Return whether an occupation is no status here: "call me at 5", "thanks for the meeting"."""
    tokens = [t for t in sentence.tokens if t.kind != "hyphen"]
    if _has(tokens, "presence"):
        return False
    objects = sentence.lexicon.option("objects", ())
    for token, behind in pairwise(tokens):
        if token.kind == "occupation" and behind.text in objects:
            return True
    if any(map(is_time, tokens)):
        return False
    if tokens[0].text in sentence.lexicon.option("imperatives", ()) and len(tokens) > 1:
        return tokens[1].kind == "on"  # "focus on the goal" tells others what to do
    return tokens[0].kind == "for"


def _has(tokens: Sequence[Token], kind: str) -> bool:
    return any(t.kind == kind for t in tokens)


def _guarded(tokens: list[Token]) -> Phrase | None:
    for token in tokens:
        if token.kind == "neg":
            return Phrase("problem-negated")
        if token.kind in {"other", "mention"}:
            return Phrase("problem-other-person")
    return None


def _asks(tokens: list[Token]) -> bool:
    asked = any(t.kind in {"question", "ask"} for t in tokens)
    if not asked:
        return False
    return any(t.kind == "ask" for t in tokens) or not any(t.kind == "set" for t in tokens)


def _unexplained(tokens: list[Token]) -> bool:
    for index, token in enumerate(tokens):
        if token.kind == "dash" and negative(token, tokens[index + 1 :]):
            return True
        if token.kind in GLUE or token.kind in {
            "presence",
            "occupation",
            "back",
            "question",
            "ask",
        }:
            continue
        if is_time(token) or (token.kind == "num" and _after_status(tokens, index)):
            continue
        return True
    return False


def _after_status(tokens: list[Token], index: int) -> bool:
    """Return whether a bare number counts minutes: "brb 10", "busy for 30", "back in 15"."""
    value = tokens[index].value
    if not isinstance(value, int) or not 0 <= value <= _LONGEST_BARE_NUMBER:
        return False
    before = [t for t in tokens[:index] if t.kind not in {"for", "in", "comma", "hyphen", "about"}]
    if not before:
        return index + 1 < len(tokens) and tokens[index + 1].kind == "presence"
    return before[-1].kind in {"presence", "occupation", "back"}


def _times(cut: Cut) -> list[Token] | None:
    """Return the times of a status; "back at 2" is an end, a bare number counts minutes."""
    times: list[Token] = []
    tokens = cut.rest
    ended = any(t.kind in {"ending", "range", "lasting", "dur", "soon"} for t in tokens)
    for index, token in enumerate(tokens):
        if token.kind == "num":
            length = Length(seconds=token.value * 60)
            times.append(Token("lasting", length, token.text, token.start, token.end))
        elif is_time(token):
            made = token
            if token.kind == "point" and _comes_back(tokens, index):
                if ended:
                    continue
                made = _as_end(token)
            elif token.kind == "onward" and _comes_back(tokens, index, said=True) and not ended:
                made = Token(
                    "ending", Until(token.value.start), token.text, token.start, token.end
                )
            elif token.kind == "point" and (
                (token.value.elapsed and _right_back(tokens) and not ended)
                or _expires(tokens, index)
            ):
                made = _as_end(token)
            times.append(made)
    return times


def _right_back(tokens: list[Token]) -> bool:
    """Return whether the status itself says that somebody returns: "be right back in 10"."""
    return any(t.kind == "presence" and t.value == "BeRightBack" for t in tokens)


def _comes_back(tokens: list[Token], index: int, *, said: bool = False) -> bool:
    """Return whether the time at `index` is when somebody is back: "back at 2", "um 2 zurück".

    With `said`, not where only the status is one of coming back: "be right back from 2".
    """
    if index + 1 < len(tokens) and tokens[index + 1].kind in {"back", "back_post"}:
        return True
    for place in range(index - 1, -1, -1):
        token = tokens[place]
        right_back = token.kind == "presence" and token.value == "BeRightBack"
        if token.kind == "back" or (right_back and not said):
            return True
        if token.kind not in _BETWEEN_BACK_AND_TIME:
            return False
    return False


def _expires(tokens: list[Token], index: int) -> bool:
    return index > 0 and any(t.kind == "expire" for t in tokens[max(0, index - 2) : index])


def _as_end(token: Token) -> Token:
    return Token("ending", Until(token.value), token.text, token.start, token.end)


def _end_in_message(cut: Cut, found: Period, sentence: Sentence) -> Period:
    """Return the period with the end that "back at 5:30" in the message tells."""
    inside = list(cut.inside)
    for index, token in enumerate(inside):
        if token.kind == "point" and _comes_back(inside, index) and token.value.how != "now":
            try:
                end = sentence.resolver.end(Until(token.value))
            except Unresolvable:
                return found
            return replace(found, end=end)
    return found


def length_alone(sentence: Sentence) -> Made:
    """Ask what a length by itself means while a status runs: so much more, or so much from now."""
    running = sentence.running
    tokens = [t for t in sentence.tokens if t.kind not in {"stop", "bang", "comma"}]
    if running is None or not running.end_said or [t.kind for t in tokens] != ["dur"]:
        return None
    length = check_length(tokens[0].value)
    more = Extend(by=timedelta(seconds=length.total))
    return Either((more, Extend(to=_whole(sentence.resolver.after(length)))))


def message_alone(sentence: Sentence) -> Made:
    """Return the status message that the sentence sets without a status."""
    cut = cut_message(sentence)
    if cut.message is None or not cut.marked:
        return None
    kinds = {t.kind for t in cut.rest}
    quoted = any(t.kind == "quote" for t in sentence.tokens)
    quoted = quoted and "say" in kinds and any(map(is_time, cut.rest))
    if not quoted and not kinds & {"message", "status", "pin", "say_message"}:
        return None
    problem = _guarded(cut.rest)
    if problem is not None:
        return problem
    if kinds & {"presence", "occupation", "clear", "ask"} or _unexplained(cut.rest):
        return None
    times = _times(cut)
    try:
        found = period([_closing(t) for t in times or ()], sentence.resolver)
    except Misfit:
        return None
    if found.start is not None:
        return None
    return SetMessage(
        message=StatusMessage(text=cut.message, end=_whole(found.end), pinned=cut.pinned)
    )


def _whole(end: datetime | None) -> datetime | None:
    return None if end is None else end.replace(microsecond=0)


def _closing(token: Token) -> Token:
    """Read "today", "this week" and "at 5" beside a message as its end."""
    point = token.value
    if token.kind == "point" and isinstance(point, Point) and isinstance(point.clock, Clock):
        return _as_end(token)
    return token


def guard(sentence: Sentence) -> Made:
    """Name the problem of a sentence that speaks of a status but must change nothing."""
    kinds = {t.kind for t in sentence.tokens}
    if "bad" in kinds and kinds & {"presence", "occupation", "message", "set"}:
        said = next(t for t in sentence.tokens if t.kind == "bad").text
        return Phrase("problem-impossible-time", {"said": said})
    if "neg" in kinds and kinds & {"set", "presence", "occupation"}:
        return Phrase("problem-negated")
    if kinds & {"other", "mention"} and kinds & {"set", "presence"}:
        return Phrase("problem-other-person")
    return None
