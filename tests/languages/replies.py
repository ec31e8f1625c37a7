"""The phrase books as their authors wrote them: every message, its variables and its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fluent.syntax import FluentParser, ast
from fluent.syntax.serializer import serialize_pattern

from bot.languages.phrasebook import FALLBACK, FOLDER

LANGUAGES = (FALLBACK, *sorted({p.parent.name for p in FOLDER.glob("*/replies.ftl")} - {FALLBACK}))


@dataclass(frozen=True, slots=True)
class Written:
    """One message: its variables, those that choose a form, its texts, and its source."""

    key: str
    variables: frozenset[str]
    selectors: frozenset[str]
    forms: frozenset[str]
    words: str
    raw: str


def written(language: str) -> list[Written]:
    """Return the messages of a language in their order. Fails where something is no Fluent."""
    source = (FOLDER / language / "replies.ftl").read_text(encoding="utf-8")
    found = []
    for entry in FluentParser().parse(source).body:
        assert not isinstance(entry, ast.Junk), f"{language}: {entry.content}"
        if isinstance(entry, ast.Message) and entry.value is not None:
            found.append(_written(entry.id.name, entry.value))
    return found


def _written(key: str, pattern: ast.Pattern) -> Written:
    nodes = list(_nodes(pattern))
    choices = [node for node in nodes if isinstance(node, ast.SelectExpression)]
    return Written(
        key=key,
        variables=frozenset(n.id.name for n in nodes if isinstance(n, ast.VariableReference)),
        selectors=frozenset(
            c.selector.id.name for c in choices if isinstance(c.selector, ast.VariableReference)
        ),
        forms=frozenset(
            v.key.name for c in choices for v in c.variants if isinstance(v.key, ast.Identifier)
        ),
        words=" ".join(node.value for node in nodes if isinstance(node, ast.TextElement)),
        raw=serialize_pattern(pattern),
    )


def _nodes(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.BaseNode):
                yield from _nodes(child)
