"""Free words beside a complete status, which become its message without a mark.

"busy until 3, client workshop", "busy writing the report until 5", "sprint review until 4".
"""

from __future__ import annotations

from bot.grammar.rules.messages import BEFORE_FREE_WORDS, Cut, has_time, speaks, structural
from bot.grammar.sentence import Sentence, is_time
from bot.grammar.tokens import Token

_MOST_DESCRIBING = 3  # words
_ENDS = frozenset({"ending", "lasting", "dur", "soon"})


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
        bare = bool(head) and structural(head) and speaks(head)
        if tail and bare and _plain(tail) and (has_time(head) or not has_time(tail)):
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
    if any(t.kind == "presence" and t.value == "Available" for t in tokens):
        return None  # "free shipping until Friday"
    if place is None:
        place = occupied
    elif ending:  # "busy for an hour writing the report": behind the times
        while place < len(tokens) - 1 and is_time(tokens[place]):
            place += 1
    if not ending or place >= len(tokens):
        return None
    if not tokens[place].text.partition(" ")[0].endswith(ending):  # a new line is a token, too
        return None
    if tokens[place].kind not in {"word", "occupation"}:
        return None
    end = next((i for i in range(place, len(tokens)) if is_time(tokens[i])), len(tokens))
    head, tail = [*tokens[:place], *tokens[end:]], tokens[place:end]
    if not tail or not structural(head) or not has_time(head) or not _plain(tail):
        return None
    text = sentence.said(tail[0], tail[-1])
    alone = place == occupied and not speaks(head)
    if alone and not any(t.kind in _ENDS for t in head):
        return None  # "the meeting ended at 3"
    kept = [tokens[place]] if alone else []
    return Cut([*tokens[:place], *kept, *tokens[end:]], text, cut.pinned, marked=True, inside=tail)


def _company(sentence: Sentence, cut: Cut) -> Cut | None:
    """Read "busy until 5 with the auditors": whom or what somebody is busy with."""
    tokens = cut.rest
    place = next((i for i, t in enumerate(tokens) if t.kind == "with"), 0)
    if not place:
        return None
    end = next((i for i in range(place, len(tokens)) if is_time(tokens[i])), len(tokens))
    head, tail = [*tokens[:place], *tokens[end:]], tokens[place:end]
    if not (structural(head) and speaks(head) and has_time(head)):
        return None
    if not _plain(tail) or any(is_time(t) for t in tail):
        return None
    text = sentence.said(tail[0], tail[-1])
    return Cut(head, text, cut.pinned, marked=True, inside=tail)


def _described(sentence: Sentence, cut: Cut) -> Cut | None:
    """Read "quarterly review meeting until 4": words in front of what somebody is busy with."""
    if not sentence.lexicon.option("noun_groups"):
        return None  # "Маша на совещании до трёх" speaks of Маша
    tokens = cut.rest
    place = next((i for i, t in enumerate(tokens) if t.kind == "occupation"), 0)
    head, tail = tokens[:place], tokens[place + 1 :]
    if not 0 < place <= _MOST_DESCRIBING or any(t.kind != "word" for t in head):
        return None
    if head[0].text in sentence.lexicon.option("first_names", ()):
        return None  # "Anna meeting until 4" speaks of Anna
    noun = tokens[place]
    opening = sentence.lexicon.root.follow.get(noun.text.split()[0])
    prepositional = opening is not None and opening.entry and opening.entry[0] in BEFORE_FREE_WORDS
    if noun.value != "Busy" or prepositional:
        return None
    if [t.kind for t in tail] not in (["ending"], ["lasting"]):
        return None
    text = sentence.said(head[0], cut.inside[-1] if cut.inside else noun)
    return Cut([noun, *tail], text, cut.pinned, marked=True, inside=[*head, noun])


def _plain(tokens: list[Token]) -> bool:
    words = [t for t in tokens if t.kind == "word"]
    if not words or len(tokens) > 15:
        return False
    return not any(
        t.kind in {"neg", "question", "ask", "presence", "set", "clear", "other", "mention"}
        for t in tokens
    )
