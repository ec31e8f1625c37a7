"""A person's own shortcuts, sequences, and the states that need a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.commands import KeepAvailable, SetStatus, ShowSession
from bot.domain.own_commands import DeletePreset, SavePreset, UsePreset
from bot.domain.plan_commands import Schedule, Sequence, Step
from bot.domain.presence import Availability, SessionActivity
from bot.grammar.periods import Misfit, check_length, period
from bot.grammar.rules.status import status
from bot.grammar.sentence import Hit, Made

_LONGEST_NAME = 5  # words
_MOST_REPEATS = 50
_POMODORO = (
    Step(availability=Availability.DO_NOT_DISTURB, duration=timedelta(minutes=25)),
    Step(availability=Availability.AVAILABLE, duration=timedelta(minutes=5)),
)


def _name(hit: Hit) -> str | None:
    tokens = hit.tokens("name")
    if not tokens or len(tokens) > _LONGEST_NAME:
        return None
    if any(t.kind in {"neg", "question"} for t in tokens):
        return None
    return hit.words("name")


def save(hit: Hit) -> Made:
    """Keep a status under a name."""
    name = _name(hit)
    if name is None:
        return None
    body = hit.tokens("body")
    if not body:
        return SavePreset(name=name)
    sentence = hit.sentence
    first, last = sentence.tokens.index(body[0]), sentence.tokens.index(body[-1])
    made = status(replace(sentence, tokens=sentence.tokens[first : last + 1]))
    if not isinstance(made, SetStatus):
        return None
    duration = None if made.end is None else made.end - sentence.moment.now
    message = None if made.message is None else made.message.text
    return SavePreset(
        name=name, availability=made.availability, duration=duration, message=message
    )


def use(hit: Hit) -> Made:
    """Set the status of a name."""
    name = _name(hit)
    if name is None:
        return None
    times = list(hit.tokens("w1"))
    try:
        end = period(times, hit.sentence.resolver).end if times else None
    except Misfit:
        return None
    return UsePreset(name=name, end=end)


def delete(hit: Hit) -> Made:
    """Forget a name."""
    name = _name(hit)
    return None if name is None else DeletePreset(name=name)


def sequence(hit: Hit) -> Made:
    """Set statuses one after the other."""
    repeat = 1
    for token in hit.tokens("n"):
        if token.kind == "num" and isinstance(token.value, int):
            repeat = token.value
        else:
            return None
    if not 1 <= repeat <= _MOST_REPEATS:
        return None
    tokens = hit.tokens("steps")
    if not tokens:
        return Sequence(steps=_POMODORO, repeat=repeat)
    states = [t for t in tokens if t.kind == "presence"]
    lengths = [t for t in tokens if t.kind in {"dur", "lasting"}]
    if len(states) != len(lengths):
        return None
    steps = [
        Step(
            availability=Availability(state.value),
            duration=timedelta(seconds=check_length(length.value).total),
        )
        for state, length in zip(states, lengths, strict=True)
    ]
    return Sequence(steps=tuple(steps), repeat=repeat) if len(steps) > 1 else None


def quiet(hit: Hit) -> Made:
    """Set Do not disturb, where the words of it stand apart: "stör mich bis 5 nicht"."""
    try:
        found = period(list(hit.tokens("when")), hit.sentence.resolver)
    except Misfit:
        return None
    if found.start is not None:
        return Schedule(availability=Availability.DO_NOT_DISTURB, start=found.start, end=found.end)
    return SetStatus(availability=Availability.DO_NOT_DISTURB, end=found.end)


def keep_available(hit: Hit) -> Made:
    """Keep showing the person as available."""
    states = {t.value for t in hit.all("presence")}
    kinds = {t.kind for t in hit.sentence.tokens}
    refused = "neg" in kinds
    if refused and "set" in kinds:
        return None  # "don't set me to busy" changes nothing
    if states and ("Available" in states) == refused:
        return None  # "keep me away" is a status, "don't make me available" changes nothing
    try:
        end = period(hit.times(), hit.sentence.resolver).end
    except Misfit:
        return None
    return KeepAvailable(end=end)


def session(hit: Hit) -> Made:
    """Show an activity that only a session can show."""
    kinds = hit.sentence.lexicon.option("session", {})
    for token in hit.all("occupation"):
        activity = kinds.get(token.text)
        if activity is not None:
            try:
                end = period(hit.times(), hit.sentence.resolver).end
            except Misfit:
                return None
            return ShowSession(activity=SessionActivity(activity), end=end)
    return None
