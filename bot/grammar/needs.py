"""What a sentence pattern cannot do without: a cheap look before a regular expression is tried.

Most of the patterns of a language have nothing to do with a sentence. A pattern that needs one of
a few strings, none of which is there, cannot match, so it is neither compiled nor tried. Compiling
them all takes a tenth of a second a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<open>\((?:\?(?::|P<\w+>))?)|(?P<close>\))|(?P<or>\|)"
    r"|(?P<some>[*?]\??|\{0?,\d*\})|(?P<more>\+\??|\{\d+(?:,\d*)?\})"
    r"|(?P<any>\[(?:\\.|[^\]])*\]|\\.|[.^$])|(?P<text>[^()|*+?\[\]\\{}.^$]+)|(?P<odd>.)"
)
_RARE = "\u3000"  # from here on one character tells as much as a word: Chinese, and our marks
_MOST = 40  # strings: more are no cheap look any more
Needs = tuple[str, ...]  # one of these must be there; empty = anything may match


def needs_of(pattern: str) -> Needs:
    """Return strings of which one stands in whatever `pattern` matches, or nothing."""
    return _either(_PIECE.finditer(pattern))[1]


# How much a look for some strings tells, and the strings: long ones and few of them are best.
_Look = tuple[float, Needs]
_NONE: _Look = (0.0, ())


def _either(pieces: Iterator[re.Match[str]]) -> _Look:
    """Return what alternatives need, up to the bracket that closes them."""
    found: list[_Look] = []
    best = last = _NONE  # `last` is the newest piece: a quantifier may make it optional
    for piece in pieces:
        kind = piece.lastgroup
        if kind == "some":
            last = _without_end(piece, last)
            continue
        if kind == "more":
            continue
        if last > best:
            best = last
        last = _NONE
        if kind == "text":
            last = _look(piece[0])
        elif kind == "open":
            last = _either(pieces)
        elif kind == "look":
            _either(pieces)
        elif kind == "close":
            break
        elif kind == "or":
            found.append(best)
            best = _NONE
    found.append(max(best, last))
    if len(found) == 1:
        return found[0]
    needs = tuple(dict.fromkeys([text for _, each in found for text in each]))
    if not all(each for _, each in found) or len(needs) > _MOST:
        return _NONE
    return min(found)[0] - len(needs) / _MOST, needs


def _look(text: str) -> _Look:
    stripped = text.strip()
    if not stripped:
        return _NONE
    return (float(len(stripped)) if max(text) < _RARE else max(4.0, len(stripped))), (text,)


def _without_end(quantifier: re.Match[str], last: _Look) -> _Look:
    """Return what is still needed where the last character or the last group may be missing."""
    needs = last[1]
    if quantifier.string[quantifier.start() - 1] == ")" or len(needs) != 1:
        return _NONE
    return _look(needs[0][:-1]) if len(needs[0]) > 1 else _NONE
