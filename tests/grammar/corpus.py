"""Reads the corpora of the languages: examples by meaning, and look-alikes to refuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.grammar.lexicon import codes, read_table


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
    """Yield every utterance of every corpus: `example`, `reject` or `ambiguous`."""
    for code in codes():
        table = read_table(code, "corpus.toml")
        context = table["context"]
        for group in table.get(kind, ()):
            for say in group["say"]:
                yield Case(
                    language=code, say=say, intent=group.get("intent", "unknown"),
                    now=group.get("now", context["now"]), zone=context["timezone"],
                    slots=group.get("slots", {}), state=group.get("state"),
                    readings=group.get("readings", []),
                )  # fmt: skip


def times() -> Iterator[tuple[str, str, str, dict[str, Any] | None]]:
    """Yield (language, text, reference, answer) of every bare time phrase of the corpora."""
    for code in codes():
        table = read_table(code, "corpus.toml")
        for group in table.get("time", ()):
            for say in group["say"]:
                yield code, say, group.get("now", table["context"]["now"]), group.get("answer")
