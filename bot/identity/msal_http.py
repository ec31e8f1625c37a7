"""How msal reaches Entra: one pooled client, and the origin that msal insists on rewritten.

The client is that of requests, which msal loads whatever it is given.

msal accepts https authorities of Microsoft's only, so it always speaks to
https://login.microsoftonline.com; here that origin becomes AUTHORITY_URL, for a national cloud or
for a stand-in. Discovery answers are kept: msal asks for them whenever an application is made.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter

AUTHORITY = "https://login.microsoftonline.com"
TIMEOUTS = (3.0, 8.0)  # seconds for a connection, and between two bytes
DISCOVERY_KEPT = 3_600.0  # seconds
AT_ONCE = 16  # calls of msal's; they do nothing but wait


class EntraDown(Exception):
    """Entra did not answer, or answered that it cannot."""


class Answer:
    """What msal reads of an HTTP answer."""

    def __init__(self, status_code: int, text: str, headers: Mapping[str, str]) -> None:
        self.status_code = status_code
        self.text = text
        self.headers = headers

    def raise_for_status(self) -> None:
        """Raise EntraDown for an error status, which never shows what was sent."""
        if self.status_code >= 400:
            raise EntraDown(f"answered {self.status_code}")


class MsalHttp:
    """The http_client of every msal application; it may be shared by threads."""

    def __init__(self, authority_url: str = AUTHORITY) -> None:
        self._authority = authority_url.rstrip("/")
        self._client = requests.Session()
        self._client.trust_env = False
        for scheme in ("https://", "http://"):
            self._client.mount(scheme, HTTPAdapter(pool_maxsize=AT_ONCE))
        self._kept: dict[str, tuple[float, Answer]] = {}

    def outward(self, url: str) -> str:
        """Return the address at AUTHORITY_URL of one at the origin that msal knows."""
        if url.startswith(f"{AUTHORITY}/"):
            return self._authority + url.removeprefix(AUTHORITY)
        return url

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> Answer:
        """Answer a GET; discovery documents from memory for an hour."""
        kept = self._kept.get(url)
        if kept is not None and time.monotonic() - kept[0] < DISCOVERY_KEPT:
            return kept[1]
        answer = self._send("GET", url, params=params, headers=headers)
        if answer.status_code == 200 and url.endswith("/.well-known/openid-configuration"):
            # msal must find the origin here that it knows: it refuses any other.
            text = answer.text.replace(self._authority, AUTHORITY)
            answer = Answer(200, text, answer.headers)
            self._kept[url] = (time.monotonic(), answer)
        return answer

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> Answer:
        """Answer a POST of a form."""
        return self._send("POST", url, params=params, data=dict(data or {}), headers=headers)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def _send(self, method: str, url: str, **content: Any) -> Answer:
        try:
            got = self._client.request(
                method, self.outward(url), timeout=TIMEOUTS, allow_redirects=False, **content
            )
        except requests.RequestException as error:
            raise EntraDown(type(error).__name__) from None  # its text may hold an address
        return Answer(got.status_code, got.content.decode("utf-8", "replace"), got.headers)
