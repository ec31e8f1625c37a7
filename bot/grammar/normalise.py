"""Brings an utterance into the form that the lexer reads, and remembers where each character was.

The folded copy is lower-case, without accents, with plain quotes, dashes and digits; a message is
cut out of the source, so that it keeps its spelling. Owns what Teams puts around the words of a
person: mentions, HTML, quoted replies. Knows no language.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MENTION_OPEN, MENTION_CLOSE = "\ue020", "\ue021"

_REPLY = re.compile(r"<blockquote[^>]*>.*?</blockquote>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_QUOTED_LINES = re.compile(r"\A(?:[ \t]*>[^\n]*(?:\n|\Z))+")
_MENTION = re.compile(r"<at\b[^>]*>(.*?)</at>", re.DOTALL | re.IGNORECASE)
_BOT = re.compile(r"bot\b|presence", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|br|span|b|i|u|em|strong|a|img|ul|ol|li|code|pre|font)\b[^>]*>", re.IGNORECASE
)
_QUOTES = {
    '"': '"',
    "“": "”“",
    "„": '“”"‟',
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "《": "》",
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "＂": "＂",
    "`": "`",
}
_SINGLE = frozenset("'‘‚’`")
_FOLDED = str.maketrans(
    {
        "’": "'", "‘": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "―": "-",
        "。": ".", "、": ",", "ё": "е", "～": "-", "〜": "-", "…": " ",
    }
)  # fmt: skip
_KEPT = frozenset("йЙїЇўЎ½¼¾⅓⅔…")
_IGNORED = frozenset("\ufe0f\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An utterance ready for the lexer.

    `source` is what was said, without markup; `folded` what the lexer reads; `origin[i]` is the
    place in `source` of the folded character i (one more entry for the end). `quotes` are the
    spans of quoted text in `folded`: (start, end) with the marks, marks are one character wide.
    """

    source: str
    folded: str
    origin: tuple[int, ...] | range
    quotes: tuple[tuple[int, int], ...]

    def said(self, start: int, end: int) -> str:
        """Return the source text of a span of the folded text."""
        return self.source[self.origin[start] : self.origin[end]]


def prepare(utterance: str) -> Prepared:
    """Return `utterance` without markup, folded, with the spans of its quoted texts."""
    source = _without_markup(utterance).strip()
    if source.startswith("/"):
        source = source[1:].lstrip()
    source = unicodedata.normalize("NFC", source)
    if source.isascii():
        folded = source.lower().replace("`", "'")
        return Prepared(source, folded, range(len(source) + 1), _quoted(source))
    pieces: list[str] = []
    origin: list[int] = []
    place = [0] * (len(source) + 1)
    for index, char in enumerate(source):
        place[index] = len(origin)
        piece = fold_char(char)
        pieces.append(piece)
        origin.extend([index] * len(piece))
    place[len(source)] = len(origin)
    origin.append(len(source))
    quotes = tuple((place[a], place[b]) for a, b in _quoted(source))
    return Prepared(source, "".join(pieces), tuple(origin), quotes)


def fold(text: str) -> str:
    """Return `text` as the lexer would see it."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


class _Folding(dict[int, str]):
    """Folds one character after the other, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = fold_char(chr(code))
        if len(self) < 8192:
            self[code] = folded
        return folded


_FOLDING = _Folding()


@lru_cache(maxsize=8192)
def fold_char(char: str) -> str:
    """Return the folded form of one character: usually one character, sometimes none or more."""
    if char.isascii():
        return char.lower()
    if char in _IGNORED:
        return ""
    char = char.translate(_FOLDED)
    if char in _KEPT:
        return char.lower()
    plain = unicodedata.normalize("NFKC", char).lower().translate(_FOLDED)
    if plain == "ß":
        return "ss"
    parts = unicodedata.normalize("NFD", plain)
    if len(parts) > 1 and plain not in _KEPT and "a" <= parts[0] <= "z":
        return "".join(c for c in parts if not unicodedata.combining(c))
    return plain


def _without_markup(text: str) -> str:
    if ">" in text:
        text = _QUOTED_LINES.sub("", text)
    if "<" in text:
        text = _REPLY.sub(" ", text)
        if "</at>" in text.lower():
            text = _MENTION.sub(_mention, text)
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    return text


def _mention(match: re.Match[str]) -> str:
    name = match[1].strip()
    if not match.string[: match.start()].strip() or _BOT.search(name):
        return " "
    return f"{MENTION_OPEN}{name}{MENTION_CLOSE}"


def _quoted(source: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of quoted texts; a single quote counts only at the edge of a word."""
    spans: list[tuple[int, int]] = []
    position = 0
    length = len(source)
    missing: set[str] = set()
    while position < length:
        char = source[position]
        closers = _QUOTES.get(char)
        if closers is None or char in missing:
            position += 1
            continue
        single = char in _SINGLE
        if single and position and source[position - 1].isalnum():
            position += 1
            continue
        end = _closing(source, position + 1, closers, single=single)
        if end < 0:
            missing.add(char)
            position += 1
            continue
        spans.append((position, end + 1))
        position = end + 1
    return tuple(spans)


def _closing(source: str, start: int, closers: str, *, single: bool) -> int:
    ends = []
    for closer in closers:
        place = source.find(closer, start)
        while single and 0 <= place < len(source) - 1 and source[place + 1].isalnum():
            place = source.find(closer, place + 1)
        if place >= 0:
            ends.append(place)
    return min(ends, default=-1)
