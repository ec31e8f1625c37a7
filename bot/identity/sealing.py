"""Authenticated encryption of what must not be read in a database: AES-256-GCM.

What is sealed is bound to where it belongs: a row that is moved, or changed by a bit, does not
open. Source: NIST SP 800-38D (96-bit random nonces).
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.keyring import Key, Keyring

_NONCE = 12  # bytes


class Unreadable(Exception):
    """It was changed, belongs elsewhere, or its key is not here any more."""


def seal(key: Key, content: bytes, bound_to: tuple[str, ...]) -> bytes:
    """Return `content` encrypted under `key`, so that it opens with the same `bound_to` only."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key.secret).encrypt(nonce, content, _associated(key.id, bound_to))


def unseal(
    keys: Keyring, purpose: str, key_id: str, sealed: bytes, bound_to: tuple[str, ...]
) -> bytes:
    """Return what was sealed for `purpose` under the key called `key_id`; raise Unreadable."""
    key = keys.find(purpose, key_id)
    if key is None:
        raise Unreadable("its key is not in TOKEN_KEYS")
    nonce, encrypted = sealed[:_NONCE], sealed[_NONCE:]
    try:
        return AESGCM(key.secret).decrypt(nonce, encrypted, _associated(key_id, bound_to))
    except (InvalidTag, ValueError):
        raise Unreadable("it was changed, or belongs elsewhere") from None


def _associated(key_id: str, bound_to: tuple[str, ...]) -> bytes:
    # Each part with its length: no two different lists look the same.
    return b"".join(
        len(part).to_bytes(4, "big") + part
        for part in (text.encode() for text in (key_id, *bound_to))
    )
