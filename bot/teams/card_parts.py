"""The elements that our cards are made of: Adaptive Cards 1.5, semantic colours only.

Whatever is shown here has been escaped before. Source: adaptivecards.io explorer; Teams shows
1.5 and no later version to bots' cards.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Element = dict[str, Any]

# A picture for each availability: shape and colour, for those who do not see one of them.
_PICTURES = {
    "Available": ("✓", "Good"),
    "AvailableIdle": ("✓", "Good"),
    "Busy": ("●", "Attention"),
    "BusyIdle": ("●", "Attention"),
    "DoNotDisturb": ("⊖", "Attention"),
    "BeRightBack": ("◔", "Warning"),
    "Away": ("◔", "Warning"),
    "Offline": ("○", "Default"),
}


def text(words: str, **style: Any) -> Element:
    """Return a text block that wraps: nothing is cut off on a narrow screen."""
    return {"type": "TextBlock", "text": words, "wrap": True, **style}


def title(words: str, shows: str | None) -> Element:
    """Return the title line, with the picture of an availability where it `shows` one."""
    block = text(words, size="Medium", weight="Bolder", style="heading")
    if shows is None:
        return block
    mark, colour = _PICTURES.get(shows, ("○", "Default"))
    picture = text(mark, size="Medium", weight="Bolder", color=colour)
    return {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "width": "auto", "items": [picture]},
            {"type": "Column", "width": "stretch", "spacing": "Small", "items": [block]},
        ],
    }


def facts(rows: Sequence[tuple[str, str]]) -> Element:
    """Return labelled values, one below the other."""
    return {
        "type": "FactSet",
        "facts": [{"title": label, "value": value} for label, value in rows],
    }


def quotation(words: str) -> Element:
    """Return a status message as others read it, set apart from what the bot says."""
    return {
        "type": "Container",
        "style": "emphasis",
        "spacing": "Small",
        "items": [text(words)],
    }


def note(words: str) -> Element:
    """Return a sentence that is there for those who look."""
    return text(words, size="Small", isSubtle=True, spacing="Small")


def item(label: str, lines: Sequence[str], buttons: Sequence[Element]) -> Element:
    """Return an entry of a list, with its own buttons below it."""
    items = [text(label, weight="Bolder"), *(text(line, spacing="None") for line in lines)]
    if buttons:
        items.append({"type": "ActionSet", "spacing": "Small", "actions": list(buttons)})
    return {"type": "Container", "spacing": "Small", "separator": True, "items": items}


def example(words: str) -> Element:
    """Return one thing that can be said."""
    return text(words, spacing="None")


def choice(name: str, label: str, value: str, choices: Sequence[tuple[str, str]]) -> Element:
    """Return a list of (value, words) to choose one from."""
    return {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": label,
        "value": value,
        "choices": [{"title": words, "value": one} for one, words in choices],
    }


def clock(name: str, label: str, value: str) -> Element:
    """Return a time of day to fill in, "HH:MM"."""
    return {"type": "Input.Time", "id": name, "label": label, "value": value}


def day(name: str, label: str, value: str) -> Element:
    """Return a day to fill in, "YYYY-MM-DD"; it may be empty."""
    shown = {"value": value} if value else {}
    return {"type": "Input.Date", "id": name, "label": label, **shown}


def switch(name: str, label: str, value: str) -> Element:
    """Return something to turn on and off: "true" or "false"."""
    return {"type": "Input.Toggle", "id": name, "title": label, "value": value}


def button(label: str, verb: str, data: dict[str, Any]) -> Element:
    """Return a button: Action.Execute, and Action.Submit for clients that know only that."""
    return {
        "type": "Action.Execute",
        "title": label,
        "verb": verb,
        "data": data,
        "fallback": {"type": "Action.Submit", "title": label, "data": data},
    }


def link(label: str, url: str) -> Element:
    """Return a button that opens a page."""
    return {"type": "Action.OpenUrl", "title": label, "url": url}
