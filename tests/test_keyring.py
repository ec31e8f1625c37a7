"""TOKEN_KEYS and the keys derived from it."""

from __future__ import annotations

import base64

import pytest

from bot.keyring import Keyring

ONE, TWO = b"1" * 32, b"2" * 32


def entry(name: str, secret: bytes) -> str:
    return f"{name}:{base64.b64encode(secret).decode()}"


def test_the_first_key_is_used_and_older_ones_are_found() -> None:
    ring = Keyring.parse(f"{entry('new', TWO)}, {entry('old', ONE)}\n")
    assert ring.active("vault").id == "new"
    old = ring.find("vault", "old")
    assert old is not None
    assert old == Keyring([("old", ONE)]).active("vault")
    assert ring.find("vault", "none such") is None


def test_each_purpose_and_each_secret_has_its_own_key() -> None:
    ring = Keyring([("a", ONE), ("b", TWO)])
    keys = [ring.active("vault"), ring.active("cards"), ring.find("vault", "b")]
    secrets = {key.secret for key in keys if key is not None}
    assert len(secrets) == 3
    assert not secrets & {ONE, TWO}


def test_a_generated_entry_can_be_read() -> None:
    text = Keyring.generate("2026")
    assert Keyring.parse(text).active("vault").id == "2026"
    assert Keyring.generate("2026") != text


def test_base64_for_addresses_is_read_too() -> None:
    secret = b"\xfb\xff" * 16
    text = f"k:{base64.urlsafe_b64encode(secret).decode()}"
    assert Keyring.parse(text).active("v") == Keyring([("k", secret)]).active("v")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k",
        "k:",
        ":" + base64.b64encode(ONE).decode(),
        "k:c2VjcmV0LXRoYXQtaXMtc2hvcnQ=",
        "k:not base64!",
        f"{entry('k', ONE)},{entry('k', TWO)}",
        entry("k e y", ONE),
        entry("k" * 33, ONE),
    ],
)
def test_what_is_no_keyring_is_refused_without_showing_it(text: str) -> None:
    with pytest.raises(ValueError, match="key") as caught:
        Keyring.parse(text)
    assert "c2VjcmV0" not in str(caught.value)


def test_keys_do_not_show_themselves() -> None:
    key = Keyring([("k", ONE)]).active("vault")
    assert "secret" not in repr(key)
