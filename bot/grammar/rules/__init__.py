"""The rules of the command language, in the one order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.grammar.rules.clearing import clearing
from bot.grammar.rules.phrases import phrases
from bot.grammar.rules.status import guard, length_alone, message_alone, status
from bot.grammar.sentence import Made, Sentence

RULES: Sequence[tuple[str, Callable[[Sentence], Made]]] = (
    ("sentence", phrases),
    ("clear", clearing),
    ("status", status),
    ("message", message_alone),
    ("length", length_alone),
    ("guard", guard),
)
