"""What the stand-ins received, as they received it."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

from bot.playground.hub import Hub

_KEPT = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One request: which stand-in, when (ISO 8601, UTC), what, by whom, and the answer's status.

    `body` is the JSON value received, or its text where it was not JSON, or none.
    """

    service: str
    at: str
    method: str
    path: str
    body: Any
    status: int
    oid: str | None = None


class CallLog:
    """Keeps the newest calls and tells the hub about each, as an event of kind "call"."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._calls: deque[Call] = deque(maxlen=_KEPT)

    def add(self, call: Call) -> None:
        """Note one call."""
        self._calls.append(call)
        self._hub.publish("call", asdict(call))

    def recent(self) -> list[dict[str, Any]]:
        """Return the calls as JSON objects, oldest first."""
        return [asdict(call) for call in self._calls]
