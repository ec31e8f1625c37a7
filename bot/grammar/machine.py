"""The two machine interfaces: readings and times as JSON lines, one answer for each line."""

from __future__ import annotations

import json
import time as clock
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from bot.domain.journal import Entry, Running
from bot.domain.moment import Moment
from bot.domain.person import zone_or_utc
from bot.domain.presence import Availability, PreferredPresence
from bot.domain.status import StatusMessage
from bot.grammar.reading import Ambiguous, NotUnderstood, Reading, Understood
from bot.grammar.slots import slots_of
from bot.grammar.understand import Grammar
from bot.grammar.when import outside
from bot.grammar.when.calendar import WhenAnswer

_US_ENGLISH = "en-US"


def moment_of(now: str, zone: str, locale: str) -> Moment:
    """Return the moment of a naive local ISO time in a zone."""
    found = zone_or_utc(zone)
    return Moment(
        now=datetime.fromisoformat(now).replace(tzinfo=found).astimezone(UTC), zone=found,
        locale=locale,
    )  # fmt: skip


def running_of(state: Mapping[str, Any] | None, moment: Moment) -> Running | None:
    """Return the running status of a `state` object: availability, end, message."""
    if not state or not state.get("availability"):
        return None
    end = moment.instant(datetime.fromisoformat(state["end"])) if state.get("end") else None
    stands_until = end or moment.now + timedelta(days=1)
    preferred = PreferredPresence(availability=Availability(state["availability"]), end=end)
    text = state.get("message")
    return Running(
        preferred=preferred, end=stands_until, end_said=end is not None,
        entry=Entry(id="state", at=moment.now, command="SetStatus"),
        message=StatusMessage(text=text, end=end) if text else None,
    )  # fmt: skip


def as_json(reading: Reading, moment: Moment, running: Running | None = None) -> dict[str, Any]:
    """Return a reading in the contract's form: `intent` and `slots`, times local and naive."""
    match reading:
        case Understood(command=command):
            intent, slots = slots_of(command, moment, running)
            return {"intent": intent, "slots": slots}
        case Ambiguous(readings=readings):
            choices = [as_json(r, moment, running) for r in readings]
            return {"intent": "unknown", "slots": {}, "ambiguous": choices}
        case NotUnderstood():
            return {"intent": "unknown", "slots": {}}


def parse_line(grammar: Grammar, line: str, *, trace: bool = False) -> dict[str, Any]:
    """Answer one line of `parse --jsonl`."""
    asked = json.loads(line)
    moment = moment_of(asked["now"], asked.get("tz") or "UTC", asked.get("lang") or "en")
    running = running_of(asked.get("state"), moment)
    presets = tuple(asked.get("presets") or ())
    start = clock.perf_counter()
    reading = grammar.understand(asked["text"], moment, running=running, presets=presets)
    spent = (clock.perf_counter() - start) * 1000
    answer = {"id": asked.get("id"), **as_json(reading, moment, running), "ms": round(spent, 3)}
    if trace:
        answer["trace"] = list(reading.trace)
        if isinstance(reading, NotUnderstood):
            answer["problem"] = reading.problem.key
    return answer


def when_answer(grammar: Grammar, text: str, moment: Moment) -> WhenAnswer | None:
    """Return what a bare time phrase means."""
    return grammar.when(text, moment)


def when_line(grammar: Grammar, line: str, *, trace: bool = False) -> dict[str, Any]:
    """Answer one line of `when --jsonl`. Without a zone, English dates are month first."""
    asked = json.loads(line)
    locale = asked.get("lang") or "en"
    zone = ZoneInfo("UTC") if not asked.get("tz") else zone_or_utc(asked["tz"])
    if locale == "en" and not asked.get("tz"):
        locale = _US_ENGLISH
    now = datetime.fromisoformat(asked["reference"]).replace(tzinfo=zone).astimezone(UTC)
    moment = Moment(now=now, zone=zone, locale=locale)
    start = clock.perf_counter()
    found = grammar.when(asked["text"], moment)
    spent = (clock.perf_counter() - start) * 1000
    answer: dict[str, Any] = {
        "id": asked.get("id"),
        "answer": None if found is None else found.values,
        "ms": round(spent, 3),
    }
    if trace and found is not None:
        answer["trace"] = list(found.trace)
    return answer


def _warm() -> Grammar:
    """Return a grammar that has loaded everything: each line's time is its own."""
    grammar = Grammar()
    grammar.warm_up()
    outside.warm_up(grammar.codes)
    return grammar


def run_parse_jsonl(
    lines: TextIO, answers: TextIO, *, grammar: Grammar | None = None, trace: bool = False
) -> None:
    """Answer every line of `lines` with the reading of its text, in order."""
    grammar = grammar or _warm()
    for line in lines:
        if line.strip():
            answer = parse_line(grammar, line, trace=trace)
            answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
            answers.flush()


def run_when_jsonl(
    lines: TextIO, answers: TextIO, *, grammar: Grammar | None = None, trace: bool = False
) -> None:
    """Answer every line of `lines` with the time that its text means, in order."""
    grammar = grammar or _warm()
    for line in lines:
        if line.strip():
            answer = when_line(grammar, line, trace=trace)
            answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
            answers.flush()
