"""A bot of a few lines that speaks the Bot Framework protocol: what the page is tried with."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from aiohttp import web

from tests.playground.sample_cards import SAMPLES

CARD = "application/vnd.microsoft.card.adaptive"


def card(title: str, *actions: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [{"type": "TextBlock", "text": title, "wrap": True, "weight": "bolder"}],
        "actions": list(actions),
    }


def execute(title: str, verb: str, **data: Any) -> dict[str, Any]:
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": data}


class EchoBot:
    """Answers texts by what they say, and presses by their verb; keeps what it received."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.status = 202
        self.hold = asyncio.Event()  # cleared: answers wait
        self.hold.set()

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/api/messages", self._messages)

    async def _messages(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.received.append(activity)
        await self.hold.wait()
        if self.status >= 400:
            return web.Response(status=self.status)
        if activity["type"] == "invoke":
            return self._answer(activity)
        if activity["type"] == "message":
            await self._reply(activity)
        return web.Response(status=self.status)

    def _answer(self, activity: dict[str, Any]) -> web.Response:
        match activity["value"]["action"]["verb"]:
            case "replace":
                value: Any = card("Replaced", execute("Again", "replace"))
                kind = CARD
            case "say":
                value, kind = "Done.", "application/vnd.microsoft.activity.message"
            case _:
                value = {"code": "Outdated", "message": "This card is outdated."}
                kind = "application/vnd.microsoft.error"
        status = 400 if kind.endswith("error") else 200
        return web.json_response({"statusCode": status, "type": kind, "value": value})

    async def _reply(self, activity: dict[str, Any]) -> None:
        text = activity.get("text")
        text = text and text.removeprefix("<at>Presence Bot</at> ")
        reply: dict[str, Any] = {"type": "message", "text": f"You said: {text}"}
        if text == "card":
            buttons = [execute("Replace", "replace"), execute("Say", "say"), execute("No", "no")]
            content = card("A card", *buttons)
            reply = {"type": "message", "attachments": [{"contentType": CARD, "content": content}]}
        elif text in SAMPLES:
            content = SAMPLES[text]
            reply = {"type": "message", "attachments": [{"contentType": CARD, "content": content}]}
        elif text is None:
            reply = {"type": "message", "text": f"You chose: {activity['value']}"}
        elif text == "hints":
            action = {"type": "imBack", "title": "Busy for an hour", "value": "busy 1h"}
            reply["suggestedActions"] = {"actions": [action]}
        await self.post(activity, {"type": "typing"})
        await self.post(activity, reply)

    async def post(self, to: dict[str, Any], reply: dict[str, Any]) -> dict[str, Any]:
        url = (
            f"{to['serviceUrl']}v3/conversations/{to['conversation']['id']}/activities/{to['id']}"
        )
        async with aiohttp.ClientSession() as session, session.post(url, json=reply) as response:
            answer: dict[str, Any] = await response.json()
            return answer
