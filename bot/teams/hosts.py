"""Which connector hosts the bot talks to: an allow-list, so that nobody can aim it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

# Source: Bot Framework "Authenticate requests"; Teams uses the first for every region.
TEAMS_HOSTS = ("smba.trafficmanager.net", "*.botframework.com")


class ServiceHosts:
    """Says whether a service URL may be called.

    `patterns` are host names, or `*.` and a domain for the hosts below it. Only https is allowed,
    on its own port, by name, without user and password. A loopback host that is listed may also
    use plain http and any port: that is the stand-in on the same machine.
    """

    def __init__(self, patterns: Iterable[str] = TEAMS_HOSTS) -> None:
        self._patterns = tuple(pattern.lower() for pattern in patterns)

    def allows(self, url: str) -> bool:
        """Return whether `url` is a service URL of a host on the list."""
        if not url.isascii() or any(c.isspace() or c in "\\?#@%" for c in url):
            return False  # readers of URLs disagree on these
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return False
        if not host or not self._listed(host):
            return False
        if is_loopback(host):
            return parts.scheme in ("http", "https")
        return parts.scheme == "https" and port in (None, 443) and not _is_address(parts)

    def _listed(self, host: str) -> bool:
        return any(
            host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern
            for pattern in self._patterns
        )


def is_loopback(host: str) -> bool:
    """Return whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(parts: SplitResult) -> bool:
    try:
        ip_address(parts.hostname or "")
    except ValueError:
        return False
    return True
