"""The Entra stand-in over HTTP: metadata, keys, tokens, and the pages of a sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.clock import Clock
from bot.playground.calls import Call, CallLog
from bot.playground.chats import iso
from bot.playground.entra import pages
from bot.playground.entra.accounts import Accounts, SignIn
from bot.playground.entra.endpoints import TokenEndpoint
from bot.playground.entra.errors import Refusal
from bot.playground.entra.grants import Grants
from bot.playground.faults import Faults, no_answer
from bot.playground.hub import Hub
from bot.playground.people import TENANT
from bot.playground.roster import Roster
from bot.playground.shelf import Shelf
from bot.playground.tokens import APP_ID, PlaygroundTokens, issuer

PREFIX = "/playground/entra"
SERVICE = "entra"
_TOLD = ("grant_type", "scope", "client_id", "requested_token_use", "prompt")  # never a secret
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class EntraStandIn:
    """Entra for the playground's one tenant and one application. Call `load` before it serves."""

    def __init__(
        self,
        *,
        clock: Clock,
        shelf: Shelf,
        hub: Hub,
        calls: CallLog,
        faults: Faults,
        tokens: PlaygroundTokens,
        roster: Roster,
    ) -> None:
        self._clock, self._calls, self._faults = clock, calls, faults
        self._tokens, self._roster = tokens, roster
        self.accounts = Accounts(shelf=shelf, hub=hub, tokens=tokens)
        self._grants = Grants(clock=clock, shelf=shelf, tokens=tokens)
        self.endpoint = TokenEndpoint(
            tokens=tokens, accounts=self.accounts, grants=self._grants, roster=roster
        )

    async def load(self) -> None:
        """Take up what is on the shelf."""
        await self.accounts.load()
        await self._grants.load()

    def add_to(self, app: web.Application) -> None:
        """Serve under PREFIX of `app`."""
        entra = web.Application(
            middlewares=[self._logging, self._faults.middleware(SERVICE, PREFIX)]
        )
        tenant = "/{tenant}"
        entra.add_routes(
            [
                web.get(f"{tenant}/v2.0/.well-known/openid-configuration", self._metadata),
                web.get(f"{tenant}/discovery/v2.0/keys", self._keys),
                web.post(f"{tenant}/oauth2/v2.0/token", self._token),
                web.get(f"{tenant}/oauth2/v2.0/authorize", self._authorize),
                web.post(f"{tenant}/oauth2/v2.0/authorize", self._authorize),
            ]
        )
        entra.on_shutdown.append(self._faults.release)
        app.add_subapp(PREFIX, entra)

    @web.middleware
    async def _logging(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        response: web.StreamResponse
        try:
            response = await handler(request)
        except Refusal as refusal:
            body = refusal.body(iso(self._clock.now()))
            response = web.json_response(body, status=refusal.status)
        sent = await request.post() if request.method == "POST" else request.query
        told = {name: sent[name] for name in _TOLD if name in sent}
        self._calls.add(
            Call(
                service=SERVICE,
                at=iso(self._clock.now()),
                method=request.method,
                path=request.path.removeprefix(PREFIX),
                body=told or None,
                status=0 if no_answer(response) else response.status,
            )
        )
        return response

    async def _metadata(self, request: web.Request) -> web.Response:
        tenant = _tenant(request)
        base = f"{request.url.origin()}{PREFIX}/{tenant}"
        return web.json_response(
            {
                "issuer": issuer(tenant),
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "jwks_uri": f"{base}/discovery/v2.0/keys",
                "response_types_supported": ["code"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def _keys(self, request: web.Request) -> web.Response:
        _tenant(request)
        return web.json_response(self._tokens.jwks)

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        _tenant(request)
        answer = await self.endpoint.answer(form, str(request.url))
        return web.json_response(answer, headers={"Cache-Control": "no-store"})

    async def _authorize(self, request: web.Request) -> web.StreamResponse:
        asked, said = request.query, await request.post()
        back = asked.get("redirect_uri", "")
        if asked.get("client_id") != APP_ID or not _is_registered(back):
            return pages.wrong("The application or its address is not known here.")
        if asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256":
            return pages.wrong("Sign-in needs a code and PKCE.")
        if "oid" not in said:
            return pages.choose(self._roster.everybody())
        person = self._roster.find(str(said["oid"]))
        if person is None:
            return pages.wrong("There is no such person.")
        known = {name: str(value) for name, value in said.items()}
        how = self.accounts.how(person.oid)
        if how is SignIn.BLOCKED:
            return pages.wrong("Your account is disabled. Ask your administrator.")
        if "no" in (known.get("consent"), known.get("mfa")):
            return _redirect(asked, back, {"error": "access_denied"})
        scopes = asked.get("scope", "").split()
        if self.accounts.must_agree(person.oid, scopes) and known.get("consent") != "yes":
            return pages.consent(person, scopes, known)
        if how is SignIn.MFA and known.get("mfa") != "yes":
            return pages.second_factor(person, known)
        await self.accounts.signed_in(person.oid, scopes)
        code = self._grants.new_code(
            person.oid,
            app=APP_ID,
            redirect_uri=back,
            challenge=asked.get("code_challenge"),
            nonce=asked.get("nonce"),
        )
        return _redirect(asked, back, {"code": code})


def _redirect(asked: Mapping[str, str], back: str, answer: dict[str, str]) -> web.Response:
    query = urlencode({**answer, "state": asked.get("state", "")})
    return web.Response(status=302, headers={"Location": f"{back}?{query}"})


def _is_registered(address: str) -> bool:
    parts = urlsplit(address)
    return parts.hostname in _LOOPBACK and parts.path == "/auth/callback"


def _tenant(request: web.Request) -> str:
    tenant = request.match_info["tenant"]
    if tenant != TENANT:
        raise Refusal("invalid_request", 90002, "There is no such tenant.")
    return tenant
