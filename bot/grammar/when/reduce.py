"""The engine: an ordered list of rules, each of which replaces tokens by one with a meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.grammar.tokens import Token, pattern, shape
from bot.grammar.when.values import Context

Groups = Callable[[int], list[Token]]
Made = tuple[str, Any] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over kinds, and what it makes: (kind, value), or none where it is not sure."""

    name: str
    regex: re.Pattern[str]
    make: Callable[[Groups, Context], Made]


def rule(name: str, kinds: str) -> Callable[[Callable[[Groups, Context], Made]], Rule]:
    """Make a rule of a function: `kinds` is the pattern, its groups are passed as tokens."""

    def wrap(make: Callable[[Groups, Context], Made]) -> Rule:
        return Rule(name, pattern(kinds), make)

    return wrap


def reduce(
    tokens: list[Token], rules: Sequence[Rule], context: Context, trace: list[str] | None = None
) -> list[Token]:
    """Return `tokens` after each rule in turn has replaced what it matches, left to right."""
    letters = shape(tokens)
    for each in rules:
        match = each.regex.search(letters)
        while match is not None:
            start, end = match.span()
            made = each.make(_groups(match, tokens), context)
            if made is None:
                match = each.regex.search(letters, start + 1)
                continue
            text = " ".join([t.text for t in tokens[start:end]])
            token = Token(made[0], made[1], text, tokens[start].start, tokens[end - 1].end)
            if trace is not None:
                trace.append(f"{each.name}: {text!r} -> {made[0]} {made[1]}")
            tokens[start:end] = [token]
            letters = letters[:start] + token.letter + letters[end:]
            match = each.regex.search(letters, start)
            if match is not None and match.span() == (start, start + 1) and end - start == 1:
                match = each.regex.search(letters, start + 1)
    return tokens


def _groups(match: re.Match[str], tokens: list[Token]) -> Groups:
    def group(number: int) -> list[Token]:
        if match.start(number) < 0:
            return []
        return tokens[match.start(number) : match.end(number)]

    return group
