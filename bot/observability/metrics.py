"""Counters and histograms, and their text for Prometheus. Every instrument of the bot is here.

An instrument is named once in a process, as a logger is. Labels hold words from a short list:
never a person, a tenant, a conversation, or anything that somebody wrote.
Source of the text: "Exposition formats", Prometheus documentation, version 0.0.4.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Protocol

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "presence_bot_"

# Seconds. A turn is some milliseconds of ours and three trips to Graph; a timer waits for a sweep.
_ANSWER = (0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 15.0)
_TURN = (0.01, 0.03, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_CALL = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LATE = (0.05, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0, 60.0, 600.0)


class Instrument(Protocol):
    """Something that can be read."""

    name: str
    about: str
    kind: str

    def lines(self) -> Iterator[str]:
        """Return its samples as Prometheus reads them."""


class Counter:
    """Counts events by the values of its labels."""

    kind = "counter"

    def __init__(self, name: str, about: str, labels: Sequence[str]) -> None:
        self.name, self.about = PREFIX + name, about
        self.labels = tuple(labels)
        self._counts: dict[tuple[str, ...], int] = {}

    def add(self, *values: str) -> None:
        """Count one event."""
        self._counts[values] = self._counts.get(values, 0) + 1

    def counts(self) -> Mapping[tuple[str, ...], int]:
        """Return how many there were, by the values of the labels."""
        return dict(self._counts)

    def lines(self) -> Iterator[str]:
        """Return its samples as Prometheus reads them."""
        for values, count in sorted(self._counts.items()):
            yield f"{self.name}{_braces(zip(self.labels, values, strict=True))} {count}"


class Histogram:
    """Sorts seconds into buckets by the values of its labels; tells `also`, where that is set."""

    kind = "histogram"

    def __init__(
        self, name: str, about: str, labels: Sequence[str], buckets: Sequence[float]
    ) -> None:
        self.name, self.about = PREFIX + name, about
        self.labels = tuple(labels)
        self._bounds = tuple(buckets)
        self._seen: dict[tuple[str, ...], list[float]] = {}
        self.also: Callable[[float, tuple[str, ...]], None] | None = None

    def observe(self, seconds: float, *values: str) -> None:
        """Note one length."""
        seen = self._seen.get(values)
        if seen is None:
            # One bucket more than bounds, for what is longer than all; then the sum.
            seen = self._seen[values] = [0] * (len(self._bounds) + 1) + [0.0]
        seen[bisect_left(self._bounds, seconds)] += 1
        seen[-1] += seconds
        if self.also is not None:
            self.also(seconds, values)

    def lines(self) -> Iterator[str]:
        """Return its samples as Prometheus reads them."""
        for values, seen in sorted(self._seen.items()):
            labels = list(zip(self.labels, values, strict=True))
            *counts, total = seen
            bounds = [*map(str, self._bounds), "+Inf"]
            for bound, count in zip(bounds, accumulate(counts), strict=True):
                yield f"{self.name}_bucket{_braces([*labels, ('le', bound)])} {int(count)}"
            yield f"{self.name}_sum{_braces(labels)} {total:.6f}"
            yield f"{self.name}_count{_braces(labels)} {int(sum(counts))}"


class Gauge:
    """One value at the time of reading."""

    kind = "gauge"

    def __init__(self, name: str, about: str, value: float, *, kind: str = "gauge") -> None:
        self.name, self.about, self.kind = name, about, kind
        self._value = value

    def lines(self) -> Iterator[str]:
        """Return its sample as Prometheus reads it."""
        yield f"{self.name} {self._value:.6g}"


def _braces(labels: Iterable[tuple[str, str]]) -> str:
    inner = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{inner}}}" if inner else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def text(instruments: Iterable[Instrument]) -> str:
    """Return what the instruments hold, for Prometheus."""
    lines: list[str] = []
    for one in instruments:
        lines += [f"# HELP {one.name} {one.about}", f"# TYPE {one.name} {one.kind}", *one.lines()]
    return "\n".join([*lines, ""])


REQUESTS = Counter("requests_total", "Answers to POST /api/messages, by HTTP status.", ["status"])
ANSWERS = Histogram(
    "answer_seconds",
    "From POST /api/messages to its answer (message, invoke, other, refused, failed).",
    ["kind"],
    _ANSWER,
)
TURNS = Counter(
    "turns_total",
    "Turns by kind (message, press, timer) and outcome (done, sign-in, failed, gave-up).",
    ["kind", "outcome"],
)
TURN_SECONDS = Histogram(
    "turn_seconds",
    "From taking a turn up to the end of its commit and its reply, by kind.",
    ["kind"],
    _TURN,
)
GRAPH_CALLS = Counter(
    "graph_calls_total",
    "Calls to Microsoft Graph by action and outcome (HTTP status, or why there was none).",
    ["action", "outcome"],
)
GRAPH_SECONDS = Histogram(
    "graph_seconds", "Length of a call to Microsoft Graph, by action.", ["action"], _CALL
)
CONNECTOR_CALLS = Counter(
    "connector_calls_total",
    "Calls to the Bot Framework connector by outcome (HTTP status, or why there was none).",
    ["outcome"],
)
TIMERS_FIRED = Counter(
    "timers_fired_total", "Timers fired, by outcome (done, failed).", ["outcome"]
)
TIMER_LATENESS = Histogram(
    "timer_lateness_seconds", "From the instant a timer was due to its firing.", [], _LATE
)

INSTRUMENTS: tuple[Instrument, ...] = (
    REQUESTS,
    ANSWERS,
    TURNS,
    TURN_SECONDS,
    GRAPH_CALLS,
    GRAPH_SECONDS,
    CONNECTOR_CALLS,
    TIMERS_FIRED,
    TIMER_LATENESS,
)
