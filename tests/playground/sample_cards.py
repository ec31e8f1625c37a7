"""Cards for looking at: what a result looks like, and every element that the page knows."""

from __future__ import annotations

from typing import Any

_DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="


def _text(text: str, **style: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text, "wrap": True, **style}


def _execute(title: str, verb: str, **more: Any) -> dict[str, Any]:
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": {}, **more}


RESULT: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {
            "type": "ColumnSet",
            "columns": [
                {"width": "auto", "items": [_text("●", size="Medium", color="Attention")]},
                {
                    "width": "stretch",
                    "spacing": "Small",
                    "items": [
                        _text("Busy until 12:30", size="Medium", weight="Bolder", style="heading")
                    ],
                },
            ],
        },
        {"type": "Container", "style": "emphasis", "items": [_text("I'm in a meeting")]},
        {
            "type": "FactSet",
            "facts": [
                {"title": "Until", "value": "Tuesday, 10 March, 12:30 (Berlin)"},
                {"title": "Colleagues see", "value": "Busy"},
            ],
        },
        _text("The message ends with the status.", size="Small", isSubtle=True, spacing="Small"),
    ],
    "actions": [
        _execute("+30 min", "replace"),
        _execute("Until end of day", "say"),
        _execute("Clear", "no"),
        _execute("Undo", "say"),
    ],
}

EVERYTHING: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        _text(r"**Bold**, _italic_, \*\*escaped\*\*, [no](http://link)", id="marks"),
        _text("<img src=x onerror=alert(1)>"),
        _text("Hidden at first", id="secret", isVisible=False),
        {"type": "RichTextBlock", "inlines": ["Rich ", {"type": "TextRun", "text": "text"}]},
        {"type": "Image", "url": _DOT, "altText": "A dot", "size": "Small"},
        {"type": "Image", "url": "https://elsewhere.example/x.png", "altText": "Foreign"},
        {
            "type": "Input.Text",
            "id": "message",
            "label": "Status message",
            "isRequired": True,
            "errorMessage": "Say what people should read.",
        },
        {
            "type": "Input.ChoiceSet",
            "id": "presence",
            "label": "Presence",
            "value": "Busy",
            "choices": [
                {"title": "Busy", "value": "Busy"},
                {"title": "Away", "value": "Away"},
            ],
        },
        {
            "type": "Input.ChoiceSet",
            "id": "days",
            "label": "Days",
            "isMultiSelect": True,
            "value": "mo,we",
            "choices": [
                {"title": day, "value": day.lower()[:2]} for day in ("Monday", "Wednesday")
            ],
        },
        {"type": "Input.Toggle", "id": "pin", "title": "Show when people message me"},
        {"type": "Input.Date", "id": "day", "label": "Day", "value": "2026-03-10"},
        {"type": "Input.Time", "id": "time", "label": "Time", "value": "12:30"},
        {"type": "Media", "sources": []},
        {
            "type": "ActionSet",
            "actions": [
                {
                    "type": "Action.ToggleVisibility",
                    "title": "Show more",
                    "targetElements": ["secret"],
                },
                {"type": "Action.OpenUrl", "title": "Read", "url": "javascript:alert(1)"},
            ],
        },
    ],
    "actions": [
        {"type": "Action.Submit", "title": "Save", "data": {"verb": "save"}},
        {
            "type": "Action.ShowCard",
            "title": "More",
            "card": {
                "type": "AdaptiveCard",
                "body": [{"type": "Input.Text", "id": "reason", "label": "Reason"}],
                "actions": [
                    {"type": "Action.Submit", "title": "Send all", "data": {"verb": "all"}}
                ],
            },
        },
        {"type": "Action.Teleport", "title": "Beam"},
    ],
}

SAMPLES: dict[str, Any] = {"result": RESULT, "everything": EVERYTHING, "broken": {"body": 5}}
