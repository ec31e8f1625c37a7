"""Encrypting the whole vault under the active key, beside a bot that runs."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.domain.person import Person
from bot.identity.sealing import Unreadable
from bot.identity.vault import Vault
from bot.service.secrets import SecretStore

logger = logging.getLogger(__name__)

_BATCH = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Rotated:
    """How many rows are under the active key now, and how many could not be read."""

    resealed: int
    unreadable: int


async def rotate(vault: Vault, store: SecretStore) -> Rotated:
    """Encrypt every row that is under an older key anew; return what became of them.

    A row that somebody changes meanwhile is looked at again. When nothing was unreadable, older
    keys may be removed from TOKEN_KEYS.
    """
    resealed, unreadable = 0, 0
    while True:
        changed = False
        unreadable = 0
        after: Person | None = None
        while rows := await store.sealed_otherwise(vault.active_key, after=after, limit=_BATCH):
            for person, row in rows:
                try:
                    done = await vault.reseal(person, row)
                except Unreadable as reason:
                    unreadable += 1
                    logger.warning(
                        "A row of the vault cannot be read: %s",
                        reason,
                        extra={"action": "vault.rotate"},
                    )
                else:
                    resealed += done
                    changed = changed or not done
            after = rows[-1][0]
        if not changed:
            return Rotated(resealed=resealed, unreadable=unreadable)
