"""One trace for each command: from the activity through the inbox to Graph and the reply.

The trace id is the correlation id of the logs, also where nobody collects traces. Spans are made
where a tracer was set (bot/observability/otel.py, with the extra `otel`). Names and attributes of
spans are ours: never a text, a name, a token or a person's id.
Source of the carried form: W3C Trace Context, `traceparent` version 00.
"""

from __future__ import annotations

import logging
import random
import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from bot.observability import metrics

logger = logging.getLogger(__name__)

_random = random.Random()  # noqa: S311  # ids that need not be secret, without asking the system
Attribute = str | int | float | bool

_TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}")


class Tracer(Protocol):
    """Makes spans: the current one, of which those made within it are children."""

    def span(
        self, name: str, parent: str | None, attributes: dict[str, Attribute]
    ) -> AbstractContextManager[Noting]:
        """Return a span; its parent is the current one, or that of a `traceparent`."""

    def carry(self) -> str | None:
        """Return the current span as a `traceparent`."""


class Noting(Protocol):
    """A span under way."""

    def note(self, name: str, value: Attribute) -> None:
        """Add an attribute."""


class _Nothing:
    """A span where nobody collects."""

    def __enter__(self) -> _Nothing:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def note(self, name: str, value: Attribute) -> None:
        """Forget an attribute."""


_NOTHING = _Nothing()
_tracer: Tracer | None = None
_trace: ContextVar[str | None] = ContextVar("trace", default=None)  # a traceparent


def set_tracer(tracer: Tracer | None) -> None:
    """Let spans be made by `tracer`, or by nobody."""
    global _tracer  # one of a process, like the root logger
    _tracer = tracer


def correlation() -> str | None:
    """Return the id that everything belonging to the current activity or timer shares."""
    carried = carry()
    return None if carried is None else carried[3:35]


def carry() -> str | None:
    """Return the current context as a `traceparent`, to be resumed elsewhere."""
    return (_tracer.carry() if _tracer is not None else None) or _trace.get()


def span(name: str, **attributes: Attribute) -> AbstractContextManager[Noting]:
    """Return a span within the current one."""
    return _NOTHING if _tracer is None else _tracer.span(name, None, attributes)


@contextmanager
def begin(name: str, carried: str | None = None, **attributes: Attribute) -> Iterator[Noting]:
    """Begin a trace, or go on with the one that was `carried` here.

    What is carried may come from a database row of an older version, or from a stranger: what is
    no traceparent begins a trace.
    """
    known = carried is not None and _TRACEPARENT.fullmatch(carried) is not None
    parent = carried if known and carried else _new()
    before = _trace.set(parent)
    try:
        if _tracer is None:
            yield _NOTHING
        else:
            with _tracer.span(name, parent if known else None, attributes) as made:
                yield made
    finally:
        _trace.reset(before)


def _new() -> str:
    number = _random.getrandbits(192)
    return f"00-{number >> 64:032x}-{number & 0xFFFFFFFFFFFFFFFF:016x}-01"


@dataclass(slots=True)
class Turn:
    """A turn under way: how it ends, and the ids under which Graph knows its requests."""

    kind: str
    outcome: str = "failed"
    graph_requests: list[str] = field(default_factory=list)


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def turn(kind: str, carried: str | None = None) -> Iterator[Turn]:
    """Measure, trace and log a turn; it has failed until its outcome says otherwise.

    `kind` is message, press or timer; `outcome` done, sign-in, failed, gave-up or stale.
    """
    began = time.perf_counter()
    this = Turn(kind)
    with begin(f"turn {kind}", carried) as made:
        before = _turn.set(this)
        try:
            yield this
        finally:
            _turn.reset(before)
            seconds = time.perf_counter() - began
            made.note("outcome", this.outcome)
            metrics.TURNS.add(kind, this.outcome)
            metrics.TURN_SECONDS.observe(seconds, kind)
            logger.info(
                "Turn of a %s: %s in %.0f ms",
                kind,
                this.outcome,
                seconds * 1000,
                extra={
                    "action": f"turn.{kind}",
                    "outcome": this.outcome,
                    "ms": round(seconds * 1000, 1),
                    "graph_requests": this.graph_requests,
                },
            )


def note_graph_request(request_id: str) -> None:
    """Remember for the log of the turn under which id Graph knows a request."""
    this = _turn.get()
    if this is not None:
        this.graph_requests.append(request_id)
