"""Cuts the message out of a command: quoted, marked, in brackets, or an occupation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.grammar.sentence import Sentence, is_time, tidy
from bot.grammar.tokens import Token

# What may stand beside a status without meaning anything of its own.
GLUE = frozenset(
    {"set", "me", "status", "glue", "to", "at", "in", "on", "the", "a", "and", "of", "for",
     "comma", "colon", "stop", "bang", "dash", "hyphen", "with", "about", "now", "from",
     "starting", "occupation_lead", "noise", "blank", "say", "say_message", "message", "pin",
     "expire", "open", "close", "ooo", "this", "by", "slashmark", "the_hour", "another", "more",
     "from_now", "back_post"}
)  # fmt: skip
_LEADING = frozenset({"colon", "dash", "comma", "to", "glue", "hyphen", "stop"})
_INTRODUCING = _LEADING | {"say", "message", "say_message", "pin"}
_BOUNDARIES = frozenset({"comma", "and", "dash", "stop", "pin", "close", "set"})
BEFORE_FREE_WORDS = frozenset(
    {
        "with",
        "about",
        "on",
        "at",
        "in",
        "and",
        "of",
        "occupation_lead",
        "re",
        "to",
        "from",
        "through",
    }
)


@dataclass(slots=True)
class Cut:
    """A command without its message: what is left, and the words of the message.

    `inside` are the tokens of the message; `marked` is false where an occupation gave the message.
    """

    rest: list[Token]
    message: str | None = None
    pinned: bool = False
    marked: bool = False
    inside: Sequence[Token] = field(default=())


def structural(tokens: Sequence[Token]) -> bool:
    """Return whether tokens hold no free words."""
    return all(
        t.kind in GLUE or t.kind in {"presence", "occupation", "back"} or is_time(t)
        for t in tokens
    )


def says_something(tokens: Sequence[Token]) -> bool:
    """Return whether tokens hold a status, a time or a wish to pin."""
    return any(t.kind in {"presence", "pin", "occupation"} or is_time(t) for t in tokens)


def has_time(tokens: Sequence[Token]) -> bool:
    """Return whether tokens hold a time other than now."""
    return any(is_time(t) and not (t.kind == "point" and t.value.how == "now") for t in tokens)


def cut_message(sentence: Sentence) -> Cut:
    """Return the command without its message."""
    tokens = list(sentence.tokens)
    pinned = any(t.kind == "pin" for t in tokens)
    quotes = [t for t in tokens if t.kind == "quote"]
    if quotes:
        rest = [t for t in tokens if t.kind != "quote"]
        text = str(quotes[0].value)
        return Cut(rest, text, pinned, marked=True)
    for index, token in enumerate(tokens):
        start = _after_marker(tokens, index)
        if start is None:
            continue
        if token.kind == "open":
            return _bracketed(sentence, tokens, index, pinned)
        cut = _marked(sentence, tokens, index, start, pinned)
        if cut is not None:
            return cut
    return Cut(tokens, None, pinned)


def _after_marker(tokens: list[Token], index: int) -> int | None:
    """Return where the message starts if the token at `index` introduces one."""
    token = tokens[index]
    start = index + 1
    if token.kind == "open":
        return start
    if token.kind in {"colon", "dash"}:
        before = tokens[:index]
        if not any(t.kind in {"presence", "occupation", "status"} for t in before):
            return None
        if token.kind == "dash" and negative(token, tokens[start:]):
            return None
        if token.kind == "colon" and _fields(tokens[start:]):
            return None
        return start if structural(before) else None
    if token.kind == "pin":
        return start if start < len(tokens) and tokens[start].kind == "colon" else None
    if token.kind in {"message", "say", "say_message"}:
        while start < len(tokens) and tokens[start].kind in _INTRODUCING:
            start += 1
            if tokens[start - 1].kind == "colon":
                break
        return start if start < len(tokens) else None
    return None


def _fields(tokens: list[Token]) -> bool:
    """Return whether a status stands behind a colon: "status: busy, message: audit, for 1h"."""
    if tokens and tokens[0].kind == "back" and not any(t.kind == "presence" for t in tokens):
        return False  # "status: back from vacation on Monday"
    if structural(tokens) and says_something(tokens):
        return True
    mark = next((i for i, t in enumerate(tokens) if t.kind in {"message", "say"}), 0)
    return bool(mark) and structural(tokens[:mark]) and speaks(tokens[:mark])


def negative(dash: Token, after: Sequence[Token]) -> bool:
    """Return whether a dash stands right before a length: "for -5 minutes"."""
    return bool(after) and after[0].kind in {"dur", "lasting"} and after[0].start == dash.end


def _marked(
    sentence: Sentence, tokens: list[Token], index: int, start: int, pinned: bool
) -> Cut | None:
    prepositions = sentence.lexicon.option("message_prepositions", ())
    while (
        start < len(tokens)
        and tokens[start - 1].kind != "colon"
        and (tokens[start].kind in _LEADING or tokens[start].text in prepositions)
    ):
        start += 1
        if tokens[start - 1].text in prepositions:
            break
    if start >= len(tokens):
        return None
    head, tail = tokens[:index], tokens[start:]
    behind: list[Token] = []
    timed = has_time(head)
    settled = any(t.kind in {"presence", "occupation"} for t in head)
    for place, token in enumerate(tail):
        if token.kind not in _BOUNDARIES or place == 0:
            continue
        if token.kind == "set" and tail[place - 1].kind not in {"and", "comma", "stop"}:
            continue  # "auf" sets a status, and stands in many a message
        after = tail[place + 1 :] if token.kind != "pin" else tail[place:]
        if token.kind == "set":
            after = tail[place:]
        if not after or not structural(after) or not says_something(after):
            continue
        if any(t.kind in {"back", "back_post"} for t in after) or (settled and speaks(after)):
            continue
        if timed and has_time(after):
            continue
        if token.kind == "and" and not any(t.kind in {"set", "pin", "expire"} for t in after):
            continue
        tail, behind = tail[:place], after
        break
    if not timed and not behind and len(tail) > 1 and _ends_status(sentence, tail[-1]):
        behind = [tail.pop()]
    while tail and tail[-1].kind in {"comma", "and", "expire", "colon", "dash"}:
        behind.append(tail.pop())
    if not tail:
        return None
    if not settled and not any(
        t.kind in {"message", "say", "say_message", "status", "pin"} for t in tokens[:start]
    ):
        return None
    text = tidy(sentence.prepared.said(tokens[start - 1].end, tail[-1].end))
    return Cut([*head, tokens[index], *behind], text, pinned, marked=True, inside=tail)


def _ends_status(sentence: Sentence, token: Token) -> bool:
    """Return whether a time at the end of a message is the status's: "gone fishing until 5".

    "for the rest of the day" is; "I reply by tomorrow" is what the person wants said.
    """
    if token.kind not in {"lasting", "ending", "soon", "allday"}:
        return False
    node = sentence.lexicon.root.follow.get(token.text.split()[0])
    first = node.entry[0] if node is not None and node.entry is not None else ""
    return first == "for" if token.kind == "allday" else first != "by"


def speaks(tokens: Sequence[Token]) -> bool:
    """Return whether tokens hold a status."""
    return any(t.kind in {"presence", "occupation"} for t in tokens)


def _bracketed(sentence: Sentence, tokens: list[Token], index: int, pinned: bool) -> Cut:
    end = next((i for i in range(index, len(tokens)) if tokens[i].kind == "close"), len(tokens))
    inside = tokens[index + 1 : end]
    rest = [*tokens[:index], *tokens[end + 1 :]]
    if not inside or (structural(inside) and says_something(inside) and not speaks(inside)):
        return Cut([t for t in tokens if t.kind not in {"open", "close"}], None, pinned)
    text = sentence.prepared.said(inside[0].start, inside[-1].end).strip()
    return Cut(rest, text, pinned, marked=True, inside=inside)


def occupation_message(sentence: Sentence, cut: Cut) -> Cut:
    """Return the cut with an occupation, and the words that belong to it, as its message."""
    tokens = cut.rest
    first = next((i for i, t in enumerate(tokens) if t.kind == "occupation"), None)
    if first is None:
        return cut
    start, end = first, first + 1
    places = {
        "occupation_lead",
        "in",
        "at",
        "on",
        "a",
        "the",
        *sentence.lexicon.option("place_kinds", ()),
    }
    while start and (tokens[start - 1].kind in places or _is_article(tokens[start - 1])):
        start -= 1
    start = _with_before(sentence, tokens, start)
    while end < len(tokens):
        token = tokens[end]
        if token.kind in {"occupation", "occupation_lead"} or (
            token.kind in {"and", "hyphen"}
            and end + 1 < len(tokens)
            and tokens[end + 1].kind in {"occupation", "occupation_lead"}
        ):
            end += 1
            continue
        break
    if (
        end < len(tokens)
        and tokens[end].kind in BEFORE_FREE_WORDS
        and not structural(tokens[end:])
    ):
        while end < len(tokens) and not (
            is_time(tokens[end])
            or tokens[end].kind in {"comma", "dash", "stop", "open"}
            or [t.kind for t in tokens[end:]] == ["for", "num"]
        ):
            end += 1
        while tokens[end - 1].kind in {"and", "comma"}:
            end -= 1
    taken = tokens[start:end]
    if any(t.kind == "ask" for t in taken[first - start + 1 :]):
        return cut  # "the interview with Bob was great"
    behind = _with_behind(sentence, tokens, end)
    if behind is not None and cut.message is None:
        words = sentence.said(tokens[behind], tokens[-1])
        text = f"{sentence.said(taken[0], taken[-1])} {words}"
        rest = [*tokens[:start], tokens[first], *tokens[end:behind]]
        return Cut(rest, text, cut.pinned, marked=False, inside=taken)
    last = taken[-1]
    back = _back_behind(tokens, end)
    if back is not None:
        last = back
    text = sentence.said(taken[0], last)
    rest = [*tokens[:start], taken[first - start], *tokens[end:]]
    if cut.message is not None:
        return Cut(rest, cut.message, cut.pinned, marked=True, inside=cut.inside)
    if not any(c.isalnum() for c in text):
        return Cut(rest, None, cut.pinned)  # an emoji alone is decoration, no message
    return Cut(rest, text, cut.pinned, marked=False, inside=taken)


def _with_before(sentence: Sentence, tokens: list[Token], start: int) -> int:
    """Return where "with the client" starts before an occupation: 跟客户开会."""
    marks = sentence.lexicon.option("with_before", ())
    for place in range(start - 1, -1, -1):
        token = tokens[place]
        if token.text in marks:
            return place if place + 1 < start else start
        if token.kind not in {"word", "a", "of", "the", "me", "glue", "other_person"}:
            break
    return start


def _with_behind(sentence: Sentence, tokens: list[Token], start: int) -> int | None:
    """Return where "with the client" starts behind the times: "in a meeting until 3 with ..."."""
    for place in range(start, len(tokens)):
        token = tokens[place]
        companion = token.kind == "from" and token.text in sentence.lexicon.option(
            "with_behind", ()
        )
        if (token.kind == "with" or companion) and place > start:
            words = tokens[place + 1 :]
            plain = words and not structural(words) and not any(map(is_time, words))
            return place if plain else None
        if not is_time(token):
            return None
    return None


def _is_article(token: Token) -> bool:
    """Return whether a number is an article too: "una reunión"."""
    return token.kind == "num" and token.value == 1 and not token.text.isdigit()


def _back_behind(tokens: list[Token], start: int) -> Token | None:
    """Return the last token of ", back at 2" right after an occupation."""
    index = start
    while index < len(tokens) and tokens[index].kind in {"comma", "and", "dash", "glue", "stop"}:
        index += 1
    if index >= len(tokens):
        return None
    if (
        is_time(tokens[index])
        and index + 1 < len(tokens)
        and tokens[index + 1].kind == "back_post"
    ):
        return tokens[index + 1]
    if tokens[index].kind != "back":
        return None
    end = index + 1
    while end < len(tokens) and (is_time(tokens[end]) or tokens[end].kind in {"at", "in", "num"}):
        end += 1
    return tokens[end - 1] if end > index + 1 else None
