"""Logs: a sentence for people, fields for machines, and never a token or anybody's words."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from bot.observability.tracing import correlation

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _JsonLines(logging.Formatter):
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
        return json.dumps(entry, ensure_ascii=False, default=str)


def set_up_logging(level: str, style: str) -> None:
    """Send logs to standard error: `level` as in logging, `style` "text" or "json"."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _JsonLines()
        if style == "json"
        else logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in (
        "httpx",
        "httpcore",
        "msal",
        "urllib3",
        "aiohttp.access",
        "alembic",
        "dbos",
        "tzlocal",
    ):
        logging.getLogger(chatty).setLevel(logging.WARNING)
