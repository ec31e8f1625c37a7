"""msal, the only place that knows it: an application for each call, off the event loop.

An application object remembers failures, so each call gets a new one over the shared connections
(0.3 ms). https://learn.microsoft.com/entra/msal/python/
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msal

from bot.identity.msal_http import AT_ONCE, AUTHORITY, EntraDown, MsalHttp
from bot.service.errors import ConsentMissing, GatewayError, Rejected, SignInRequired, Unavailable

# Entra's answer as a form would come from another site, without our SameSite=Lax cookie; the code
# in the address is worth nothing without PKCE's verifier.
warnings.filterwarnings("ignore", "response_mode='form_post' is recommended", UserWarning)

T = TypeVar("T")

PATIENCE = 10.0  # seconds for one call of msal
_PERSON_MUST_ACT = frozenset(
    {
        "access_denied",  # they cancelled
        "consent_required",
        "interaction_required",
        "invalid_grant",
        "login_required",
    }
)
_TRY_LATER = frozenset({"temporarily_unavailable", "server_error", "request_timeout"})

# What msal takes: a secret, or a dict of a certificate or an assertion.
Credential = str | Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """What Entra gave: an access token for some seconds, and the cache as it is afterwards.

    `cache` is none where it did not change. `id_token` is there after a person's sign-in.
    """

    access_token: str = field(repr=False)
    expires_in: float
    cache: str | None = field(default=None, repr=False)
    id_token: str | None = field(default=None, repr=False)
    claims: Mapping[str, Any] = field(default_factory=dict, repr=False)


class MsalApps:
    """One application registration at Entra.

    Every method may raise SignInRequired (the person must do something), ConsentMissing,
    Unavailable (Entra does not answer) or Rejected (the registration or a setting is wrong).
    """

    def __init__(
        self, *, tenant: str, client_id: str, credential: Credential, http: MsalHttp
    ) -> None:
        self._tenant = tenant
        self._client_id = client_id
        self._credential = credential
        self._http = http
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="msal")

    def close(self) -> None:
        """Let calls that are under way end, and close every connection."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._http.close()

    async def on_behalf_of(self, assertion: str, scopes: Sequence[str]) -> Tokens:
        """Exchange a token for our own API for one for Graph, with a refresh token."""

        def acquire() -> Tokens:
            cache = msal.SerializableTokenCache()
            result = self._app(cache).acquire_token_on_behalf_of(assertion, list(scopes))
            return _tokens(result, cache)

        return await self._call(acquire)

    async def silently(
        self, kept: str, scopes: Sequence[str], *, refresh: bool, claims: str | None
    ) -> Tokens:
        """Return a token from a person's cache, with its refresh token where need be.

        `refresh` asks for one that is not in the cache; `claims` is a challenge to satisfy.
        """

        def acquire() -> Tokens:
            cache = msal.SerializableTokenCache()
            cache.deserialize(kept)
            app = self._app(cache)
            accounts = app.get_accounts()
            result = app.acquire_token_silent_with_error(
                list(scopes),
                account=accounts[0] if accounts else None,
                force_refresh=refresh,
                claims_challenge=claims,
            )
            return _tokens(result or {"error": "invalid_grant"}, cache)

        return await self._call(acquire)

    async def begin_code_flow(
        self, scopes: Sequence[str], redirect_uri: str, *, state: str, claims: str | None
    ) -> tuple[str, dict[str, Any]]:
        """Return the address at which a person signs in, and what to keep until they come back."""

        def begin() -> tuple[str, dict[str, Any]]:
            flow: dict[str, Any] = self._app(None).initiate_auth_code_flow(
                list(scopes), redirect_uri, state=state, claims_challenge=claims
            )
            return self._http.outward(flow.pop("auth_uri")), flow

        return await self._call(begin)

    async def end_code_flow(
        self, flow: Mapping[str, Any], answer: Mapping[str, str], scopes: Sequence[str]
    ) -> Tokens:
        """Exchange the code that a person came back with. Its nonce must be the flow's."""

        def acquire() -> Tokens:
            cache = msal.SerializableTokenCache()
            try:
                result = self._app(cache).acquire_token_by_auth_code_flow(
                    dict(flow), dict(answer), scopes=list(scopes)
                )
            except (RuntimeError, ValueError):  # its text shows the nonce, or the state
                raise SignInRequired("the answer does not belong to this sign-in") from None
            return _tokens(result, cache)

        return await self._call(acquire)

    async def for_itself(self, scope: str, tenant: str | None = None) -> Tokens:
        """Return a token for the application itself, in its own tenant or in another."""

        def acquire() -> Tokens:
            return _tokens(self._app(None, tenant).acquire_token_for_client([scope]), None)

        return await self._call(acquire)

    def _app(self, cache: msal.SerializableTokenCache | None, tenant: str | None = None) -> Any:
        return msal.ConfidentialClientApplication(
            self._client_id,
            client_credential=self._credential,
            authority=f"{AUTHORITY}/{tenant or self._tenant}",
            token_cache=cache,
            http_client=self._http,
            client_capabilities=["cp1"],  # Graph may ask for a newer token at any time
            instance_discovery=False,
        )

    async def _call(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(PATIENCE):
                return await loop.run_in_executor(self._threads, work)
        except TimeoutError:
            raise Unavailable("Entra did not answer in time") from None
        except EntraDown as error:
            raise Unavailable(f"Entra {error}") from None
        except ValueError:  # discovery failed; msal's text holds addresses only, but no need
            raise Unavailable("Entra has no such tenant, or does not answer") from None


def _tokens(result: Mapping[str, Any], cache: msal.SerializableTokenCache | None) -> Tokens:
    if "access_token" not in result:
        raise _problem(result)
    changed = cache is not None and cache.has_state_changed
    return Tokens(
        access_token=result["access_token"],
        expires_in=float(result.get("expires_in", 0)),
        cache=cache.serialize() if cache is not None and changed else None,
        id_token=result.get("id_token"),
        claims=result.get("id_token_claims") or {},
    )


def _problem(result: Mapping[str, Any]) -> GatewayError:
    """Return the error of a refusal, told by Entra's codes and never by its sentence."""
    error = str(result.get("error", ""))
    codes = ", ".join(f"AADSTS{code}" for code in result.get("error_codes", []))
    detail = f"{error} {result.get('suberror') or ''} {codes}".strip()
    claims = result.get("claims")
    if error in _PERSON_MUST_ACT:
        return SignInRequired(detail, claims=claims if isinstance(claims, str) else None)
    if error in _TRY_LATER:
        return Unavailable(detail)
    if error == "unauthorized_client":
        return ConsentMissing(detail)
    return Rejected(detail)
