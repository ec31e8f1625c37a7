"""What every request to the Graph stand-in goes through: ids, errors, the log, the token."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.clock import Clock
from bot.playground.calls import Call, CallLog
from bot.playground.faults import no_answer
from bot.playground.graph.errors import Refusal
from bot.playground.tokens import BadToken, Claims, PlaygroundTokens, challenge_header

CLAIMS = web.RequestKey("claims", Claims)

_ID = re.compile(r"[!-~]{1,128}")
_CODES = {
    404: "NotFound",
    405: "MethodNotAllowed",
    413: "RequestEntityTooLarge",
    429: "TooManyRequests",
    500: "InternalServerError",
    503: "ServiceUnavailable",
}


async def json_body(request: web.Request) -> Any:
    """Return the JSON value of a request, none where it has no body; raises Refusal (400)."""
    if not await request.read():
        return None
    if request.content_type != "application/json":
        raise Refusal(400, "BadRequest", "The Content-Type must be application/json.")
    try:
        return json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Refusal(400, "BadRequest", "The request payload is not valid JSON.") from None


def claims_of(authorization: str | None, tokens: PlaygroundTokens) -> Claims:
    """Return who calls; raises Refusal (401)."""
    try:
        return tokens.read(authorization)
    except BadToken as bad:
        header = {"WWW-Authenticate": challenge_header(bad.claims)}
        raise Refusal(401, "InvalidAuthenticationToken", str(bad), header) from None


def authentication(tokens: PlaygroundTokens) -> Middleware:
    """Return the middleware that lets nobody through without a token that counts."""

    @web.middleware
    async def authenticate(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[CLAIMS] = claims_of(request.headers.get("Authorization"), tokens)
        return await handler(request)

    return authenticate


def answering(clock: Clock, calls: CallLog, prefix: str) -> Middleware:
    """Return the outermost middleware: it gives ids, puts errors in their envelope, and logs."""

    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        request_id = str(uuid.uuid4())
        given = request.headers.get("client-request-id", "")
        ids = {
            "request-id": request_id,
            "client-request-id": given if _ID.fullmatch(given) else request_id,
        }
        at = clock.now()
        raw, status = b"", 0  # as long as there is no answer
        try:
            try:
                raw = await request.read()
                response = await handler(request)
            except (Refusal, web.HTTPException) as error:
                refusal = error if isinstance(error, Refusal) else _refusal(error)
                response = web.json_response(
                    refusal.envelope(
                        date=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
                        request_id=ids["request-id"],
                        client_request_id=ids["client-request-id"],
                    ),
                    status=refusal.status,
                    headers=refusal.headers,
                )
            response.headers.update(ids)
            status = 0 if no_answer(response) else response.status
            return response
        finally:
            caller = request.get(CLAIMS)
            calls.add(
                Call(
                    service="graph",
                    at=at.isoformat(),
                    method=request.method,
                    path=request.path_qs.removeprefix(prefix),
                    body=_logged(raw),
                    status=status,
                    oid=caller.oid if caller else None,
                )
            )

    return answer


def _refusal(error: web.HTTPException) -> Refusal:
    kept = {
        name: error.headers[name] for name in ("Retry-After", "Allow") if name in error.headers
    }
    return Refusal(error.status, _CODES.get(error.status, "BadRequest"), error.reason, kept)


def _logged(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except (ValueError, RecursionError):
        return raw.decode(errors="replace")
