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
_MOST_DESCRIBING = 3  # words
_BEFORE_FREE_WORDS = frozenset(
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


def _has_time(tokens: Sequence[Token]) -> bool:
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
    if structural(tokens) and says_something(tokens):
        return True
    mark = next((i for i, t in enumerate(tokens) if t.kind in {"message", "say"}), 0)
    return bool(mark) and structural(tokens[:mark]) and _speaks(tokens[:mark])


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
    timed = _has_time(head)
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
        if any(t.kind in {"back", "back_post"} for t in after) or (settled and _speaks(after)):
            continue
        if timed and _has_time(after):
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


def _speaks(tokens: Sequence[Token]) -> bool:
    return any(t.kind in {"presence", "occupation"} for t in tokens)


def _bracketed(sentence: Sentence, tokens: list[Token], index: int, pinned: bool) -> Cut:
    end = next((i for i in range(index, len(tokens)) if tokens[i].kind == "close"), len(tokens))
    inside = tokens[index + 1 : end]
    rest = [*tokens[:index], *tokens[end + 1 :]]
    if not inside or (structural(inside) and says_something(inside) and not _speaks(inside)):
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
        and tokens[end].kind in _BEFORE_FREE_WORDS
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


def free_words(sentence: Sentence, cut: Cut) -> Cut | None:
    """Return the cut with free words beside a complete status as its message, or none.

    "busy until 3, client workshop": the words stand apart, and the rest is a status with an end.
    """
    tokens = cut.rest
    if cut.message is not None and cut.marked:
        return None
    working = _working(sentence, cut)
    if working is not None:
        return working
    company = _company(sentence, cut) or _described(sentence, cut)
    if company is not None:
        return company
    breaks = [i for i, t in enumerate(tokens) if t.kind in {"comma", "dash"}]
    for place in breaks:
        head, tail = tokens[:place], tokens[place + 1 :]
        bare = bool(head) and structural(head) and _speaks(head)
        if tail and bare and _plain(tail) and (_has_time(head) or not _has_time(tail)):
            return Cut(
                head, sentence.said(tail[0], tail[-1]), cut.pinned, marked=True, inside=tail
            )
    return None


def _working(sentence: Sentence, cut: Cut) -> Cut | None:
    """Read "busy writing the report until 5": a verb form right after the availability.

    A verb that is an occupation needs none: "interviewing a candidate for an hour".
    """
    tokens = cut.rest
    ending = sentence.lexicon.option("gerund")
    place = next((i + 1 for i, t in enumerate(tokens) if t.kind == "presence"), None)
    occupied = next((i for i, t in enumerate(tokens) if t.kind == "occupation"), len(tokens))
    if place is None:
        place = occupied
    if not ending or place >= len(tokens) or not tokens[place].text.split()[0].endswith(ending):
        return None
    if tokens[place].kind not in {"word", "occupation"}:
        return None
    end = next((i for i in range(place, len(tokens)) if is_time(tokens[i])), len(tokens))
    head, tail = [*tokens[:place], *tokens[end:]], tokens[place:end]
    if not tail or not structural(head) or not _has_time(head) or not _plain(tail):
        return None
    text = sentence.said(tail[0], tail[-1])
    kept = [tokens[place]] if place == occupied and not _speaks(head) else []
    return Cut([*tokens[:place], *kept, *tokens[end:]], text, cut.pinned, marked=True, inside=tail)


def _company(sentence: Sentence, cut: Cut) -> Cut | None:
    """Read "busy until 5 with the auditors": whom or what somebody is busy with."""
    tokens = cut.rest
    place = next((i for i, t in enumerate(tokens) if t.kind == "with"), 0)
    if not place:
        return None
    end = next((i for i in range(place, len(tokens)) if is_time(tokens[i])), len(tokens))
    head, tail = [*tokens[:place], *tokens[end:]], tokens[place:end]
    if not (structural(head) and _speaks(head) and _has_time(head)):
        return None
    if not _plain(tail) or any(is_time(t) for t in tail):
        return None
    text = sentence.said(tail[0], tail[-1])
    return Cut(head, text, cut.pinned, marked=True, inside=tail)


def _described(sentence: Sentence, cut: Cut) -> Cut | None:
    """Read "quarterly review meeting until 4": words in front of what somebody is busy with."""
    tokens = cut.rest
    place = next((i for i, t in enumerate(tokens) if t.kind == "occupation"), 0)
    head, tail = tokens[:place], tokens[place + 1 :]
    if not 0 < place <= _MOST_DESCRIBING or any(t.kind != "word" for t in head):
        return None
    noun = tokens[place]
    opening = sentence.lexicon.root.follow.get(noun.text.split()[0])
    prepositional = (
        opening is not None and opening.entry and opening.entry[0] in _BEFORE_FREE_WORDS
    )
    if noun.value != "Busy" or prepositional:
        return None
    if [t.kind for t in tail] not in (["ending"], ["lasting"]):
        return None
    text = sentence.said(head[0], noun)
    return Cut([noun, *tail], text, cut.pinned, marked=True, inside=[*head, noun])


def _plain(tokens: list[Token]) -> bool:
    words = [t for t in tokens if t.kind == "word"]
    if not words or len(tokens) > 15:
        return False
    return not any(
        t.kind in {"neg", "question", "ask", "presence", "set", "clear", "other", "mention"}
        for t in tokens
    )
