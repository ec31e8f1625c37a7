"""The bot sends to hosts on its list and to nobody else."""

from __future__ import annotations

import pytest

from bot.teams.hosts import ServiceHosts


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net/emea/7e57ab1e-0000-4000-8000-00000000000a/",
        "https://SMBA.trafficmanager.net:443/amer",
        "https://europe.api.botframework.com",
    ],
)
def test_teams_hosts_are_allowed_by_https(url: str) -> None:
    assert ServiceHosts().allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smba.trafficmanager.net",
        "http://smba.trafficmanager.net/emea/",
        "ftp://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.example/smba.trafficmanager.net",
        "https://evil.example#smba.trafficmanager.net",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net@evil.example/",
        "https://user:secret@smba.trafficmanager.net/",
        "https://botframework.com.evil.example",
        "https://evilbotframework.com",
        "https://botframework.com",
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/",
        "https://[::1]/",
        "http://127.0.0.1:3978/",
        "http://localhost/",
        "https://smba.trafficmanager.net:x/",
        "https://smba.trafficmanager.net/emea\r\nHost: evil",
        "https://ѕmba.trafficmanager.net/",
        "https://smba.trafficmanager.net/%2e%2e/",
        "https://smba.trafficmanager.net/emea?to=evil",
    ],
)
def test_every_other_address_is_not(url: str) -> None:
    assert not ServiceHosts().allows(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:3978/x", "http://localhost:56150/_connector"])
def test_loopback_is_allowed_where_it_is_listed(url: str) -> None:
    assert ServiceHosts(["127.0.0.1", "localhost"]).allows(url)
    assert not ServiceHosts(["10.0.0.1", "smba.trafficmanager.net"]).allows(url)


def test_an_address_of_another_machine_is_not_allowed_even_if_listed() -> None:
    assert not ServiceHosts(["10.0.0.1"]).allows("https://10.0.0.1/")
