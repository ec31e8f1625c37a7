"""Loads the words of a language: data in, one trie and compiled phrase patterns out.

A lexicon is `bot/languages/<xx>/lexicon.toml`. `[words.<kind>]` maps a value to the phrases that
mean it; `[[phrases]]` holds whole sentences as regular expressions over folded words, in which
`{t}` stands for a time, `{p}` for an availability, `{q}` for quoted text and `{name}` for free
words. What is not in the file is not known: adding a language touches its folder only.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from bot.grammar.needs import Needs, needs_of
from bot.grammar.normalise import fold, fold_char

UNIT = re.compile(
    r"[^\W\d_\u3400-\u9fff\u0e00-\u0eff]+(?:'[^\W\d_\u3400-\u9fff]+)*"  # a word
    r"|\d+|[^\s]"
)
# What time chunks, availabilities and the rest look like in a folded sentence.
MARKS = {
    "dur": "\ue001", "ending": "\ue003", "point": "\ue004", "range": "\ue005",
    "recur": "\ue006", "onward": "\ue007", "span": "\ue008", "lasting": "\ue009",
    "more_dur": "\ue00a", "presence": "\ue010", "occupation": "\ue011", "quote": "\ue012",
    "mention": "\ue013",
}  # fmt: skip
_MACROS = {
    "t": "[\ue001-\ue009]",
    "more": "\ue00a",
    "dur": "[\ue001\ue009\ue00a]",
    "until": "\ue003",
    "at": "[\ue004\ue005\ue008]",
    "every": "\ue006",
    "p": "\ue010",
    "o": "\ue011",
    "q": "\ue012",
    "m": "\ue013",
    "times": "(?P<when>[\ue001-\ue009](?: [\ue001-\ue009])*)",
    "when": "(?P<when>[\ue001-\ue009](?: [\ue001-\ue009])*)",
}
_APOSTROPHE = re.compile(r"[^\W\d_]+'[^\W\d_]+")
_SLOT = re.compile(r"\{([a-z_]+)\}")
# Kinds of everyday words: a short word is no typo of these.
_COMMON = frozenset({"set", "say", "clear", "message", "status", "keep", "back", "expire", "me"})
_UMLAUT = re.compile("[äöü]")
_FIRST_WITHOUT_SPACES = "\u0e00"  # Thai, and all that comes after it here
_END_VARIANTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


class _Folding(dict[int, str]):
    """Folds what is not ASCII: the letters of a pattern, but none of its signs."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if code < 128 else fold_char(chr(code))
        return self[code]


_FOLDED = _Folding()


@dataclass(slots=True)
class Node:
    """A place in the trie: what may follow, and the (kind, value) that ends here."""

    follow: dict[str, Node] = field(default_factory=dict)
    entry: tuple[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SentencePattern:
    """One whole-sentence pattern and the rule that it belongs to."""

    rule: str
    values: Mapping[str, Any]
    source: str
    needs: Needs

    def match(self, text: str) -> re.Match[str] | None:
        """Return how the whole of `text` matches; compiled when it is first tried."""
        return compiled(self.source).fullmatch(text)


compiled = cache(re.compile)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, or of two that are mixed in one sentence."""

    code: str
    name: str
    root: Node
    vocabulary: tuple[str, ...]
    options: Mapping[str, Any]
    folds: Mapping[int, str]
    sentences: tuple[SentencePattern, ...]
    places: Mapping[str, tuple[int, ...]]

    def candidates(self, text: str) -> Iterable[SentencePattern]:
        """Return the patterns that may match `text`, in their order."""
        found = set(self.places[""])
        for need, places in self.places.items():
            if need in text:
                found.update(places)
        return [self.sentences[place] for place in sorted(found)]

    def option(self, name: str, default: Any = None) -> Any:
        """Return a setting of the language."""
        return self.options.get(name, default)


def units_of(phrase: str, elisions: frozenset[str] = frozenset()) -> list[str]:
    """Split a folded phrase into the units that the trie is made of."""
    if phrase.isalpha() and max(phrase) < _FIRST_WITHOUT_SPACES:
        return [phrase]
    if phrase.replace(" ", "").isalpha() and max(phrase) < _FIRST_WITHOUT_SPACES:
        return phrase.split()
    units: list[str] = []
    for piece in UNIT.findall(phrase):
        units.extend(split_word(piece, elisions) if "'" in piece else (piece,))
    return [u for u in units if u != "-"] or units


def split_word(word: str, elisions: frozenset[str]) -> list[str]:
    """Split a word at its apostrophes: elided articles go before, an English 's behind."""
    pieces = word.split("'")
    units: list[str] = []
    while len(pieces) > 1 and pieces[0] in elisions:
        units.append(pieces.pop(0))
    if len(pieces) > 1 and pieces[-1] == "s":
        return [*units, "".join(pieces[:-1]), "'s"]
    return [*units, "".join(pieces)]


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all languages that have a folder with a lexicon."""
    folders = resources.files("bot.languages").iterdir()
    return tuple(sorted(f.name for f in folders if f.joinpath("lexicon.toml").is_file()))


def read_table(code: str, name: str) -> dict[str, Any]:
    """Return a TOML file of a language's folder."""
    text = resources.files("bot.languages").joinpath(code, name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def load(code: str) -> Lexicon:
    """Return the lexicon of one language."""
    return _build(code, read_table(code, "lexicon.toml"))


@cache
def mixed(first: str, second: str) -> Lexicon:
    """Return the lexicon of two languages in one sentence; the first wins where both know."""
    own, other = load(first), load(second)
    return Lexicon(
        f"{first}+{second}",
        own.name,
        _merged(own.root, other.root),
        tuple(sorted({*own.vocabulary, *other.vocabulary})),
        {**other.options, **own.options},
        {**own.folds, **other.folds},
        *_indexed([*own.sentences, *other.sentences]),
    )


def _merged(first: Node, second: Node) -> Node:
    """Return a trie of both; what only one of them has is shared with it."""
    node = Node({**second.follow, **first.follow}, first.entry or second.entry)
    for unit in first.follow.keys() & second.follow.keys():
        node.follow[unit] = _merged(first.follow[unit], second.follow[unit])
    return node


def _indexed(
    sentences: Iterable[SentencePattern],
) -> tuple[tuple[SentencePattern, ...], dict[str, tuple[int, ...]]]:
    """Return patterns, the loose ones last, and where those are that need a string."""
    ordered = tuple(sorted(sentences, key=lambda s: bool(s.values.get("loose"))))
    places: dict[str, tuple[int, ...]] = {"": ()}
    for place, sentence in enumerate(ordered):
        for need in sentence.needs or ("",):
            places[need] = (*places.get(need, ()), place)
    return ordered, places


def _build(code: str, table: dict[str, Any]) -> Lexicon:
    root = Node()
    vocabulary: set[str] = set()
    folds: dict[int, str] = {}
    options = table.get("options", {})
    elisions = frozenset(options.get("elisions", ()))
    known = set(options.get("no_typos", ()))
    for old, new in table.get("fold", {}).items():
        folds.update({ord(a): b for a, b in zip(old, new, strict=True)})
    for kind, entries in table["words"].items():
        shortest = 4 if kind in _COMMON else 3
        for value, phrases in _pairs(entries):
            for phrase in phrases:
                for form in _forms(phrase):
                    units = [sys.intern(unit) for unit in units_of(form, elisions)]
                    _insert(root, units, kind, value)
                    if kind not in known:
                        vocabulary.update([u for u in units if len(u) > shortest and u.isalpha()])
    return Lexicon(
        code,
        table["name"],
        _shared(root, {}),
        tuple(sorted(vocabulary)),
        options,
        folds,
        *_indexed(_sentences(table)),
    )


def _pairs(entries: Any) -> Iterable[tuple[Any, list[str]]]:
    if isinstance(entries, list):
        return ((phrase, [phrase]) for phrase in entries)
    return ((_value(key), phrases) for key, phrases in entries.items())


def _value(key: str) -> Any:
    try:
        return int(key)
    except ValueError:
        pass
    try:
        return float(key)
    except ValueError:
        return key


def _forms(phrase: str) -> Iterable[str]:
    lower = phrase.lower()
    if lower.isascii() or not _UMLAUT.search(lower):
        return (fold(lower),)
    spelt_out = lower
    for umlaut, spelt in _END_VARIANTS:
        spelt_out = spelt_out.replace(umlaut, spelt)
    return (fold(lower), fold(spelt_out))


def _insert(root: Node, units: list[str], kind: str, value: Any) -> None:
    node = root
    for unit in units:
        node = node.follow.setdefault(unit, Node())
    if node.entry is None:
        node.entry = (kind, value)


def _shared(node: Node, known: dict[tuple[object, frozenset[object]], Node]) -> Node:
    """Return a trie of the same phrases in which equal ends are one node.

    A quarter is left of the nodes, and half of the memory: most phrases end like others do.
    """
    for unit, following in node.follow.items():
        node.follow[unit] = _shared(following, known)
    # With the type of the value: 1 and 1.0 are two. `known` keeps the nodes, and so their ids.
    entry = node.entry and (*node.entry, type(node.entry[1]))
    same = frozenset((unit, id(following)) for unit, following in node.follow.items())
    return known.setdefault((entry, same), node)


def _sentences(table: Mapping[str, Any]) -> Iterable[SentencePattern]:
    elisions = frozenset(table.get("options", {}).get("elisions", ()))

    def spelt(text: str) -> str:
        folded = text if text.isascii() else text.translate(_FOLDED)
        if "'" not in folded:
            return folded
        return _APOSTROPHE.sub(lambda m: " ".join(split_word(m[0], elisions)), folded)

    macros = {**_MACROS, **{k: f"(?:{spelt(v)})" for k, v in table.get("macros", {}).items()}}

    def slot(match: re.Match[str]) -> str:
        name = match[1]
        return macros.get(name, f"(?P<{name}>.+?)")

    for group in table.get("phrases", ()):
        values = {k: v for k, v in group.items() if k not in {"rule", "say"}}
        for text in group["say"]:
            expanded = _SLOT.sub(slot, spelt(text))
            while "{" in expanded and _SLOT.search(expanded):
                expanded = _SLOT.sub(slot, expanded)
            yield SentencePattern(group["rule"], values, expanded, needs_of(expanded))
