"""The token endpoint: on behalf of, refresh, authorization code, client credentials.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow and its siblings.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography import x509

from bot.playground.entra.accounts import Accounts
from bot.playground.entra.errors import Refusal, bad_client, bad_grant
from bot.playground.entra.grants import Grants
from bot.playground.people import TENANT
from bot.playground.roster import Roster
from bot.playground.tokens import APP_ID, GRAPH, LIFETIME, BadToken, PlaygroundTokens, issuer

APP_SECRET = "the-playgrounds-app-secret"  # noqa: S105  # of a made-up application, on loopback
APP_URI = f"api://botid-{APP_ID}"
APPLICATION_ROLES = ("Presence.ReadWrite.All", "User.ReadBasic.All")
_OPENID = {"openid", "profile", "offline_access", "email"}
_EXCHANGE = "api://AzureADTokenExchange"


class TokenEndpoint:
    """Answers requests for tokens. Every answer echoes the scopes exactly as they were asked."""

    def __init__(
        self, *, tokens: PlaygroundTokens, accounts: Accounts, grants: Grants, roster: Roster
    ) -> None:
        self._tokens, self._accounts = tokens, accounts
        self._grants, self._roster = grants, roster

    async def answer(self, form: Mapping[str, str], audience: str) -> dict[str, Any]:
        """Return the JSON answer to a form; `audience` is this endpoint. Raises Refusal."""
        app = self._authenticate(form, audience)
        scopes = form.get("scope", "").split()
        match form.get("grant_type"):
            case "urn:ietf:params:oauth:grant-type:jwt-bearer":
                return await self._on_behalf_of(form, app, scopes)
            case "refresh_token":
                oid = self._grants.refresh(form.get("refresh_token", ""), app)
                self._accounts.permit(oid, scopes)
                return await self._for_person(oid, app, scopes)
            case "authorization_code":
                code = self._grants.redeem(form, app)
                return await self._for_person(code.oid, app, scopes, nonce=code.nonce)
            case "client_credentials":
                return self._for_application(app, scopes)
            case other:
                raise Refusal("unsupported_grant_type", 70003, f"There is no grant {other!r}.")

    def sso_token(self, oid: str, app: str = APP_ID) -> str:
        """Return what a Teams client hands to a bot: a token for the bot's own API."""
        person = self._roster.find(oid)
        return self._tokens.sign(
            {
                "aud": app,
                "iss": issuer(TENANT),
                "tid": TENANT,
                "oid": oid,
                "scp": "access_as_user",
                "azp": "1fec8e78-bce4-4aaf-ab1b-5451cc387264",  # Teams desktop and mobile
                "ver": "2.0",
                "name": person.name if person else oid,
            }
        )

    async def _on_behalf_of(
        self, form: Mapping[str, str], app: str, scopes: list[str]
    ) -> dict[str, Any]:
        if form.get("requested_token_use") != "on_behalf_of":
            raise Refusal("invalid_request", 900144, "requested_token_use is missing.")
        try:
            claims = self._tokens.verify(form.get("assertion", ""), app)
        except BadToken as bad:
            raise bad_grant(f"The assertion is not valid: {bad}") from None
        self._accounts.permit(claims["oid"], scopes)
        return await self._for_person(claims["oid"], app, scopes)

    async def _for_person(
        self, oid: str, app: str, scopes: list[str], *, nonce: str | None = None
    ) -> dict[str, Any]:
        wanted = [scope for scope in scopes if scope not in _OPENID]
        if not all(scope.startswith(f"{GRAPH}/") for scope in wanted):
            raise Refusal("invalid_scope", 70011, "The scopes are not Graph's.")
        short = [scope.removeprefix(f"{GRAPH}/") for scope in wanted]
        answer = {
            **_token(self._tokens.issue(oid, TENANT, short, app=app)),
            "scope": " ".join(wanted),
        }
        if "offline_access" in scopes:
            answer["refresh_token"] = await self._grants.new_refresh_token(oid, app)
        if "openid" in scopes:
            answer["id_token"] = self._id_token(oid, app, nonce)
            who = json.dumps({"uid": oid, "utid": TENANT}).encode()
            answer["client_info"] = base64.urlsafe_b64encode(who).decode().rstrip("=")
        return answer

    def _id_token(self, oid: str, app: str, nonce: str | None) -> str:
        person = self._roster.find(oid)
        return self._tokens.sign(
            {
                "aud": app,
                "iss": issuer(TENANT),
                "tid": TENANT,
                "oid": oid,
                "sub": oid,
                "ver": "2.0",
                "preferred_username": person.mail if person else oid,
                **({"nonce": nonce} if nonce else {}),
            }
        )

    def _for_application(self, app: str, scopes: list[str]) -> dict[str, Any]:
        match scopes:
            case ["https://graph.microsoft.com/.default"]:
                return _token(self._tokens.issue(None, TENANT, APPLICATION_ROLES, app=app))
            case [scope] if scope.endswith("/.default"):
                claims = {"aud": scope.removesuffix("/.default"), "iss": issuer(TENANT)}
                return _token(self._tokens.sign({**claims, "tid": TENANT, "appid": app}))
            case _:
                raise Refusal("invalid_scope", 70011, "Ask for one resource's /.default.")

    def _authenticate(self, form: Mapping[str, str], audience: str) -> str:
        """Return the application that asks: by its secret, or by an assertion that it signed."""
        app = form.get("client_id", "")
        if app != APP_ID:
            raise Refusal("unauthorized_client", 700016, "There is no such application.")
        assertion = form.get("client_assertion")
        if assertion is None:
            if form.get("client_secret") != APP_SECRET:
                raise bad_client("Invalid client secret provided.")
            return app
        try:
            self._check_assertion(assertion, app, audience)
        except (BadToken, jwt.PyJWTError, ValueError, KeyError, IndexError):
            raise bad_client("The client assertion is not valid.") from None
        return app

    def _check_assertion(self, assertion: str, app: str, audience: str) -> None:
        """Take what a certificate signed (`x5c`), or a federated credential of our own."""
        header = jwt.get_unverified_header(assertion)
        if "x5c" not in header:
            self._tokens.verify(assertion, _EXCHANGE)
            return
        chain = header["x5c"]
        first = chain[0] if isinstance(chain, list) else chain
        certificate = x509.load_der_x509_certificate(base64.b64decode(first))
        claims = jwt.decode(
            assertion,
            certificate.public_key(),  # type: ignore[arg-type]  # RSA, or the decoder refuses
            algorithms=["PS256", "RS256"],
            options={"verify_aud": False, "verify_iat": False, "verify_nbf": False},
        )
        # msal speaks to Entra's own address, wherever its requests are sent.
        own = audience.partition("/playground/entra/")[2]
        if claims["iss"] != app or claims["sub"] != app or not claims["aud"].endswith(own):
            raise ValueError("the assertion is about something else")


def _token(token: str) -> dict[str, Any]:
    seconds = int(LIFETIME.total_seconds())
    return {
        "token_type": "Bearer",
        "expires_in": seconds,
        "ext_expires_in": seconds,
        "access_token": token,
    }
