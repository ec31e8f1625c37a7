"""Taking a status or a message away: a verb and what it is about, in any order."""

from __future__ import annotations

from bot.domain.commands import ClearAll, ClearMessage, ClearStatus
from bot.domain.plan_commands import Cancel, Target
from bot.domain.presence import Availability
from bot.domain.reply import Phrase
from bot.grammar.rules.messages import GLUE
from bot.grammar.sentence import Hit, Made, Sentence, is_time
from bot.grammar.tokens import Token

# Verbs that ask for something also in a question; "no longer busy?" does not.
_ASKED_FOR = frozenset({"clear", "stop"})
_ALSO = GLUE | {"clear", "everything", "presence", "occupation", "back_now", "back", "plus"}


def clearing(sentence: Sentence) -> Made:
    """Return what the sentence clears."""
    tokens = [_as_message(t, sentence) for t in _before_keep(list(sentence.tokens))]
    if len(tokens) > 1 and tokens[0].kind == "end":
        tokens[0] = Token("clear", "end", tokens[0].text, tokens[0].start, tokens[0].end)
    said = [t for t in tokens if t.kind != "question"]
    if len(said) > 1 and said[0].kind == "clear" and said[0].value in _ASKED_FOR:
        tokens = said  # "can you clear my status?"
    kinds = {t.kind for t in tokens}
    if any(t.kind == "question" for t in sentence.tokens) and not kinds & {"clear"}:
        return None
    if kinds <= {
        "back_now",
        "bang",
        "stop",
        "comma",
        "me",
        "glue",
        "at",
        "from",
        "occupation",
        "back",
        "point",
    } and ("back_now" in kinds or kinds - {"bang", "stop", "comma"} == {"back"}):
        timed = any(t.kind == "point" and t.value.how != "now" for t in tokens)
        return None if timed else ClearStatus()
    if {"set", "status", "back"} <= kinds <= GLUE | {"back"}:
        return ClearStatus()
    if "clear" not in kinds:
        return None
    if "neg" in kinds:
        return Phrase("problem-negated")
    if kinds & {"other", "mention"}:
        return Phrase("problem-other-person")
    if any(t.kind not in _ALSO and not _now(t) for t in tokens) or "say" in kinds:
        return None
    if any(is_time(t) and not _now(t) for t in tokens):
        return None
    named = [t for t in tokens if t.kind == "occupation"]
    about_message, about_status = "message" in kinds, bool(kinds & {"status", "presence"})
    if named and not about_message and not about_status:
        return cancelled(sentence, named[0], named[-1])
    about_status = about_status or bool(named)
    if "everything" in kinds and not about_message and not about_status:
        return ClearAll()
    if about_message and about_status:
        return ClearAll()
    if about_message:
        return ClearMessage()
    if about_status:
        return ClearStatus()
    if (
        len(sentence.tokens) <= 2
        and "me" not in kinds
        and tokens[0].text in sentence.lexicon.option("bare_clear", ())
    ):
        return ClearStatus()
    return None


def cancelled(sentence: Sentence, first: Token, last: Token) -> Made:
    """Return what a verb and a name are about: "cancel lunch" is a plan, "end lunch" a status.

    What stops ("stop lunch") is the status where one of that name runs.
    """
    name = sentence.said(first, last)
    verbs = {t.value for t in sentence.tokens if t.kind == "clear"}
    running = sentence.running
    if "end" in verbs or any(t.kind == "end" for t in sentence.tokens):
        return ClearStatus()
    if "stop" in verbs and running and running.is_called(name, Availability(first.value)):
        return ClearStatus()
    return Cancel(target=Target.SCHEDULE, ref=name)


def clear_status(hit: Hit) -> Made:
    """Give the status up, in an idiom."""
    return ClearStatus()


def clear_message(hit: Hit) -> Made:
    """Remove the message, in an idiom."""
    return ClearMessage()


def clear_all(hit: Hit) -> Made:
    """Clear both, in an idiom."""
    return ClearAll()


def _as_message(token: Token, sentence: Sentence) -> Token:
    """Read "and message" as the message itself: nothing is said here."""
    if token.kind != "say":
        return token
    last = sentence.lexicon.root.follow.get(token.text.split()[-1])
    if last is None or last.entry is None or last.entry[0] != "message":
        return token
    return Token("message", "message", token.text, token.start, token.end)


def _now(token: Token) -> bool:
    return token.kind == "point" and token.value.how == "now"


def _before_keep(tokens: list[Token]) -> list[Token]:
    """Return the tokens before "but keep me busy"."""
    for index, token in enumerate(tokens):
        if token.kind == "keep" and index:
            return tokens[:index]
    return tokens
