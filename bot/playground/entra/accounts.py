"""How each person signs in: the switches of the playground, kept on its shelf."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from bot.playground.entra import errors
from bot.playground.hub import Hub
from bot.playground.shelf import Shelf
from bot.playground.tokens import PlaygroundTokens

_KIND = "sign-in"
_OTHERS = ("/Presence.Read.All", "/User.ReadBasic.All")  # what lets an application see others


class SignIn(StrEnum):
    """What a person meets when an application asks for a token."""

    SILENT = "silent"  # nothing: everything was consented to
    CONSENT = "consent"  # they must agree first
    COLLEAGUES = "colleagues"  # they must agree before an application may look at others
    MFA = "mfa"  # they must show a second factor first
    REVOKED = "revoked"  # their sessions were ended: they must sign in again
    BLOCKED = "blocked"  # their account is disabled: they cannot sign in at all


class Accounts:
    """The switches. Signing in on the pages turns each back to "silent"."""

    def __init__(self, *, shelf: Shelf, hub: Hub, tokens: PlaygroundTokens) -> None:
        self._shelf, self._hub, self._tokens = shelf, hub, tokens
        self._how: dict[str, SignIn] = {}

    async def load(self) -> None:
        """Take up what is on the shelf."""
        kept = await self._shelf.all(_KIND)
        self._how = {oid: SignIn(how) for oid, how in kept.items()}

    def how(self, oid: str) -> SignIn:
        """Return how a person signs in."""
        return self._how.get(oid, SignIn.SILENT)

    async def set(self, oid: str, how: str) -> None:
        """Turn a person's switch; raises ValueError where there is no such position."""
        try:
            wanted = SignIn(how)
        except ValueError:
            raise ValueError(f"sign_in is one of {', '.join(SignIn)}") from None
        self._how[oid] = wanted
        await self._shelf.put(_KIND, oid, wanted.value)
        if wanted in (SignIn.REVOKED, SignIn.BLOCKED):
            await self._tokens.revoke(oid)
        self._hub.publish("presence", {"oid": oid})

    def must_agree(self, oid: str, scopes: Iterable[str]) -> bool:
        """Return whether a person must consent to one of these scopes first."""
        how = self.how(oid)
        return how is SignIn.CONSENT or (
            how is SignIn.COLLEAGUES and any(scope.endswith(_OTHERS) for scope in scopes)
        )

    async def signed_in(self, oid: str, scopes: Iterable[str]) -> None:
        """Note that a person went through the pages, for these scopes."""
        how = self.how(oid)
        if how is SignIn.COLLEAGUES and not self.must_agree(oid, scopes):
            return
        if how is not SignIn.SILENT:
            await self.set(oid, SignIn.SILENT)

    def permit(self, oid: str, scopes: Iterable[str]) -> None:
        """Raise Refusal unless a token may be given without the person's doing anything."""
        if self.must_agree(oid, scopes):
            raise errors.consent_required()
        match self.how(oid):
            case SignIn.MFA:
                raise errors.mfa_required()
            case SignIn.REVOKED:
                raise errors.revoked()
            case SignIn.BLOCKED:
                raise errors.disabled()
            case _:
                return
