"""Reminders: at a time, again and again, before the running status ends, and of other people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.commands import RemindOther, SetStatus
from bot.domain.own_commands import SetEndReminders
from bot.domain.plan_commands import Remind, Snooze
from bot.domain.reply import Phrase
from bot.grammar.periods import Misfit, check_length, recurrence, with_others
from bot.grammar.rules.people import names
from bot.grammar.rules.status import status
from bot.grammar.sentence import Hit, Made, Sentence, is_time
from bot.grammar.tokens import Token
from bot.grammar.when.resolve import Resolver, Unresolvable, past
from bot.grammar.when.values import Length, Point, Range, Since, Until

_NO_TEXT = frozenset({"me", "for", "at", "a", "the", "to"})


def instant_of(tokens: list[Token], resolver: Resolver) -> datetime:
    """Return the one instant that times name. Raises Misfit and Unresolvable."""
    if len(tokens) == 2:
        tokens = _joined(tokens)
    if len(tokens) != 1:
        raise Misfit
    token = tokens[0]
    value = token.value
    match token.kind:
        case "bad":
            raise Unresolvable(Phrase("problem-impossible-time", {"said": token.text}))
        case "dur" | "lasting" | "soon" | "more_dur":
            return resolver.after(check_length(value))
        case "point":
            return _ahead(value, resolver)
        case "ending" if isinstance(value, Until) and isinstance(value.end, Point):
            return _ahead(value.end, resolver)
        case "onward" if isinstance(value, Since) and isinstance(value.start, Point):
            return _ahead(value.start, resolver)
        case "span":
            return resolver.span_start(value)
        case "span_end":
            return resolver.span_end(value)
        case "range" if isinstance(value, Range):
            return resolver.period(value)[0]
        case "allday":
            return resolver.day_end(resolver.wall.date())
        case _:
            raise Misfit


def _joined(tokens: list[Token]) -> list[Token]:
    """Join a day and a time that stand apart, and drop "now"."""
    from bot.grammar.when.points import joined

    kept = [t for t in tokens if not (t.kind == "point" and t.value.how == "now")]
    if len(kept) == 2 and all(t.kind == "point" for t in kept):
        point = joined(kept[0].value, kept[1].value)
        if point is not None:
            return [Token("point", point, kept[0].text, kept[0].start, kept[1].end)]
    return kept


def _ahead(point: Point, resolver: Resolver) -> datetime:
    found = resolver.instant(point)
    if found <= resolver.moment.now:
        raise past()
    return found


def remind(hit: Hit) -> Made:
    """Remind the person of something."""
    sentence = hit.sentence
    text = hit.words("text")
    free = hit.tokens("text")
    if free and (free[0].kind == "or" or all(t.kind in _NO_TEXT for t in free)):
        return None  # "at 3 or 4 to call" has two times, "remind me at 3" no text
    if any(t.kind == "neg" for t in sentence.tokens if t not in free):
        return None
    times = [t for t in hit.tokens("when") if is_time(t)]
    if hit.has("minutes"):
        length = check_length(Length(seconds=int(hit.match["minutes"]) * 60))
        return Remind(text=text, at=sentence.resolver.after(length))
    if not times:
        if hit.values.get("bare") is False:
            return None
        return Phrase("problem-no-time")
    recurring = next((t for t in times if t.kind == "recur"), None)
    try:
        if recurring is not None:
            value = with_others(recurring, times)
            rule = recurrence(value, sentence.resolver, reminder=True)
            return Remind(text=text, recurrence=replace(rule, end=None))
        return Remind(text=text, at=instant_of(times, sentence.resolver))
    except Misfit:
        if len(times) < 2 or not free or free[0].start > times[0].start:
            return None
    # Times at the end of the words: the last one is the reminder's, the others are words.
    try:
        at = instant_of(times[-1:], sentence.resolver)
    except Misfit:
        return None
    return Remind(text=sentence.said(free[0], times[-2]), at=at)


def _length(hit: Hit) -> timedelta | None:
    for token in hit.sentence.spoken:
        if token.kind in {"dur", "lasting", "more_dur"}:
            return timedelta(seconds=check_length(token.value).total)
    return None


def remind_end(hit: Hit) -> Made:
    """Remind before the running status ends."""
    length = _length(hit)
    if length is None:
        return None
    return Remind(before_end=length)


def status_then_remind(hit: Hit) -> Made:
    """Set a status, and remind before it ends."""
    head = hit.tokens("head")
    before = [t for t in hit.tokens("before") if t.kind in {"dur", "lasting", "more_dur"}]
    if not head or len(before) != 1:
        return None
    sentence = hit.sentence
    first, last = sentence.tokens.index(head[0]), sentence.tokens.index(head[-1])
    part: Sentence = replace(sentence, tokens=sentence.tokens[first : last + 1])
    made = status(part)
    if not isinstance(made, SetStatus):
        return made if isinstance(made, Phrase) else None
    length = timedelta(seconds=check_length(before[0].value).total)
    return replace(made, remind_before_end=length)


def remind_other(hit: Hit) -> Made:
    """Remind somebody else: understood, and not done."""
    who = names(hit) if hit.has("who") else tuple(str(t.value) for t in hit.all("mention")[:1])
    if not who:
        return None
    times = [t for n in ("w1", "w2") for t in hit.tokens(n) if is_time(t)]
    try:
        at = instant_of(times, hit.sentence.resolver) if times else None
    except Misfit:
        return None
    return RemindOther(who=who, text=hit.words("text"), at=at)


def end_reminders(hit: Hit) -> Made:
    """Turn the reminders before a status ends on or off."""
    return SetEndReminders(on=bool(hit.values["on"]))


def snooze(hit: Hit) -> Made:
    """Bring the last reminder again."""
    if hit.has("minutes"):
        length = check_length(Length(seconds=int(hit.match["minutes"]) * 60))
        return Snooze(duration=timedelta(seconds=length.total))
    times = hit.times()
    if not times:
        return Snooze()
    token = times[0]
    if token.kind == "point" and token.value.elapsed is not None:
        return Snooze(duration=timedelta(seconds=check_length(token.value.elapsed).total))
    if token.kind in {"dur", "lasting", "soon", "more_dur"}:
        return Snooze(duration=timedelta(seconds=check_length(token.value).total))
    try:
        until = instant_of(times, hit.sentence.resolver)
    except Misfit:
        return None
    return Snooze(duration=until - hit.sentence.moment.now)
