"""The machine interfaces: one JSON answer a line, in order."""

from __future__ import annotations

import io
import json

from bot.grammar.machine import run_parse_jsonl, run_when_jsonl
from bot.grammar.understand import Grammar

GRAMMAR = Grammar()


def test_parse_answers_each_line_in_order_and_ignores_unknown_fields() -> None:
    asked = [
        {"id": "1", "text": "busy until 3", "lang": "en", "now": "2026-03-10T14:10:00",
         "tz": "Europe/Berlin", "colour": "red"},
        {"id": "2", "text": "+15m", "lang": "en", "now": "2026-03-10T14:10:00",
         "tz": "Europe/Berlin", "state": {"availability": "Busy", "end": "2026-03-10T15:00:00"}},
    ]  # fmt: skip
    answers = io.StringIO()
    run_parse_jsonl(io.StringIO("\n".join(map(json.dumps, asked))), answers, grammar=GRAMMAR)
    first, second = map(json.loads, answers.getvalue().splitlines())
    assert (first["id"], first["intent"]) == ("1", "set_status")
    assert first["slots"] == {"availability": "Busy", "end": "2026-03-10T15:00:00"}
    assert second["slots"] == {"extend_by": "PT15M", "end": "2026-03-10T15:15:00"}
    assert second["ms"] >= 0


def test_when_answers_null_for_what_is_no_time() -> None:
    asked = [
        {"id": "1", "text": "half an hour", "reference": "2026-03-10T14:10:00", "lang": "en"},
        {"id": "2", "text": "the march team", "reference": "2026-03-10T14:10:00", "lang": "en"},
    ]
    answers = io.StringIO()
    run_when_jsonl(io.StringIO("\n".join(map(json.dumps, asked))), answers, grammar=GRAMMAR)
    first, second = map(json.loads, answers.getvalue().splitlines())
    assert first["answer"] == {"kind": "duration", "seconds": 1800}
    assert second["answer"] is None
