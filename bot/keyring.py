"""The keys of TOKEN_KEYS: one that is used, older ones that are still understood.

A secret is never used itself: each purpose has its own key derived from it, so that a signature
on a card tells nothing about the token vault.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

KEY_LENGTH = 32  # bytes, of secrets and of what is derived from them
_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


@dataclass(frozen=True, slots=True)
class Key:
    """A key for one purpose; `id` names the secret that it comes from."""

    id: str
    secret: bytes = field(repr=False)


class Keyring:
    """Secrets by id, the active one first."""

    def __init__(self, keys: Sequence[tuple[str, bytes]]) -> None:
        """Take `keys`, each an id and 32 bytes; raise ValueError for anything else."""
        if not keys:
            raise ValueError("there is no key")
        for name, secret in keys:
            if not _ID.fullmatch(name):
                raise ValueError("a key's id is 1 to 32 letters, figures, _ and -")
            if len(secret) != KEY_LENGTH:
                raise ValueError(f"key {name} does not have {KEY_LENGTH} bytes")
        self._secrets = dict(keys)
        if len(self._secrets) != len(keys):
            raise ValueError("two keys have the same id")
        self._active = keys[0][0]
        self._derived: dict[tuple[str, str], Key] = {}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the keyring written as `id:base64` entries, separated by commas or spaces.

        Raises ValueError, which never shows a secret.
        """
        keys: list[tuple[str, bytes]] = []
        for entry in re.split(r"[,\s]+", text.strip()):
            name, _, encoded = entry.partition(":")
            try:
                secret = base64.b64decode(encoded.translate(_FROM_URL), validate=True)
            except (binascii.Error, ValueError):
                raise ValueError(f"key number {len(keys) + 1} is not id:base64") from None
            keys.append((name, secret))
        return cls(keys)

    @staticmethod
    def generate(name: str) -> str:
        """Return a new entry for TOKEN_KEYS."""
        return f"{name}:{base64.b64encode(secrets.token_bytes(KEY_LENGTH)).decode()}"

    def active(self, purpose: str) -> Key:
        """Return the key to use now for `purpose`."""
        return self._derive(purpose, self._active)

    def find(self, purpose: str, name: str) -> Key | None:
        """Return the key for `purpose` that comes from the secret called `name`, if it is here."""
        return self._derive(purpose, name) if name in self._secrets else None

    def _derive(self, purpose: str, name: str) -> Key:
        key = self._derived.get((purpose, name))
        if key is None:
            info = f"presence-bot {purpose}".encode()
            derived = HKDFExpand(SHA256(), KEY_LENGTH, info).derive(self._secrets[name])
            key = self._derived[purpose, name] = Key(name, derived)
        return key


_FROM_URL = str.maketrans("-_", "+/")
