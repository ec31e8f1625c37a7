"""The bot for a tenant: the parts of the playground, with Microsoft's services behind them."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from aiohttp import web

from bot.clock import Clock
from bot.grammar.understand import Grammar
from bot.graph.client import GRAPH_URL
from bot.identity import credentials
from bot.identity.application import CONNECTOR_SCOPE, ApplicationTokens, AppToken
from bot.identity.msal_app import Credential
from bot.identity.msal_http import AUTHORITY, MsalHttp
from bot.identity.parts import Registration, delegated
from bot.keyring import Keyring
from bot.net import Net
from bot.service.errors import ConfigurationError
from bot.service.permissions import delegated_scopes
from bot.service.ports import SignIns, TokenProvider
from bot.settings import Settings, TenantSettings
from bot.store.login import logged_in, needs_password
from bot.store.opening import open_store
from bot.teams.auth import ISSUER, METADATA_URL, ConnectorCheck, fetch_json
from bot.teams.connector import Connector
from bot.teams.hosts import TEAMS_HOSTS, ServiceHosts
from bot.tokens import SigningKeys, TokenChecker
from bot.wiring_core import Core, Graph, build, serving

GRAPH_RESOURCE = "https://graph.microsoft.com"


def registration(tenant: TenantSettings, http: MsalHttp) -> Registration:
    """Return the application at Entra; `http` asks a managed identity.

    Raises ConfigurationError.
    """
    return Registration(
        tenant=tenant.tenant_id,
        app_id=tenant.app_id,
        credential=_credential(tenant, http),
        authority_url=tenant.authority_url or AUTHORITY,
    )


def _credential(tenant: TenantSettings, http: MsalHttp) -> Credential:
    if tenant.certificate is not None:
        try:
            return credentials.certificate(tenant.certificate)
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                [f"MicrosoftAppCertificatePath cannot be used: {error}"]
            ) from error
    if tenant.managed_identity is not None:
        return credentials.managed_identity(tenant.managed_identity, http)
    return credentials.secret(tenant.password or "")


@contextmanager
def database_login(settings: Settings) -> Iterator[None]:
    """Log in to PostgreSQL as the managed identity where DATABASE_URL has no password."""
    identity = settings.tenant.managed_identity if settings.tenant else None
    if identity is None or not needs_password(settings.database_url):
        yield
        return
    http = MsalHttp()
    try:
        with logged_in(credentials.database_password(identity, http)):
            yield
    finally:
        http.close()


@asynccontextmanager
async def tenant_bot(settings: Settings, listener: socket.socket) -> AsyncIterator[Core]:
    """Serve the bot for a tenant on a bound socket. Raises ConfigurationError."""
    tenant = settings.tenant
    if tenant is None:
        raise ConfigurationError(["MicrosoftAppId is missing"])
    async with AsyncExitStack() as stack:
        clock, keys = Clock(), Keyring.parse(tenant.token_keys)
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        stack.enter_context(database_login(settings))
        store = await open_store(settings.database_url, mode="tenant", clock=clock)
        stack.push_async_callback(store.close)
        net = await stack.enter_async_context(Net())
        to_keys = await stack.enter_async_context(Net())
        to_identity = MsalHttp()
        stack.callback(to_identity.close)
        app_at_entra = registration(tenant, to_identity)
        apps = app_at_entra.apps()
        stack.callback(apps.close)
        connector_token = AppToken(apps=apps, scope=CONNECTOR_SCOPE)
        stack.push_async_callback(connector_token.aclose)

        app = web.Application()
        tokens: TokenProvider
        sign_ins: SignIns | None = None
        if settings.graph_permission == "application":
            application = ApplicationTokens(apps=apps, scope=f"{GRAPH_RESOURCE}/.default")
            stack.push_async_callback(application.aclose)
            tokens = application
        else:
            identity = await stack.enter_async_context(
                delegated(
                    app_at_entra,
                    scopes=delegated_scopes(GRAPH_RESOURCE),
                    keys=keys,
                    store=store,
                    clock=clock,
                    fetch=fetch_json(to_keys),
                    public_url=tenant.public_url,
                )
            )
            tokens, sign_ins = identity.tokens, identity.sign_ins
            app.add_routes(identity.pages.routes())

        hosts = ServiceHosts(tenant.service_hosts or TEAMS_HOSTS)
        signing_keys = SigningKeys(
            tenant.openid_metadata_url or METADATA_URL, fetch=fetch_json(to_keys)
        )
        stack.push_async_callback(signing_keys.aclose)
        signing_keys.warm()
        core = build(
            clock=clock,
            store=store,
            settings=settings,
            graph=Graph(
                net=net,
                tokens=tokens,
                app_id=tenant.app_id,
                url=settings.graph_url or GRAPH_URL,
            ),
            connector=Connector(net=net, hosts=hosts, token=connector_token),
            keys=keys,
            grammar=Grammar(),
            check=ConnectorCheck(
                tokens=TokenChecker(
                    keys=signing_keys, issuer=ISSUER, audience=tenant.app_id, clock=clock
                ),
                hosts=hosts,
                tenants=tenant.allowed_tenants or (tenant.tenant_id,),
            ),
            sign_ins=sign_ins,
            public_url=tenant.public_url,
            keys_ready=signing_keys.warm,
        )
        app.add_routes([*core.inbound.routes(), *core.pages])
        await stack.enter_async_context(serving(core, app, listener))
        yield core
