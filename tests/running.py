"""The bot as a person starts it: a real process, spoken to over HTTP, and really killed."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bot.clock import Clock
from bot.playground.graph.service import PREFIX as GRAPH
from bot.playground.people import TENANT
from bot.playground.shelf import Shelf
from bot.playground.tokens import DELEGATED_SCOPES, PlaygroundTokens

ROOT = Path(__file__).parents[1]
_READY = re.compile(r"(http://\S+?)/ \(ready in ([0-9.]+) s")
_PATIENCE = 30.0  # seconds; a bound, not an expectation

ANNA = "00000001-7e57-4000-8000-000000000001"
ZONE = "Europe/Berlin"
BEN = "00000002-7e57-4000-8000-000000000002"


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Return an environment without settings of the machine's own, with a database in `folder`."""
    kept = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PORT": "0",
        "DATABASE_URL": f"sqlite:///{folder / 'playground.sqlite3'}",
        "LOG_LEVEL": "WARNING",
        "COMMANDS_A_MINUTE": "1000",  # tests are in a hurry; tests/scenario/test_limits.py is not
        **settings,
    }


class RunningBot:
    """A bot in a process of its own. `start` again after `kill` or `stop` keeps its data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._http = httpx.Client(timeout=_PATIENCE, trust_env=False)
        self.url = ""
        self.ready_in = 0.0

    def start(self, **settings: str) -> None:
        """Start the process, at the port it had before, and wait until it says it is ready."""
        if self.url:
            settings = {"PORT": self.url.rpartition(":")[2], **settings}
        with (self._folder / "stderr.txt").open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "app.py"],
                cwd=ROOT,
                env=environment(self._folder, **settings),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = _READY.search(line)
        assert found, f"not ready: {line!r} {self.errors()}"
        self.url, self.ready_in = found[1], float(found[2])

    def errors(self) -> str:
        """Return what the process has written to standard error."""
        return (self._folder / "stderr.txt").read_text(encoding="utf-8")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the process with a signal; return its exit code."""
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.send_signal(how)
        code = self._process.wait(_PATIENCE)
        self._process.stdout.close()
        self._process = None
        return code

    def kill(self) -> None:
        """End the process as a power cut does."""
        self.stop(signal.SIGKILL)

    def close(self) -> None:
        """End the process if it still runs."""
        if self._process is not None:
            self.kill()
        self._http.close()

    def get(self, path: str) -> Any:
        """Return the JSON that is at `path`."""
        response = self._http.get(self.url + path)
        response.raise_for_status()
        return response.json()

    def request(self, method: str, path: str, body: Any) -> httpx.Response:
        """Send JSON."""
        return self._http.request(method, self.url + path, json=body)

    def send(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the page does when somebody types or presses."""
        response = self.request("POST", "/playground/send", body)
        assert response.status_code == 200, response.text
        sent: dict[str, Any] = response.json()
        return sent

    def state(self, oid: str = ANNA) -> dict[str, Any]:
        """Return everything that the page of a person knows when it is loaded."""
        with self._http.stream("GET", f"{self.url}/playground/events?as={oid}") as stream:
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    state: dict[str, Any] = json.loads(line.removeprefix("data: "))
                    return state
        raise AssertionError("the stream ended before it told the state")

    def move_clock(self, **body: str) -> dict[str, Any]:
        """Move the playground's clock: by="PT5M", to="next" or to=ISO."""
        response = self.request("POST", "/playground/clock", body)
        assert response.status_code == 200, response.text
        moved: dict[str, Any] = response.json()
        return moved

    def now(self) -> datetime:
        """Return the playground's present."""
        return datetime.fromisoformat(self.state()["clock"]["now"])

    def graph_calls(self) -> list[dict[str, Any]]:
        """Return what the Graph stand-in received."""
        return [call for call in self.get("/playground/log") if call["service"] == "graph"]

    def answers(self, oid: str = ANNA, conversation: str | None = None) -> list[Card]:
        """Return what the bot has said, oldest first, as a person sees it: in their own chat."""
        return [
            Card(item=item)
            for chat in self.state(oid)["chats"]
            if chat["id"] == (conversation or f"a:{oid}")
            for item in chat["items"]
            if item["attachments"]
        ]

    def answers_but_hello(self, oid: str) -> list[Card]:
        """Return what a person was answered, without their greeting, which may come late."""
        return [
            card
            for card in self.answers(oid)
            if [one.get("verb") for one in card.content.get("actions", ())] != ["ShowSettings"]
        ]

    def say(self, text: str, oid: str = ANNA) -> Card:
        """Say something to the bot and return its answer."""
        self.send({"as": oid, "contact": True, "zone": ZONE})
        # The sixth newcomer within a minute is greeted beside the answer, not before.
        before = len(self.answers_but_hello(oid))
        sent = self.send({"as": oid, "text": text, "zone": ZONE})
        assert sent["status"] == 202, sent
        answers = eventually(lambda: self.answers_but_hello(oid)[before:])
        card: Card = answers[0]
        return card

    def press(self, card: Card, title: str, oid: str = ANNA) -> Card:
        """Press a button of a card and return what stands in its place then."""
        sent = self.send(card.press(title, oid))
        assert sent["status"] == 200, sent
        return next(answer for answer in self.answers(oid) if answer.id == card.id)

    def by_hand(self, oid: str, availability: str) -> None:
        """Change a person's preferred presence beside the bot, as Teams' own menu does."""
        response = self._http.post(
            f"{self.url}{GRAPH}/me/presence/setUserPreferredPresence",
            json={"availability": availability, "activity": availability},
            headers={"Authorization": f"Bearer {asyncio.run(self._token(oid))}"},
        )
        assert response.status_code == 200, response.text

    async def _token(self, oid: str) -> str:
        shelf = Shelf(self._folder / "stand-ins.sqlite3")
        ahead = max(self.now() - datetime.now(UTC), timedelta(0))
        tokens = PlaygroundTokens(Clock(ahead), shelf)
        await tokens.load()
        await shelf.close()
        return tokens.issue(oid, TENANT, DELEGATED_SCOPES)

    def presence(self, oid: str = ANNA, seen_by: str = BEN) -> dict[str, Any]:
        """Return a person's presence as somebody sees it."""
        presence: dict[str, Any] = self.get(f"/playground/people/{oid}?as={seen_by}")["presence"]
        return presence


@dataclass(frozen=True, kw_only=True)
class Card:
    """One message of the bot, and the card in it."""

    item: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.item["id"])

    @property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = self.item["attachments"][0]["content"]
        return content

    @property
    def title(self) -> str:
        return str(self.content["fallbackText"])

    @property
    def text(self) -> str:
        """Return all words on the card, without the escapes of Markdown."""
        return re.sub(r"\\(.)", r"\1", "\n".join(_words(self.content["body"])))

    def press(self, title: str, oid: str) -> dict[str, Any]:
        """Return what the page sends when somebody presses a button of this card."""
        action = self.button(title)
        pressed = {"type": "Action.Execute", "verb": action["verb"], "data": action["data"]}
        value = {"action": pressed, "trigger": "manual"}
        invoke = {"name": "adaptiveCard/action", "value": value}
        return {"as": oid, "zone": ZONE, "replyTo": self.id, "invoke": invoke}

    @property
    def buttons(self) -> list[str]:
        return [action["title"] for action in self.content.get("actions", [])]

    def button(self, title: str) -> dict[str, Any]:
        found = [one for one in self.content.get("actions", []) if one["title"] == title]
        assert found, f"no button {title!r} among {self.buttons}"
        action: dict[str, Any] = found[0]
        return action


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, dict):
        for key in ("text", "title", "value"):
            if isinstance(value.get(key), str):
                yield value[key]
        for inner in value.values():
            if isinstance(inner, list | dict):
                yield from _words(inner)


@contextmanager
def running_bot(folder: Path) -> Iterator[RunningBot]:
    """Give a bot that is not started yet, and end it in the end."""
    bot = RunningBot(folder)
    try:
        yield bot
    finally:
        bot.close()


def eventually(look: Any, *, within: float = _PATIENCE) -> Any:
    """Return the first true result of `look`; fail when there is none for `within` seconds."""
    end = time.monotonic() + within
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
