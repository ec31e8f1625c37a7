"""What an answer of Graph means for us: fine, or one error of the service's tree. No I/O."""

from __future__ import annotations

from datetime import timedelta

from bot.graph import answers
from bot.net import Response
from bot.service.errors import (
    ConsentMissing,
    GatewayError,
    NotAllowedForOthers,
    NotOffered,
    Rejected,
    SignInRequired,
    Throttled,
    Unavailable,
)

# Without a Retry-After the person is asked to come back after this.
USUAL_PAUSE = timedelta(seconds=30)

# A gateway gave up, or the service failed half way: a write may have been carried out.
UNCLEAR_STATUS = frozenset({408, 500, 502, 504})


def request_id(response: Response) -> str | None:
    """Return Graph's id of a request, which its support asks for."""
    return response.headers.get("request-id")


def about_another_user(response: Response) -> bool:
    """Return whether Graph refuses a write because the presence is somebody else's.

    It says so with 401, which is otherwise the sign of an old token: a new one does not help.
    """
    return response.status in (401, 403) and (
        "presence of another user" in answers.problem(response.body).message.lower()
    )


# How a cloud without a call answers it.
_NO_SUCH_CALL = frozenset({404, 405})
_NO_SUCH_PATH = "resource not found for the segment"  # of every call, with 400 or 404


def refusal(response: Response, *, everywhere: bool = True) -> GatewayError:
    """Return the error that an answer other than 2xx stands for. The status decides first.

    `everywhere` is false for a call that some clouds do not have.
    The service's text is only for people to read: it may be empty.
    """
    problem = answers.problem(response.body)
    detail = f"{response.status} {problem.code}: {problem.message}".rstrip(": ")
    graph_id = request_id(response)
    match response.status:
        case 401 | 403 if about_another_user(response):
            return NotAllowedForOthers(detail, request_id=graph_id)
        case 401:
            challenge = answers.claims(response.headers.get("www-authenticate"))
            return SignInRequired(detail, request_id=graph_id, claims=challenge)
        case 403:
            return ConsentMissing(detail, request_id=graph_id)
        case 429:
            pause = response.retry_after
            return Throttled(
                detail,
                request_id=graph_id,
                retry_after=USUAL_PAUSE if pause is None else timedelta(seconds=pause),
            )
        case 501:
            return NotOffered(detail, request_id=graph_id)
        case status if status in _NO_SUCH_CALL and not everywhere:
            return NotOffered(detail, request_id=graph_id)
        case 400 | 404 if problem.message.lower().startswith(_NO_SUCH_PATH):
            return NotOffered(detail, request_id=graph_id)
        case status if 400 <= status < 500 and status not in UNCLEAR_STATUS:
            return Rejected(detail, request_id=graph_id)
        case _:
            return Unavailable(detail, request_id=graph_id)
