"""The pages of a sign-in: who are you, do you agree, is it you. Plain HTML forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from aiohttp import web

from bot.playground.people import Resident

_STYLE = "/playground/page/entra.css"  # of the playground's page; without it they are plain
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none';"
    " form-action 'self' http://127.0.0.1:* http://localhost:*"
)


def choose(people: Iterable[Resident]) -> web.Response:
    """Ask who signs in."""
    buttons = "".join(_button("oid", one.oid, f"{one.name} ({one.mail})") for one in people)
    return _page("Sign in", "Who are you?", buttons, {})


def consent(person: Resident, scopes: Iterable[str], known: Mapping[str, str]) -> web.Response:
    """Ask whether the person agrees."""
    wanted = "".join(f"<li>{escape(scope)}</li>" for scope in scopes)
    buttons = _button("consent", "yes", "Accept") + _button("consent", "no", "Cancel")
    return _page(
        "Permissions requested",
        f"Presence Bot asks {escape(person.name)} for:</p><ul>{wanted}</ul><p>",
        buttons,
        known,
    )


def second_factor(person: Resident, known: Mapping[str, str]) -> web.Response:
    """Ask for the second factor."""
    buttons = _button("mfa", "yes", "Approve") + _button("mfa", "no", "Deny")
    return _page(
        "Approve sign-in request",
        f"{escape(person.name)}, is it you who signs in?",
        buttons,
        known,
    )


def wrong(sentence: str) -> web.Response:
    """Say that this cannot be a sign-in."""
    return _page("Sorry, but we’re having trouble signing you in", escape(sentence), "", {}, 400)


def _button(name: str, value: str, label: str) -> str:
    return (
        f'<p><button type="submit" name="{name}" value="{escape(value)}">'
        f"{escape(label)}</button></p>"
    )


def _page(
    title: str, text: str, buttons: str, known: Mapping[str, str], status: int = 200
) -> web.Response:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in known.items()
    )
    html = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{_STYLE}"></head>'
        '<body><main><p class="whose">Stand-in for Microsoft Entra</p>'
        f"<h1>{title}</h1><p>{text}</p>"
        f'<form method="post">{hidden}{buttons}</form></main></body></html>'
    )
    return web.Response(
        text=html,
        status=status,
        content_type="text/html",
        headers={
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "no-store",
            # Not no-referrer: browsers then send "Origin: null" with the form.
            "Referrer-Policy": "same-origin",
        },
    )
