"""How the stand-in says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A request that is answered with an error: HTTP status, Graph's code and message."""

    def __init__(
        self, status: int, code: str, message: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def envelope(self, *, date: str, request_id: str, client_request_id: str) -> dict[str, Any]:
        """Return the JSON body; `date` is UTC without an offset, as Graph writes it."""
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "innerError": {
                    "date": date,
                    "request-id": request_id,
                    "client-request-id": client_request_id,
                },
            }
        }


def invalid(message: str) -> Refusal:
    """Return the refusal of a body that Graph does not take."""
    return Refusal(400, "InvalidArgument", message)
