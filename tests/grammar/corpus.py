"""Reads the corpora of the languages: examples by meaning, and look-alikes to refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.grammar.lexer import lex
from bot.grammar.lexicon import codes, load, read_table
from bot.grammar.normalise import prepare

_DIGITS = re.compile(r"\d+")
_BLOTS = {"num": "#", "ord": "#", "presence": "P", "mention": "@"}


@dataclass(frozen=True)
class Case:
    """One utterance and the reading that its group demands; no intent = must not be understood."""

    language: str
    say: str
    intent: str
    now: str
    zone: str
    slots: dict[str, Any] = field(default_factory=dict)
    state: dict[str, Any] | None = None
    readings: list[dict[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.language}: {self.say}"


def cases(kind: str = "example") -> Iterator[Case]:
    """Yield every utterance of every corpus: `example`, `word`, `reject` or `ambiguous`."""
    for code in codes():
        table = read_table(code, "corpus.toml")
        context = table["context"]
        for group in table.get(kind, ()):
            for say in group["say"]:
                yield Case(
                    language=code, say=say, intent=group.get("intent", "unknown"),
                    now=group.get("now", context["now"]), zone=context["timezone"],
                    slots=_slots(group), state=group.get("state"),
                    readings=group.get("readings", []),
                )  # fmt: skip


def _slots(group: dict[str, Any]) -> dict[str, Any]:
    """Return the slots of a group; those of a single word are its status."""
    if "availability" in group:
        return {"availability": group["availability"]}
    slots: dict[str, Any] = group.get("slots", {})
    return slots


def times() -> Iterator[tuple[str, str, str, dict[str, Any] | None]]:
    """Yield (language, text, reference, answer) of every bare time phrase of the corpora."""
    for code in codes():
        table = read_table(code, "corpus.toml")
        for group in table.get("time", ()):
            for say in group["say"]:
                yield code, say, group.get("now", table["context"]["now"]), group.get("answer")


def shape(case: Case) -> str:
    """Return an utterance with its numbers and status words blotted out."""
    prepared = prepare(case.say)
    pieces: list[str] = []
    place = 0
    for token in lex(prepared, load(case.language)):
        blot = _BLOTS.get(token.kind)
        if blot is not None:
            pieces += [prepared.folded[place : token.start], blot]
            place = token.end
    pieces.append(prepared.folded[place:])
    markup = re.sub(r"[^<>&/]", "", case.say)
    return f"{case.say.istitle()} {markup} {_DIGITS.sub('#', ''.join(pieces)).strip()}"
