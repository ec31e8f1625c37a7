"""The vault: the token cache of each person, encrypted, one row each."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from bot.domain.person import Person
from bot.identity.sealing import Unreadable, seal, unseal
from bot.keyring import Keyring
from bot.service.secrets import Sealed, SecretStore

logger = logging.getLogger(__name__)

PURPOSE = "vault"
_RECORD = "token cache"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A person's token cache as msal writes it, and the version to hand back with a change.

    `cache` is none where a row is there that cannot be read.
    """

    version: int
    cache: str | None = field(repr=False)


class Vault:
    """Keeps token caches. Changes are optimistic: the version that was read must still stand."""

    def __init__(self, *, keys: Keyring, store: SecretStore) -> None:
        self._keys = keys
        self._store = store

    async def read(self, person: Person) -> Opened | None:
        """Return what is kept for a person, if anything is."""
        row = await self._store.sealed(person)
        if row is None:
            return None
        try:
            cache = unseal(self._keys, PURPOSE, row.key, row.sealed, _place(person)).decode()
        except Unreadable as reason:
            logger.warning(
                "A token cache cannot be read: %s", reason, extra={"action": "vault.unreadable"}
            )
            return Opened(version=row.version, cache=None)
        return Opened(version=row.version, cache=cache)

    async def write(self, person: Person, cache: str, *, after: int) -> bool:
        """Keep a cache in place of version `after` (0: none); false where that has changed."""
        key = self._keys.active(PURPOSE)
        sealed = seal(key, cache.encode(), _place(person))
        return await self._store.seal(person, Sealed(version=after + 1, key=key.id, sealed=sealed))

    async def replace(self, person: Person, cache: str) -> None:
        """Keep a cache whatever there was: its person has just signed in."""
        while True:
            row = await self._store.sealed(person)
            if await self.write(person, cache, after=0 if row is None else row.version):
                return

    async def forget(self, person: Person) -> None:
        """Delete everything that could act for a person."""
        await self._store.forget_secrets(person)

    async def reseal(self, person: Person, row: Sealed) -> bool:
        """Encrypt a row under the active key; false where it has changed meanwhile.

        Raises Unreadable.
        """
        key = self._keys.active(PURPOSE)
        content = unseal(self._keys, PURPOSE, row.key, row.sealed, _place(person))
        sealed = seal(key, content, _place(person))
        return await self._store.reseal(
            person, Sealed(version=row.version, key=key.id, sealed=sealed), old_key=row.key
        )

    @property
    def active_key(self) -> str:
        """Return the id of the key that is used for what is kept from now on."""
        return self._keys.active(PURPOSE).id


def _place(person: Person) -> tuple[str, ...]:
    return (person.tenant, person.oid, _RECORD)
