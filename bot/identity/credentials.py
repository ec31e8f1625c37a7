"""How the application shows who it is: a secret, a certificate, or a managed identity.

With a managed identity there is no secret at all: its token is the assertion of a federated
credential. https://learn.microsoft.com/entra/workload-id/workload-identity-federation
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msal

from bot.identity.msal_app import Credential
from bot.identity.msal_http import EntraDown, MsalHttp

_EXCHANGE = "api://AzureADTokenExchange"
# https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-connect-with-managed-identity
_DATABASE = "https://ossrdbms-aad.database.windows.net"


def secret(text: str) -> Credential:
    """Return the credential of a client secret."""
    return text


def certificate(path: Path) -> Credential:
    """Return the credential of a PEM file that holds a private key and its certificate.

    Raises OSError where it cannot be read, ValueError where one of the two is missing.
    """
    pem = path.read_text(encoding="ascii")
    if "PRIVATE KEY-----" not in pem or "-----BEGIN CERTIFICATE-----" not in pem:
        raise ValueError("the file needs a private key and a certificate, in PEM")
    return {"private_key": pem, "public_certificate": pem}


def managed_identity(client_id: str, http: MsalHttp) -> Credential:
    """Return the federated credential of a user-assigned managed identity, asked for by `http`."""
    return {"client_assertion": _token(client_id, http, _EXCHANGE)}


def database_password(client_id: str, http: MsalHttp) -> Callable[[], str]:
    """Return what fetches the token that is a managed identity's password at PostgreSQL.

    It blocks, keeps a token until it must be renewed, and raises EntraDown where there is none.
    """
    return _token(client_id, http, _DATABASE)


def _token(client_id: str, http: MsalHttp, resource: str) -> Callable[[], str]:
    client = msal.ManagedIdentityClient(
        msal.UserAssignedManagedIdentity(client_id=client_id), http_client=http
    )

    def token() -> str:  # msal keeps the identity's token until it must be renewed
        result = client.acquire_token_for_client(resource=resource)
        if "access_token" not in result:
            raise EntraDown(f"the managed identity has no token: {result.get('error')}")
        return str(result["access_token"])

    return token
