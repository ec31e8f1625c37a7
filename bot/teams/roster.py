"""Who is in a conversation, as the connector tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.service.errors import Unavailable
from bot.service.traffic import Address, Colleague
from bot.teams.connector import Connector

_MOST_PAGES = 2  # of 500


class ConnectorRoster:
    """Reads the members of a conversation. Source: Get-conversation-members of Teams' bots."""

    def __init__(self, *, connector: Connector) -> None:
        self._connector = connector

    async def members(self, address: Address) -> Sequence[Colleague]:
        """Return the people of a conversation, the bot left out; 1,000 at the most."""
        found: list[Colleague] = []
        continuation: str | None = None
        for _ in range(_MOST_PAGES):
            page = await self._connector.members(_whole(address), continuation)
            if page is None:
                raise Unavailable("the connector does not tell the members")
            accounts = page.get("members")
            found += [
                colleague
                for account in (accounts if isinstance(accounts, list) else ())
                if isinstance(account, dict) and (colleague := _colleague(account)) is not None
            ]
            continuation = page.get("continuationToken")
            if not isinstance(continuation, str) or not continuation:
                break
        return found

    async def member(self, address: Address, member: str) -> Colleague | None:
        """Return who stands behind the id of a mention; none for nobody in the conversation."""
        account = await self._connector.member(_whole(address), member)
        return None if account is None else _colleague(account)


def _whole(address: Address) -> Address:
    """Return the address of a channel without the thread: a thread has no members of its own."""
    conversation = str(address["conversation"]).partition(";messageid=")[0]
    return {**address, "conversation": conversation}


def _colleague(account: Mapping[str, Any]) -> Colleague | None:
    oid = account.get("aadObjectId") or account.get("objectId")
    if not isinstance(oid, str) or not oid:
        return None  # a bot, or a guest of another platform
    mail = account.get("userPrincipalName") or account.get("email")
    name = account.get("name")
    return Colleague(
        oid=oid,
        name=name if isinstance(name, str) and name else oid,
        mail=mail if isinstance(mail, str) else "",
    )
