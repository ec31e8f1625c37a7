"""Logs: a sentence for people, fields for machines, and never a token or anybody's words.

What we log is written so. What others raise is not: a library's exception may hold what somebody
said, so only its kind and its place are told. What looks like a token is blotted out.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

from bot.observability.tracing import correlation

# What they say below a warning holds addresses, and is theirs to know.
CHATTY = (
    "httpx",
    "httpcore",
    "msal",
    "urllib3",
    "aiohttp.access",
    "alembic",
    "dbos",
    "tzlocal",
)
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


# JWTs, and Entra's refresh tokens and codes.
_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*|\b[01]\.A[\w-]{20,}", re.ASCII)


def what_happened(error: BaseException | None) -> str:
    """Return where an exception, and those behind it, came from; in words only our own."""
    told: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        kind = type(error)
        ours = kind.__module__.startswith("bot.")
        frames = "".join(traceback.format_tb(error.__traceback__))
        told.append(f"{frames}{kind.__qualname__}{f': {error}' if ours else ''}")
        if isinstance(error, BaseExceptionGroup):
            told += [what_happened(one) for one in error.exceptions]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nbecause of\n".join(told)


class _Discreet(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept its own there
        return _TOKEN.sub("[token]", super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the base class names it
        return what_happened(ei[1])


class _JsonLines(_Discreet):
    """One JSON object a line: nothing that is logged can break out of it."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **({"correlation": found} if (found := correlation()) else {}),
            **{name: value for name, value in vars(record).items() if name not in _OWN},
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return _TOKEN.sub("[token]", json.dumps(entry, ensure_ascii=False, default=str))


def formatter(style: str) -> logging.Formatter:
    """Return what writes a record: `style` is "text" or "json"."""
    if style == "json":
        return _JsonLines()
    return _Discreet("%(asctime)s %(levelname)-7s %(name)s: %(message)s")


def set_up_logging(level: str, style: str) -> None:
    """Send logs to standard error: `level` as in logging, `style` "text" or "json"."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(style))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
