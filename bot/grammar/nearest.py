"""Finds examples that are near to what was not understood."""

from __future__ import annotations

from functools import cached_property

from rapidfuzz import fuzz, process

from bot.grammar.lexicon import read_table

_HOW_MANY = 3


class Examples:
    """The utterances of a language's corpus that are marked `teach = true`."""

    def __init__(self, code: str) -> None:
        self._code = code

    @cached_property
    def utterances(self) -> tuple[str, ...]:
        """Return the first utterance of every example that teaches."""
        try:
            corpus = read_table(self._code, "corpus.toml")
        except FileNotFoundError:
            return ()
        return tuple(e["say"][0] for e in corpus.get("example", ()) if e.get("teach"))

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return up to three examples, nearest first."""
        found = process.extract(
            text[:200], self.utterances, scorer=fuzz.token_set_ratio, limit=_HOW_MANY
        )
        return tuple(str(choice) for choice, _, _ in found)
