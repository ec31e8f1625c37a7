"""A pattern that is skipped must be one that could not have matched."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.grammar.lexicon import codes, load
from bot.grammar.needs import needs_of

PATTERNS = sorted({p.source for code in codes() for p in load(code).sentences})


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("undo that", {"undo that"}),
        ("(?:undo|revert) that please", {" that please"}),
        ("(?:undo|revert)(?: that)?", {"undo", "revert"}),
        ("(?:undo)? it", {" it"}),
        ("undos?", {"undo"}),
        ("(?!never)(?:a|b)*", set()),
        (".*(?P<x>foo|(?:bar|)).*", set()),
        ("(?:(?:ab|cd){2}|efg)", {"ab", "cd", "efg"}),
        ("x{0,3}longer", {"longer"}),
    ],
)
def test_a_pattern_needs_one_of_the_strings_that_it_cannot_do_without(
    pattern: str, needs: set[str]
) -> None:
    assert set(needs_of(pattern)) == needs


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_a_pattern_of_a_language_matches_holds_what_it_needs(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    needs = needs_of(pattern)
    assert not needs or any(need in text for need in needs)
