"""A reply as an Adaptive Card: a pure function of reply, moment and phrase book."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.domain.commands import Command
from bot.domain.moment import Moment
from bot.domain.reply import Field, Input, Offer, Phrase, Reply
from bot.languages.phrasebook import Phrasebooks
from bot.teams import card_parts as parts
from bot.teams.escape import markdown, plain

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
MOST_BUTTONS = 6  # Teams hides what is beyond
LARGEST_CARD = 28_000  # bytes; Teams refuses messages above 28 KB

# A fact with this label is the status message itself and is shown as a quotation.
MESSAGE_LABEL = "fact-message"

_LONGEST_TEXT = 2_400  # characters of one element: a text of 1,000, all of it escaped, and ours
_LONGEST_LABEL = 80
_MOST_ROWS = 20
_MOST_ITEMS = 10  # each carries signed buttons

ButtonData = Callable[[Command], dict[str, Any]]


def _cut(words: str, longest: int) -> str:
    # A backslash that is cut from what it escapes would escape the next thing.
    return words if len(words) <= longest else words[: longest - 1].rstrip("\\") + "…"


def summary(reply: Reply, moment: Moment, books: Phrasebooks) -> str:
    """Return the reply's title as plain text: for notifications and clients without cards."""
    return _cut(books.text(reply.title, moment, escape=plain), _LONGEST_TEXT)


def card(
    reply: Reply,
    moment: Moment,
    books: Phrasebooks,
    *,
    data: ButtonData,
    viewer: str | None = None,
) -> dict[str, Any]:
    """Return the card that says `reply`, below 28 KB; `data` makes what its buttons carry.

    `viewer` is the Teams id of the person whom it is for: their client may refresh it.
    """

    def words(phrase: Phrase) -> str:
        return _cut(books.text(phrase, moment, escape=markdown), _LONGEST_TEXT)

    def unmarked(phrase: Phrase) -> str:
        """Return the words of what is no text block: there Markdown's marks would be seen."""
        return _cut(books.text(phrase, moment, escape=plain), _LONGEST_LABEL)

    body = [parts.title(words(reply.title), reply.shows)]
    rows = [
        (words(fact.label), words(fact.value))
        for fact in reply.facts
        if fact.label.key != MESSAGE_LABEL
    ]
    body += [
        parts.quotation(words(fact.value))
        for fact in reply.facts
        if fact.label.key == MESSAGE_LABEL
    ]
    if rows:
        body.append(parts.facts(rows[:_MOST_ROWS]))

    def button(offer: Offer) -> parts.Element:
        verb = type(offer.command).__name__
        return parts.button(unmarked(offer.label), verb, data(offer.command))

    body += [
        parts.item(
            words(item.label),
            [words(line) for line in item.lines],
            [button(offer) for offer in item.offers],
        )
        for item in reply.items[:_MOST_ITEMS]
    ]
    body += [_input(one, unmarked) for one in reply.inputs]
    body += [parts.note(words(phrase)) for phrase in reply.notes[:_MOST_ROWS]]
    if reply.examples:
        items = [parts.example(markdown(said)) for said in reply.examples[:_MOST_ROWS]]
        body.append({"type": "Container", "style": "emphasis", "items": items})
    made: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": books.for_locale(moment.locale).language,
        "fallbackText": summary(reply, moment, books),
        "body": body,
    }
    links = [parts.link(unmarked(one.label), one.url) for one in reply.links]
    buttons = [*links, *(button(offer) for offer in reply.offers)][:MOST_BUTTONS]
    if buttons:
        made["actions"] = buttons
    if reply.refresh is not None and viewer is not None:
        again = button(Offer(label=Phrase("offer-refresh"), command=reply.refresh))
        made["refresh"] = {"action": again, "userIds": [viewer]}
    return _fitting(made)


def _input(one: Input, words: Callable[[Phrase], str]) -> parts.Element:
    match one.kind:
        case Field.TIME:
            return parts.clock(one.id, words(one.label), one.value)
        case Field.DATE:
            return parts.day(one.id, words(one.label), one.value)
        case Field.SWITCH:
            return parts.switch(one.id, words(one.label), one.value)
        case Field.CHOICE:
            choices = [(choice.value, words(choice.label)) for choice in one.choices]
            return parts.choice(one.id, words(one.label), one.value, choices)


def _fitting(made: dict[str, Any]) -> dict[str, Any]:
    """Return the card without its last elements as far as it is too large for Teams."""
    while len(json.dumps(made, ensure_ascii=False).encode()) > LARGEST_CARD and made["body"][1:]:
        made = {**made, "body": made["body"][:-1]}
    return made
