"""Everything that can go wrong with a port, as the use cases tell it apart.

PresenceBotError
├── ConfigurationError            at start: every missing or wrong setting
├── SignInRefused                 what somebody signed in with is not theirs, or not for us
└── GatewayError                  Microsoft Graph did not do it
    ├── SignInRequired            no token, or none that is still good
    ├── ConsentMissing            the token lacks a permission
    ├── NotAllowedForOthers       a delegated token cannot write somebody else's presence
    ├── Throttled                 too many requests; `retry_after` says when again
    ├── NotOffered                this cloud, or this kind of permission, has no such call
    ├── Rejected                  the request was wrong: a bug of ours
    ├── Unavailable               nothing was done; later may work
    └── UnknownOutcome            the request may or may not have been carried out
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta


class PresenceBotError(Exception):
    """Something that the bot knows how to explain."""


class ConfigurationError(PresenceBotError):
    """The settings do not fit; `problems` lists all of them, a sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class SignInRefused(PresenceBotError):
    """What somebody signed in with is not theirs, or not for us; the text is for the log."""


class GatewayError(PresenceBotError):
    """Microsoft Graph did not carry a request out. `request_id` is Graph's, for its support."""

    def __init__(self, detail: str = "", *, request_id: str | None = None) -> None:
        super().__init__(detail)
        self.request_id = request_id


class SignInRequired(GatewayError):
    """There is no token for this person: they must sign in.

    `claims` is a challenge of Graph; `colleagues` is whether looking at others is what needs it.
    """

    def __init__(
        self,
        detail: str = "",
        *,
        request_id: str | None = None,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> None:
        super().__init__(detail, request_id=request_id)
        self.claims = claims
        self.colleagues = colleagues


class ConsentMissing(GatewayError):
    """The token lacks a permission: the person or an administrator must consent."""


class NotAllowedForOthers(GatewayError):
    """A delegated token can write only its owner's presence."""


class NotOffered(GatewayError):
    """The call is missing in this cloud, or for this kind of permission."""


class Throttled(GatewayError):
    """Graph asks for fewer requests; nothing was done; `retry_after` is elapsed time."""

    def __init__(
        self, detail: str = "", *, request_id: str | None = None, retry_after: timedelta
    ) -> None:
        super().__init__(detail, request_id=request_id)
        self.retry_after = retry_after


class Rejected(GatewayError):
    """Graph calls the request wrong: a bug of ours. The service's own text is in the message."""


class Unavailable(GatewayError):
    """Graph does not answer, or answers that it cannot; nothing was done."""


class UnknownOutcome(GatewayError):
    """The request was sent and its answer was lost: read back before writing again."""


def worth_another_try(error: GatewayError, attempts: int, *, most: int) -> bool:
    """Return whether what is due should be tried again, after `attempts` earlier failures.

    After `most` of them its person is told; the engine would give up after 10, and not know why.
    Whoever must sign in first is asked to, and what is due waits for them.
    """
    passes = isinstance(error, Throttled | Unavailable | UnknownOutcome)
    return isinstance(error, SignInRequired) or (passes and attempts < most)
