"""Refusals in the form in which Entra's token endpoint gives them.

https://learn.microsoft.com/entra/identity-platform/reference-error-codes
"""

from __future__ import annotations

import uuid
from typing import Any


class Refusal(Exception):
    """The token endpoint says no: `error` as OAuth 2.0 names it, `code` as Entra numbers it."""

    def __init__(
        self,
        error: str,
        code: int,
        text: str,
        *,
        status: int = 400,
        suberror: str | None = None,
        claims: str | None = None,
    ) -> None:
        super().__init__(text)
        self.error, self.code, self.text, self.status = error, code, text, status
        self.suberror, self.claims = suberror, claims

    def body(self, at: str) -> dict[str, Any]:
        """Return the JSON answer; `at` is the present."""
        more = {"suberror": self.suberror, "claims": self.claims}
        return {
            "error": self.error,
            "error_description": f"AADSTS{self.code}: {self.text}",
            "error_codes": [self.code],
            "timestamp": at,
            "trace_id": str(uuid.uuid4()),
            "correlation_id": str(uuid.uuid4()),
            **{name: value for name, value in more.items() if value is not None},
        }


MFA_CLAIMS = '{"access_token":{"capolids":{"essential":true,"values":["7e57ab1e-mfa"]}}}'


def consent_required() -> Refusal:
    """Return the refusal where the person has not consented."""
    return Refusal(
        "invalid_grant",
        65001,
        "The user or administrator has not consented to use the application.",
        suberror="consent_required",
    )


def mfa_required() -> Refusal:
    """Return the refusal where multi-factor authentication is missing."""
    return Refusal(
        "interaction_required",
        50076,
        "Due to a configuration change made by your administrator, you must use multi-factor"
        " authentication to access this resource.",
        suberror="basic_action",
        claims=MFA_CLAIMS,
    )


def revoked() -> Refusal:
    """Return the refusal where the person's sessions were ended."""
    return Refusal(
        "invalid_grant",
        50173,
        "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
        suberror="bad_token",
    )


def disabled() -> Refusal:
    """Return the refusal where an administrator has blocked the person's account."""
    return Refusal("invalid_grant", 50057, "The user account is disabled.")


def bad_grant(text: str) -> Refusal:
    """Return the refusal of a code, a token or an assertion that does not count."""
    return Refusal("invalid_grant", 70008, text, suberror="bad_token")


def bad_client(text: str) -> Refusal:
    """Return the refusal of an application that cannot show who it is."""
    return Refusal("invalid_client", 7000215, text, status=401)
