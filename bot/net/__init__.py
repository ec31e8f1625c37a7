"""Outbound HTTP for every part: one pool, bounded waits, retries only where they do no harm."""

from bot.net.client import Net
from bot.net.values import (
    CircuitOpen,
    NetError,
    NotSent,
    Pace,
    Paced,
    Repeat,
    Request,
    Response,
    Unanswered,
)

__all__ = [
    "CircuitOpen",
    "Net",
    "NetError",
    "NotSent",
    "Pace",
    "Paced",
    "Repeat",
    "Request",
    "Response",
    "Unanswered",
]
