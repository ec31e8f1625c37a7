"""Looking people up in the tenant's directory, through Microsoft Graph."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.person import Person
from bot.graph import answers, wire
from bot.graph.client import GRAPH_URL
from bot.graph.sender import Sender
from bot.net import Net
from bot.service.errors import Unavailable
from bot.service.ports import TokenProvider
from bot.service.traffic import Colleague


class GraphDirectory:
    """Finds people by mail address or by name. A call takes `patience` seconds at most."""

    def __init__(
        self,
        *,
        net: Net,
        tokens: TokenProvider,
        base_url: str = GRAPH_URL,
        patience: float = 10.0,
    ) -> None:
        self._net = net
        self._patience = patience
        self._sender = Sender(net=net, tokens=tokens, base_url=base_url)

    def share(self, instances: int) -> None:
        """Keep to this process's part of Graph's limit where `instances` processes share it."""
        self._sender.share(instances)

    async def find(self, person: Person, words: str, *, most: int) -> Sequence[Colleague]:
        """Return up to `most` people whom a mail address, or the parts of a name, mean.

        Raises a GatewayError where the look-up was not carried out.
        """
        by = wire.users_with_address if "@" in words else wire.users_with_name
        deadline = self._net.deadline(self._patience)
        response = await self._sender.read(person, by(words, most=most), deadline)
        try:
            return answers.users(response.body)
        except answers.NotReadable as error:
            raise Unavailable(f"unreadable answer: {error}") from error
