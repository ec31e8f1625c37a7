"""Requests, responses and failures of outbound HTTP as values.

NetError
├── NotSent             nothing reached the service
│   ├── CircuitOpen     the host fails too often; nothing is sent for a while
│   └── Paced           our own limit for this key is used up
└── Unanswered          the request was sent; its answer, or a part of it, was lost
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Repeat(Enum):
    """Which failures of a request may be followed by the same request again."""

    ANY = "any"  # reads, and writes that the service recognises: a repeat never does harm
    NOTHING_DONE = "nothing done"  # only a refused connection, 412, 429 and 503


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """At most `limit` requests in any `seconds` among those that share `key`."""

    key: str
    limit: int
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request. A callable body is made anew for every attempt (it may depend on the time)."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Callable[[], bytes | None] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """One whole answer of any status. Header names are in lower case.

    `retry_after` is what the service asks for, in seconds, whatever the status.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    retry_after: float | None = None
    attempts: int = 1

    @property
    def ok(self) -> bool:
        """Return whether the status is 2xx."""
        return 200 <= self.status < 300


class NetError(Exception):
    """No whole answer was received."""


class NotSent(NetError):
    """Nothing reached the service: refused, unknown host, no TLS, or held back by ourselves."""


class CircuitOpen(NotSent):
    """The host fails too often; `retry_after` says in how many seconds it is tried again."""

    def __init__(self, host: str, retry_after: float) -> None:
        super().__init__(f"{host} fails too often")
        self.retry_after = retry_after


class Paced(NotSent):
    """The limit of `key` is used up for the next `retry_after` seconds."""

    def __init__(self, key: str, retry_after: float) -> None:
        super().__init__(f"{key} is at its limit")
        self.retry_after = retry_after


class Unanswered(NetError):
    """The request was sent and the answer was lost: it may or may not have been carried out.

    `status` is known where only the rest of the answer is missing.
    """

    def __init__(self, detail: str, *, status: int | None = None) -> None:
        super().__init__(detail)
        self.status = status
