"""Tells everybody who listens what just happened in the playground."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Event = tuple[str, Mapping[str, Any]]

_BACKLOG = 1_000  # a listener that is this far behind has gone away; it reloads to catch up


class Hub:
    """Hands every published event to every listener, in order."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event | None]] = set()

    def publish(self, kind: str, data: Mapping[str, Any]) -> None:
        """Tell all listeners; `data` is JSON."""
        for listener in list(self._listeners):
            if listener.qsize() >= _BACKLOG:
                self._listeners.discard(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait((kind, data))

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event | None]]:
        """Give a queue of events; none in it means that there will be no more."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """Tell all listeners that there will be no more."""
        for listener in self._listeners:
            listener.put_nowait(None)
        self._listeners.clear()
