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
    return {"client_assertion": _assertion(client_id, http)}


def _assertion(client_id: str, http: MsalHttp) -> Callable[[], str]:
    client = msal.ManagedIdentityClient(
        msal.UserAssignedManagedIdentity(client_id=client_id), http_client=http
    )

    def assertion() -> str:  # msal keeps the identity's token until it must be renewed
        result = client.acquire_token_for_client(resource=_EXCHANGE)
        if "access_token" not in result:
            raise EntraDown(f"the managed identity has no token: {result.get('error')}")
        return str(result["access_token"])

    return assertion
