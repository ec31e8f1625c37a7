"""The playground's guests: clients such as Microsoft's own test tool, which sign nobody in."""

from __future__ import annotations

from bot.domain.person import Person
from bot.identity.parts import Delegated
from bot.playground.chats import personal
from bot.playground.entra.accounts import SignIn
from bot.playground.standins import StandIns
from bot.service.errors import SignInRefused, SignInRequired

_CONVERSATION = "a guest's"


class SilentForGuests:
    """Implements the port TokenProvider: signs in by itself whoever no Teams client would.

    For everybody with a chat on the page it is the bot's own provider and nothing else.
    """

    def __init__(self, identity: Delegated, stand_ins: StandIns) -> None:
        self._identity = identity
        self._stand_ins = stand_ins

    async def token(
        self,
        person: Person,
        *,
        refresh: bool = False,
        claims: str | None = None,
        colleagues: bool = False,
    ) -> str:
        """Return a token for `person`. Raises SignInRequired."""
        tokens = self._identity.tokens
        try:
            return await tokens.token(
                person, refresh=refresh, claims=claims, colleagues=colleagues
            )
        except SignInRequired:
            entra = self._stand_ins.entra
            at_home = self._stand_ins.chats.find(personal(person.oid).id) is not None
            if at_home or entra.accounts.how(person.oid) is not SignIn.SILENT:
                raise
            asked = await self._identity.sign_ins.ask(
                person, _CONVERSATION, claims=None, colleagues=colleagues
            )
            try:
                await self._identity.sign_ins.exchange(
                    person, _CONVERSATION, asked.id, entra.endpoint.sso_token(person.oid)
                )
            except SignInRefused as refusal:
                raise SignInRequired(str(refusal)) from refusal
            return await tokens.token(person, colleagues=colleagues)
