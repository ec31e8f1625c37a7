"""Every utterance of the corpora is a test: its reading is exactly the one of its group."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bot.grammar.machine import as_json, moment_of, running_of
from bot.grammar.understand import Grammar
from tests.grammar.corpus import Case, cases, shape, times

READ_ONLY = {"unknown", "help", "show_status", "list", "history", "why", "export"}
FEWEST = {"en": 400}
FEWEST_ELSEWHERE = 150


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar()


def read(grammar: Grammar, case: Case) -> tuple[dict[str, Any], str]:
    moment = moment_of(case.now, case.zone, case.language)
    running = running_of(case.state, moment)
    reading = grammar.understand(case.say, moment, running=running)
    return as_json(reading, moment, running), "\n".join(reading.trace)


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_an_example_is_read_as_its_group_says(grammar: Grammar, case: Case) -> None:
    answer, trace = read(grammar, case)
    assert (answer["intent"], answer["slots"]) == (case.intent, case.slots), trace


@pytest.mark.parametrize("case", list(cases("word")), ids=str)
def test_a_word_by_itself_is_the_status_of_its_group(grammar: Grammar, case: Case) -> None:
    answer, trace = read(grammar, case)
    assert answer == {"intent": "set_status", "slots": case.slots}, trace


@pytest.mark.parametrize("case", list(cases("reject")), ids=str)
def test_a_look_alike_changes_nothing(grammar: Grammar, case: Case) -> None:
    answer, trace = read(grammar, case)
    assert answer["intent"] in READ_ONLY, trace


@pytest.mark.parametrize("case", list(cases("ambiguous")), ids=str)
def test_an_ambiguous_utterance_is_asked_in_the_readings_of_its_group(
    grammar: Grammar, case: Case
) -> None:
    answer, trace = read(grammar, case)
    assert answer == {"intent": "unknown", "slots": {}, "ambiguous": case.readings}, trace


@pytest.mark.parametrize(("language", "text", "now", "answer"), list(times()))
def test_a_time_phrase_means_what_its_group_says(
    grammar: Grammar, language: str, text: str, now: str, answer: dict[str, Any] | None
) -> None:
    found = grammar.when(text, moment_of(now, "UTC", language))
    values = {} if found is None else found.values
    trace = "" if found is None else "\n".join(found.trace)
    assert {k: v for k, v in values.items() if v is not None} == (answer or {}), trace


def test_no_utterance_stands_twice_in_a_corpus() -> None:
    counts = Counter((c.language, c.say.casefold()) for c in (*cases(), *cases("reject")))
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("kind", ["example", "reject"])
def test_no_two_utterances_differ_only_in_a_number_or_a_status_word(kind: str) -> None:
    shapes: dict[tuple[str, str], list[str]] = {}
    for case in cases(kind):
        shapes.setdefault((case.language, shape(case)), []).append(case.say)
    assert [says for says in shapes.values() if len(says) > 1] == []


def test_every_language_has_enough_examples() -> None:
    counts = Counter(case.language for case in cases())
    short = {c: n for c, n in counts.items() if n < FEWEST.get(c, FEWEST_ELSEWHERE)}
    assert short == {}
