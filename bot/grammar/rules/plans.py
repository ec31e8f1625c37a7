"""What is planned and what was done: lists, cancelling, changing the running status, undo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from bot.domain.commands import Amend, Extend, Help, RepeatLast, Undo, Why
from bot.domain.own_commands import ShowHistory
from bot.domain.plan_commands import Cancel, ChangePlan, Listing, ListPlans, SkipOnce, Target
from bot.domain.presence import Availability
from bot.domain.reply import Phrase
from bot.grammar.periods import Misfit, check_length, period
from bot.grammar.rules.clearing import cancelled
from bot.grammar.sentence import Hit, Made, Sentence
from bot.grammar.tokens import Token
from bot.grammar.when.resolve import past, time_of
from bot.grammar.when.values import Clock, Length, Point, Range, Recurring, Span, Until

LONGEST_NAME = 6  # tokens
_HALF_DAY = 12
# Words that name no plan: "change my status to busy" is about something else.
NO_PLAN = frozenset({"status", "presence", "message", "neg", "ask", "say", "everything", "clear"})


def undo(hit: Hit) -> Made:
    """Take the newest change back."""
    return Undo()


def help_(hit: Hit) -> Made:
    """Show what can be said."""
    return Help()


def why(hit: Hit) -> Made:
    """Explain how the person is seen."""
    return Why()


def list_reminders(hit: Hit) -> Made:
    """List the reminders."""
    return ListPlans(what=Listing.REMINDERS)


def list_recurring(hit: Hit) -> Made:
    """List what recurs."""
    return ListPlans(what=Listing.RECURRING)


def list_schedules(hit: Hit) -> Made:
    """List what is planned once."""
    return ListPlans(what=Listing.SCHEDULES)


def list_all(hit: Hit) -> Made:
    """List everything."""
    return ListPlans(what=Listing.ALL)


def history(hit: Hit) -> Made:
    """Show what was set in a stretch of time."""
    resolver = hit.sentence.resolver
    now = resolver.moment.now
    start: datetime | None = None
    end: datetime | None = None
    for token in hit.times():
        value = token.value
        if token.kind == "span":
            start, end = resolver.moment.instant(value.start), resolver.moment.instant(value.end)
        elif token.kind == "point" and value.day is not None:
            start = resolver.moment.instant(datetime.combine(value.day, time(0)))
            end = start + timedelta(days=1)
            if value.how == "weekday" and start > now:
                start, end = start - timedelta(days=7), end - timedelta(days=7)
        elif token.kind in {"dur", "lasting", "soon"}:
            length = value
            start = now - timedelta(seconds=length.total)
            if length.is_calendar:
                start = resolver.moment.instant(
                    datetime.combine(resolver.moment.wall(start).date(), time(0))
                )
            end = now
        elif token.kind == "onward" and isinstance(value.start, Point) and value.start.day:
            start = resolver.moment.instant(datetime.combine(value.start.day, time(0)))
            if start > now:
                start -= timedelta(days=7)
            end = now
        elif token.kind == "allday":
            start = resolver.moment.instant(datetime.combine(resolver.wall.date(), time(0)))
            end = now
    if hit.values.get("dated") and (start is None or start > now):
        return None
    if end is not None and end > now:
        end = now
    return ShowHistory(start=start, end=end)


def reference(hit: Hit, part: str = "ref") -> str | None:
    """Return what the person called something: a number, a name, a time."""
    return named(hit.sentence, hit.tokens(part))


def named(sentence: Sentence, about: Sequence[Token]) -> str | None:
    """Return what some tokens call something, without the small words around it."""
    tokens = list(about)
    strip = set(sentence.lexicon.option("ref_strip", ()))
    while tokens and (tokens[0].text in strip or tokens[0].kind in {"the", "me", "colon", "hash"}):
        tokens.pop(0)
    while tokens and tokens[-1].kind in {"glue", "colon"}:
        tokens.pop()
    if not tokens:
        return None
    if len(tokens) == 1:
        token = tokens[0]
        if token.kind in {"quote", "mention"}:
            return str(token.value)
        if token.kind in {"num", "ord"}:
            return str(token.value)
        if token.kind == "unit" and token.value == "second":
            return "2"
        if token.kind == "last":
            return "last"
    text = sentence.said(tokens[0], tokens[-1])
    words = text.split()
    while len(words) > 1 and words[0].lower() in strip:
        words.pop(0)
    return " ".join(words) or None


def _everything(hit: Hit) -> bool:
    return hit.has("plural") or hit.has("all")


def _cancel(hit: Hit, target: Target) -> Made:
    if _everything(hit):
        return Cancel(target=target, ref="all")
    tokens = hit.tokens("ref")
    if any(t.kind in {"neg", "ask", "say"} for t in tokens) or len(tokens) > 12:
        return None
    if len(tokens) == 1 and tokens[0].kind == "everything":
        return Cancel(target=target, ref="all")
    return Cancel(target=target, ref=reference(hit))


def cancel_all(hit: Hit) -> Made:
    """Cancel all that is planned."""
    return Cancel(target=Target.ALL, ref="all")


def cancel_everything_on(hit: Hit) -> Made:
    """Cancel what is planned for a day."""
    if any(t.kind == "point" and t.value.how == "now" for t in hit.tokens("ref")):
        return None
    return Cancel(target=Target.SCHEDULE, ref=reference(hit))


def cancel_reminder(hit: Hit) -> Made:
    """Cancel a reminder."""
    return _cancel(hit, Target.REMINDER)


def cancel_recurring(hit: Hit) -> Made:
    """Cancel something recurring."""
    return _cancel(hit, Target.RECURRING)


def cancel_schedule(hit: Hit) -> Made:
    """Cancel something planned once."""
    about = hit.tokens("ref")
    if any(t.kind == "point" and t.value.how == "now" for t in about):
        return None
    if len(about) == 1 and about[0].kind == "occupation":
        return cancelled(hit.sentence, about[0], about[0])
    names = [t for t in hit.sentence.tokens if t.kind == "occupation" and t not in about]
    days = [t.value.day for t in about if t.kind == "point" and t.value.day is not None]
    if names and days:  # "cancel lunch tomorrow": what recurs goes on after that
        return SkipOnce(ref=named(hit.sentence, names), day=days[0])
    return _cancel(hit, Target.SCHEDULE)


def cancel_session(hit: Hit) -> Made:
    """End the presence session. "Stop showing me as busy" is about the status."""
    states = {t.value for t in hit.all("presence")}
    return Cancel(target=Target.SESSION) if states <= {"Available"} else None


def change(hit: Hit) -> Made:
    """Change something planned in place: its start, its end, its days or its last day."""
    if hit.has("numbered"):
        return _numbered(hit)
    about = hit.tokens("ref")
    if not about or len(about) > LONGEST_NAME or any(t.kind in NO_PLAN for t in about):
        return None
    (token, *more) = hit.tokens("w1")
    ref, ends = reference(hit), hit.values["part"] == "end"
    if more or ref is None:
        return None
    match token.value:
        case Range(start=Point(clock=Clock() as start), end=Point(clock=Clock() as end)):
            zone = end.zone or start.zone
            return ChangePlan(ref=ref, start=time_of(start), end=time_of(end), zone=zone)
        case Recurring(byday=days, at=at, until=None) if days and token.kind == "recur":
            if not at:
                return ChangePlan(ref=ref, days=days)
            return ChangePlan(ref=ref, days=days, start=time_of(at[0]), zone=at[0].zone)
        case Point(clock=Clock() as clock, day=None, part=part) if ends:
            return ChangePlan(ref=ref, end=time_of(clock, part), zone=clock.zone)
        case Point(clock=Clock() as clock, day=None, part=part) if token.kind == "point":
            return ChangePlan(ref=ref, start=time_of(clock, part), zone=clock.zone)
        case Until(end=Point(clock=Clock() as clock, day=None, part=part)) if ends:
            return ChangePlan(ref=ref, end=time_of(clock, part), zone=clock.zone)
        case Point(day=date() as day, clock=None) if ends:
            return ChangePlan(ref=ref, until=day)
        case Until(end=Point(day=date() as day, clock=None)) if ends:
            return ChangePlan(ref=ref, until=day)
        case _:
            return None


def _numbered(hit: Hit) -> Made:
    """Move what has a number in the list: "2 to 12:30", which otherwise is from 2 until 12:30."""
    (token, *more) = hit.tokens("numbered")
    if hit.all("presence") or hit.all("occupation"):
        return None  # "change busy 2 to 4" is about a status
    match token.value:
        case Range(
            start=Point(clock=Clock(hour=number, open=True)), end=Point(clock=Clock() as start)
        ) if token.text.startswith(f"{number} ") and not more:
            return ChangePlan(ref=str(number), start=time_of(start), zone=start.zone)
        case _:
            return None


def extend(hit: Hit) -> Made:
    """Move the end of the running status."""
    sentence = hit.sentence
    resolver = sentence.resolver
    times = [t for t in hit.times() if not (t.kind == "point" and t.value.how == "now")]
    spoken = hit.all("presence") + hit.all("occupation")
    if sentence.running is None:
        more = any(t.kind in {"more_dur", "plus", "another"} for t in sentence.tokens)
        if (spoken and not more) or hit.all("occupation") or _status_first(sentence.tokens):
            return None
        return Phrase("problem-nothing-running")
    if any(t.kind == "neg" for t in _behind_no(sentence.tokens)):
        return Phrase("problem-negated")
    for part in ("minutes", "minutes_more"):
        if hit.has(part):
            length = check_length(Length(seconds=int(hit.match[part]) * 60))
            return Extend(by=timedelta(seconds=length.total))
    if hit.has("hour"):
        hour = int(hit.match["hour"])
        until = Until(Point(clock=Clock(hour, open=1 <= hour <= _HALF_DAY)))
        return Extend(to=resolver.end(until))
    if not times:
        return None
    if hit.values.get("by"):  # "extend by 15": minutes, though it reads as a time too
        bare = re.fullmatch(rf"{hit.values['by']} (\d{{1,3}})", times[-1].text)
        if bare is None:
            return None
        length = check_length(Length(seconds=int(bare[1]) * 60))
        return Extend(by=timedelta(seconds=length.total))
    if hit.values.get("left"):  # "shorten it to 10 minutes"
        return Extend(to=resolver.after(check_length(times[-1].value)))
    if hit.values.get("shorter"):
        end = sentence.running.end - timedelta(seconds=check_length(times[-1].value).total)
        if end <= sentence.moment.now:
            raise past()
        return Extend(to=end)
    if any(t.value != sentence.running.preferred.availability for t in hit.all("presence")):
        return None  # "make it away until 4" is another status
    token = times[-1]
    if token.kind in {"dur", "lasting", "soon", "more_dur"}:
        return Extend(by=timedelta(seconds=check_length(token.value).total))
    return Extend(to=_end_near(token, hit, sentence.running.end))


def _behind_no(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens behind "no," at the start: a correction, not a negation."""
    corrects = len(tokens) > 1 and tokens[0].kind == "neg" and tokens[1].kind == "comma"
    return tokens[2:] if corrects else tokens


def _status_first(tokens: Sequence[Token]) -> bool:
    """Return whether a status is said before how much longer: "busy for another two hours"."""
    first = next((t for t in tokens if t.kind not in {"me", "glue", "comma"}), None)
    return first is not None and first.kind == "presence"


def _end_near(token: Token, hit: Hit, running: datetime) -> datetime:
    resolver = hit.sentence.resolver
    if token.kind == "ending":
        return resolver.end(token.value)
    if token.kind == "allday" or token.kind == "span_end":
        found = period([token], resolver).end
        if found is None:
            raise past()
        return found
    value = token.value
    if isinstance(value, Point):
        return resolver.instant(value)
    if isinstance(value, Span):
        return resolver.span_end(value)
    raise past()


def amend(hit: Hit) -> Made:
    """Change part of the running status."""
    sentence = hit.sentence
    spoken = hit.all("presence")
    text = hit.words("text")
    if text is not None:
        return Amend(message=text)
    if not spoken:
        return None
    for before, token in pairwise(sentence.tokens):
        if before.kind == "neg" and token in spoken and not hit.has("to"):
            return None  # "no busy" refuses what "no, busy" asks for
    chosen = hit.tokens("to")[0] if hit.has("to") else spoken[0]
    times = hit.times()
    end = None
    if times:
        try:
            end = period(times, sentence.resolver).end
        except Misfit:
            return None
    if sentence.running is None and hit.values.get("needs_running"):
        return None
    return Amend(availability=Availability(chosen.value), end=end)


def repeat_last(hit: Hit) -> Made:
    """Set an earlier status again."""
    tokens: Sequence[Token] = hit.tokens("ref")
    if tokens and tokens[0].kind in {"ending", "lasting", "dur", "range"}:
        return None
    return RepeatLast(ref=reference(hit))
