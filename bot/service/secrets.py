"""What identity has kept for it, sealed: the store sees who it belongs to and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.person import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """Encrypted content: `key` is the id of its key, `version` counts changes from 1."""

    version: int
    key: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket:
    """Something that is good for one person, in one conversation, until it expires.

    `id` is a hash where the thing itself is secret.
    """

    id: str
    kind: str
    person: Person
    conversation: str
    expires: datetime
    sealed: bytes | None = field(default=None, repr=False)


class SecretStore(Protocol):
    """Keeps what is sealed. Each method is one transaction."""

    async def sealed(self, person: Person) -> Sealed | None:
        """Return what is sealed for a person."""

    async def seal(self, person: Person, content: Sealed) -> bool:
        """Keep `content` if its version follows the one that is kept; return whether it did."""

    async def reseal(self, person: Person, content: Sealed, *, old_key: str) -> bool:
        """Replace the same version's content, sealed under `old_key`; return whether it was."""

    async def sealed_otherwise(
        self, key: str, *, after: Person | None, limit: int
    ) -> Sequence[tuple[Person, Sealed]]:
        """Return what is sealed under other keys than `key`, in the order of persons."""

    async def forget_secrets(self, person: Person) -> None:
        """Delete everything that could act for a person."""

    async def keep_ticket(self, ticket: Ticket) -> None:
        """Keep a ticket; one with the same id is replaced where it is the same person's."""

    async def ticket(self, kind: str, id_: str) -> Ticket | None:
        """Return a ticket that has not expired."""

    async def take_ticket(self, kind: str, id_: str) -> Ticket | None:
        """Return a ticket that has not expired and delete it: it is good once."""

    async def miss_ticket(self, kind: str, person: Person) -> bool:
        """Count a wrong guess; after five a person's tickets of this kind are gone.

        Returns whether there was one to guess.
        """
