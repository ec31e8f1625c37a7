"""Puts the parts of a delegated sign-in together, for a tenant and for the playground alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.identity.delegated import DelegatedTokens
from bot.identity.msal_app import Credential, MsalApps
from bot.identity.msal_http import AUTHORITY, MsalHttp
from bot.identity.pages import SignInPages
from bot.identity.sign_in import EntraSignIns
from bot.identity.vault import Vault
from bot.keyring import Keyring
from bot.languages.phrasebook import Phrasebooks
from bot.service.permissions import Scopes
from bot.service.ports import Clock
from bot.service.secrets import SecretStore
from bot.tokens import Fetch, SigningKeys, TokenChecker


@dataclass(frozen=True, kw_only=True, slots=True)
class Registration:
    """The application at Entra: its tenant, its id, and how it shows who it is."""

    tenant: str
    app_id: str
    credential: Credential
    authority_url: str = AUTHORITY

    @property
    def metadata_url(self) -> str:
        """Return where the tenant's keys are named."""
        return f"{self.authority_url}/{self.tenant}/v2.0/.well-known/openid-configuration"

    @property
    def issuer(self) -> str:
        """Return who signs the tenant's tokens; a stand-in on this machine signs as Entra does."""
        origin = self.authority_url if _is_cloud(self.authority_url) else AUTHORITY
        return f"{origin}/{self.tenant}/v2.0"

    @property
    def admin_consent_url(self) -> str:
        """Return where an administrator consents for everybody in the tenant."""
        return f"{self.authority_url}/{self.tenant}/adminconsent?client_id={self.app_id}"

    def apps(self) -> MsalApps:
        """Return this application as msal calls it; close it in the end."""
        return MsalApps(
            tenant=self.tenant,
            client_id=self.app_id,
            credential=self.credential,
            http=MsalHttp(self.authority_url),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Delegated:
    """What acts on behalf of people: tokens, signing in, and its pages."""

    tokens: DelegatedTokens
    sign_ins: EntraSignIns
    pages: SignInPages


@asynccontextmanager
async def delegated(
    registration: Registration,
    *,
    scopes: Scopes,
    keys: Keyring,
    store: SecretStore,
    clock: Clock,
    fetch: Fetch,
    public_url: str,
) -> AsyncIterator[Delegated]:
    """Give the parts of a delegated sign-in, and close them in the end."""
    apps = registration.apps()
    signing_keys = SigningKeys(registration.metadata_url, fetch=fetch)
    try:
        vault = Vault(keys=keys, store=store)
        tokens = DelegatedTokens(apps=apps, vault=vault, scopes=scopes)
        sign_ins = EntraSignIns(
            apps=apps,
            vault=vault,
            tokens=tokens,
            checker=TokenChecker(
                keys=signing_keys,
                issuer=registration.issuer,
                audience=registration.app_id,
                clock=clock,
            ),
            keys=keys,
            store=store,
            clock=clock,
            app_id=registration.app_id,
            scopes=scopes,
            public_url=public_url,
        )
        pages = SignInPages(sign_ins, public_url, books=Phrasebooks())
        yield Delegated(tokens=tokens, sign_ins=sign_ins, pages=pages)
    finally:
        await signing_keys.aclose()
        apps.close()


def _is_cloud(url: str) -> bool:
    return urlsplit(url).scheme == "https"
