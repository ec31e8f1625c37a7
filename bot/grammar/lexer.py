"""Turns a prepared utterance into tokens: numbers, clock forms, dates, and the lexicon's phrases.

One pass from left to right; at each place the longest phrase of the lexicon wins.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.grammar.lexicon import Lexicon, Node, split_word
from bot.grammar.normalise import MENTION_CLOSE, MENTION_OPEN, Prepared, fold
from bot.grammar.tokens import Token
from bot.grammar.typos import corrected

_SCAN = re.compile(
    r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))(?:t(?=\d))?"
    r"|(?P<dmy>\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\d]))"
    r"|(?P<clock>\d{1,2}:\s?\d{2}(?::\d{2})?(?!\d|:\d))"
    r"|(?P<numh>\d{1,2}\s?h\s?\d{2}(?![\da-z]|\s(?:m|min|mins|minut\w*)\b))"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?![\d/]))"
    r"|(?P<dots>\d{1,2}\.\d{1,2}\.(?!\d))"
    r"|(?P<dashes>\d{1,2}-\d{1,2}(?![\d:.h,]))"
    r"|(?P<decimal>\d+[.,]\d+)"
    r"|(?P<number>\d+)"
    r"|(?P<cjk>[零〇一二两三四五六七八九十百千]+)"
    r"|(?P<frac>[½¼¾⅓⅔])"
    r"|(?P<han>[\u3400-\u9fff])"
    r"|(?P<word>[^\W\d_\u3400-\u9fff]+(?:'[^\W\d_\u3400-\u9fff]+)*)"
    rf"|(?P<owner>(?<={MENTION_CLOSE})'s(?!\w))"
    rf"|(?P<mention>{MENTION_OPEN}[^{MENTION_CLOSE}]*{MENTION_CLOSE})"
    r"|(?P<space>\s+)|(?P<other>.)"
)
_HYPHENATED_DATE = re.compile(r"(?<!\d)\d{1,2}-(?P<month>[^\W\d_]{3,})-(?:\d{4}|\d{2})(?!\d)")
_PUNCTUATION = {
    ",": "comma", ";": "comma", ":": "colon", "-": "dash", "~": "dash", ".": "stop", "!": "bang",
    "?": "question", "(": "open", ")": "close", "[": "open", "]": "close", "+": "plus",
    "/": "slashmark", "|": "comma", "=": "colon", "&": "and", "@": "at_sign", "#": "hash",
    ">": "close", "<": "open", "*": "blank", "_": "blank", "·": "blank", "¿": "blank",
    "¡": "blank", "'": "blank", '"': "blank", "%": "percent", "\n": "comma",
}  # fmt: skip
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}


_SHORTENED = frozenset({"weekday", "month", "unit"})
_FIELDS = frozenset({"until", "for", "from", "starting"})
_LONGEST_ABBREVIATION = 4  # letters


class Unit:
    """A scanned piece that the trie walks over."""

    __slots__ = ("end", "group", "start", "text")

    def __init__(self, group: str, text: str, start: int, end: int) -> None:
        self.group = group
        self.text = text
        self.start = start
        self.end = end


def lex(prepared: Prepared, lexicon: Lexicon, *, typos: bool = False) -> list[Token]:
    """Return the tokens of an utterance; with `typos`, words near to known ones count as those."""
    units = _scan(prepared, lexicon)
    if typos:
        for unit in units:
            if unit.group == "word" and unit.text not in lexicon.root.follow:
                unit.text = corrected(unit.text, lexicon.vocabulary)
    meridiem = lexicon.option("meridiem", {})
    joint = "" if lexicon.option("spaceless") else " "
    tokens: list[Token] = []
    index = 0
    while index < len(units):
        unit = units[index]
        found = _longest(units, index, lexicon.root)
        if (
            unit.text in meridiem
            and tokens
            and _follows_number(tokens[-1], unit)
            and (found is None or found[1] == index + 1)
        ):
            tokens.append(Token("mer", meridiem[unit.text], unit.text, unit.start, unit.end))
            index += 1
            continue
        if found is not None and _numeral_is_longer(units, index, found[1]):
            found = None
        if found is not None:
            (kind, value), after = found
            text = " ".join([u.text for u in units[index:after] if u.group != "hyphen"])
            if kind == "occupation" and _ends_with(tokens):
                part = lexicon.option("until_parts", {}).get(text.replace(" ", joint))
                kind, value = ("part", part) if part else (kind, value)
            tokens.append(Token(kind, value, text, unit.start, units[after - 1].end))
            index = after
            continue
        if not _abbreviates(unit, tokens) and not _names_field(unit, tokens):
            index = _plain(units, index, lexicon, prepared, tokens)
        else:
            index += 1
    return tokens


def _abbreviates(unit: Unit, tokens: list[Token]) -> bool:
    """Return whether a full stop belongs to the short word before it: "Fri.", "Std."."""
    if unit.text != "." or not tokens or tokens[-1].end != unit.start:
        return False
    before = tokens[-1]
    return before.kind in _SHORTENED and len(before.text) <= _LONGEST_ABBREVIATION


def _ends_with(tokens: list[Token]) -> bool:
    """Return whether what comes next is when something ends: "until", "hasta el"."""
    before = tokens[-2:] if tokens and tokens[-1].kind == "the" else tokens[-1:]
    return bool(before) and before[0].kind == "until"


def _names_field(unit: Unit, tokens: list[Token]) -> bool:
    """Return whether a colon only sets off the name of a field: "until: 17:00", "for = 1h"."""
    return unit.text in {":", "="} and bool(tokens) and tokens[-1].kind in _FIELDS


def _follows_number(token: Token, unit: Unit) -> bool:
    return token.kind in {"num", "hhmm", "decimal"} and token.end == unit.start


def _scan(prepared: Prepared, lexicon: Lexicon) -> list[Unit]:
    folded = prepared.folded.translate(lexicon.folds) if lexicon.folds else prepared.folded
    folded = _HYPHENATED_DATE.sub(lambda date: _spaced(date, lexicon), folded)
    elisions = frozenset(lexicon.option("elisions", ()))
    quotes = dict(prepared.quotes)
    units: list[Unit] = []
    position = 0
    while position < len(folded):
        if position in quotes:
            end = quotes[position]
            units.append(Unit("quote", folded[position + 1 : end - 1], position, end))
            position = end
            continue
        match = _SCAN.match(folded, position)
        if match is None:
            position += 1
            continue
        group = match.lastgroup or "other"
        end = match.end()
        text = match[0]
        if group == "sep":
            group = "dmy"
        if group == "iso":
            text = match["iso"]
        if group == "cjk":
            units.extend(
                Unit("numeral", c, position + i, position + i + 1) for i, c in enumerate(text)
            )
        elif group == "word" and (cut := _compound(text, lexicon)):
            ending = fold(lexicon.option("compounds")[text[cut:]])
            units.append(Unit("word", text[:cut], position, position + cut))
            units.append(Unit("word", ending, position + cut, end))
        elif group == "word" and "'" in text:
            at = position
            pieces = split_word(text, elisions)
            for piece, following in zip(pieces, (*pieces[1:], ""), strict=True):
                width = len(piece) + (0 if "'s" in {piece, following} else 1)
                units.append(Unit("word", piece, at, min(at + width, end)))
                at += width
            units[-1].end = end
        elif group == "other" and text == "-" and _tight(folded, position):
            units.append(Unit("hyphen", "-", position, end))
        elif group == "other" and text == "~" and _roughly(folded, position):
            pass
        elif group != "space":
            units.append(Unit(group, text, position, end))
        elif "\n" in text and units and units[-1].group != "newline":
            units.append(Unit("newline", "\n", position, end))
        position = end
    return units


def _spaced(date: re.Match[str], lexicon: Lexicon) -> str:
    """Return "13-mar-2026" with spaces where it names a month, as it is elsewhere."""
    named = lexicon.root.follow.get(date["month"])
    month = named is not None and named.entry is not None and named.entry[0] == "month"
    return date[0].replace("-", " ") if month else date[0]


def _compound(word: str, lexicon: Lexicon) -> int:
    """Return where a word is two: "Freitagabend"; 0 where it is one, or known as it is."""
    for ending in lexicon.option("compounds", ()):
        if word.endswith(ending) and word not in lexicon.root.follow:
            first = lexicon.root.follow.get(word.removesuffix(ending))
            if first is not None and first.entry is not None and first.entry[0] == "weekday":
                return len(word) - len(ending)
    return 0


def _roughly(folded: str, place: int) -> bool:
    """Return whether a tilde says "about" what is behind it: "for ~30 min", not "2~4"."""
    before, after = folded[:place][-1:], folded[place + 1 : place + 2]
    return (not before or before.isspace()) and after.isdigit()


def _tight(folded: str, place: int) -> bool:
    return (
        0 < place < len(folded) - 1 and folded[place - 1].isalnum() and folded[place + 1].isalpha()
    )


def _longest(units: list[Unit], start: int, root: Node) -> tuple[tuple[str, Any], int] | None:
    node = root
    best: tuple[tuple[str, Any], int] | None = None
    index = start
    while index < len(units):
        unit = units[index]
        if unit.group == "quote":
            break
        following = node.follow.get(unit.text)
        if following is None:
            if unit.group == "hyphen" and index > start:
                index += 1
                continue
            break
        node = following
        index += 1
        if node.entry is not None:
            best = (node.entry, index)
    return best


def _numeral_is_longer(units: list[Unit], start: int, end: int) -> bool:
    if units[start].group != "numeral":
        return False
    run = start
    while (
        run < len(units)
        and units[run].group == "numeral"
        and (run == start or units[run].start == units[run - 1].end)
    ):
        run += 1
    return run > end


def _plain(
    units: list[Unit], index: int, lexicon: Lexicon, prepared: Prepared, tokens: list[Token]
) -> int:
    """Append the token of a unit that is no phrase of the lexicon; return the next index."""
    unit = units[index]
    text, start, end = unit.text, unit.start, unit.end
    kind = "word"
    value: Any = None
    match unit.group:
        case "number":
            after = _ordinal_suffix(units, index, lexicon)
            if after:
                tokens.append(Token("ord", int(text[:6]), text, start, units[after - 1].end))
                return after
            kind, value = "num", _whole(text)
        case "numeral":
            run = index
            while run < len(units) and units[run].group == "numeral":
                if run > index and units[run].start != units[run - 1].end:
                    break
                run += 1
            text = "".join(u.text for u in units[index:run])
            rough = is_rough(text) and not (tokens and tokens[-1].kind == "weekday")
            made = "word" if rough else "num"
            tokens.append(Token(made, read_numeral(text), text, start, units[run - 1].end))
            return run
        case "decimal":
            kind, value = "decimal", float(text.replace(",", "."))
        case "clock":
            parts = [int(p) for p in text.split(":")]
            kind, value = "hhmm", (*parts, *([None] * (3 - len(parts))))
        case "numh":
            hour, minute = text.split("h")
            kind, value = "numh", (int(hour), int(minute))
        case "slash":
            first, second = text.split("/")
            kind, value = "slash", (int(first), int(second))
        case "dots":
            first, second = text[:-1].split(".")
            kind, value = "dots", (int(first), int(second))
        case "dashes":
            first, second = text.split("-")
            middle = start + len(first)
            tokens.append(Token("num", int(first), first, start, middle))
            tokens.append(Token("dash", "-", "-", middle, middle + 1))
            tokens.append(Token("num", int(second), second, middle + 1, end))
            return index + 1
        case "iso":
            kind, value = "isodate", tuple(int(p) for p in re.split(r"[-/.]", text))
        case "dmy":
            kind, value = "dmy", tuple(int(p) for p in re.split(r"[-/.]", text))
        case "quote":
            said = prepared.said(start + 1, end - 1).strip()
            said = said.replace(MENTION_OPEN, "").replace(MENTION_CLOSE, "")
            kind, value = ("quote", said) if said else ("blank", None)
        case "mention":
            kind, value = "mention", prepared.said(start + 1, end - 1)
        case "hyphen":
            kind = "hyphen"
        case "newline":
            kind = "comma"
        case "frac":
            kind, value = "frac", _FRACTIONS[text]
        case "other":
            kind = _PUNCTUATION.get(text, "blank")
        case _:
            kind = "word"
    tokens.append(Token(kind, value, text, start, end))
    return index + 1


def _ordinal_suffix(units: list[Unit], index: int, lexicon: Lexicon) -> int:
    suffixes = lexicon.option("ordinal_suffixes", ())
    following = index + 1
    if following < len(units) and units[following].group == "hyphen":
        following += 1
    if following < len(units):
        unit = units[following]
        if unit.text in suffixes and unit.start <= units[index].end + 1:
            return following + 1 if unit.start == units[following - 1].end else 0
    return 0


def _whole(text: str) -> int:
    return int(text) if len(text) <= 12 else 10**12


def read_numeral(text: str) -> int:
    """Return the value of a Chinese numeral, positional ("二零二六") or with powers ("二十五")."""
    if not any(c in _POWERS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)[:12])
    total, digit = 0, 0
    for char in text:
        if char in _POWERS:
            total += (digit or 1) * _POWERS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def is_rough(text: str) -> bool:
    """Return whether a numeral names two neighbours: 两三 is "two or three", not 23."""
    if len(text) != 2 or any(c in _POWERS for c in text):
        return False
    first, second = (_DIGITS[c] for c in text)
    return first > 0 and second == first + 1


def as_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or none where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
