"""Writes to Graph that are honest about what became of them.

Read, both writes at the same time, read back: three round trips. One half may fail while the
other holds; the outcome says which.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace

from bot.domain.plan import Plan, Post, Prefer
from bot.domain.presence import Presence
from bot.service.errors import GatewayError, UnknownOutcome
from bot.service.turn import Turn

# A read right after a write may be stale; one repeat tells a slow answer from a refused one.
_SECOND_LOOK = 1.0  # seconds
# Pairs that no session, meeting or call brings about (manage-presence-state, v1.0).
_ONLY_PREFERRED = frozenset(
    {
        ("busy", "busy"),
        ("donotdisturb", "donotdisturb"),
        ("berightback", "berightback"),
        ("offline", "offwork"),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What became of a plan.

    `before` is what was read first. `after` is what was read back: none where the reading failed.
    A half that was not planned has no error.
    """

    before: Presence
    after: Presence | None
    presence_error: GatewayError | None = None
    message_error: GatewayError | None = None

    @property
    def error(self) -> GatewayError | None:
        """Return the error of a half that failed."""
        return self.presence_error or self.message_error


async def write(turn: Turn, plan: Plan, before: Presence | None = None) -> Written:
    """Carry a plan out.

    Raises a GatewayError where nothing at all could be changed, or nothing is known to be.
    """
    if before is None:
        before = await turn.tools.gateway.read(turn.person)
    presence_error, message_error = await asyncio.gather(
        _attempt(_write_presence(turn, plan, plan.presence) if plan.presence else None),
        _attempt(_write_message(turn, plan.message) if plan.message else None),
    )
    failed = [error for error in (presence_error, message_error) if error is not None]
    if failed and not (
        (plan.presence and not presence_error) or (plan.message and not message_error)
    ):
        # A half that may have been written forbids to say that nothing was changed.
        raise next((one for one in failed if isinstance(one, UnknownOutcome)), failed[0])
    written = Written(
        before=before, after=None, presence_error=presence_error, message_error=message_error
    )
    return replace(written, after=await _read_back(turn, plan, written))


async def _attempt(writing: Coroutine[None, None, None] | None) -> GatewayError | None:
    if writing is None:
        return None
    try:
        await writing
    except GatewayError as error:
        return error
    return None


async def _write_presence(turn: Turn, plan: Plan, prefer: Prefer) -> None:
    if prefer.to is None:
        await turn.tools.gateway.clear_preferred(turn.person)
    else:
        await turn.tools.gateway.set_preferred(turn.person, prefer.to, now=turn.counts_from)
    if plan.ends_session:
        await turn.tools.gateway.clear_session(turn.person)


async def _write_message(turn: Turn, post: Post) -> None:
    await turn.tools.gateway.set_message(turn.person, post.to)


async def _read_back(turn: Turn, plan: Plan, written: Written) -> Presence | None:
    try:
        after = await turn.tools.gateway.read(turn.person)
        if not_shown(plan, replace(written, after=after)):
            await turn.tools.sleep(_SECOND_LOOK)
            after = await turn.tools.gateway.read(turn.person)
    except GatewayError:
        return None  # the writes were accepted: the reply says that they could not be seen
    return after


def not_shown(plan: Plan, written: Written) -> bool:
    """Return whether something was written that is not what was read back.

    Without a Teams client no preferred presence shows, which is no difference: it is said in its
    own words.
    """
    if written.after is None:
        return False
    presence = plan.presence if written.presence_error is None else None
    message = plan.message if written.message_error is None else None
    return (presence is not None and _other_presence(presence, written.before, written.after)) or (
        message is not None and _other_message(message, written.before, written.after)
    )


def _other_presence(prefer: Prefer, before: Presence, after: Presence) -> bool:
    if prefer.to is not None:
        availability = prefer.to.availability.casefold()
        return not after.shows_nothing and after.availability.casefold() != availability
    # What shows after clearing is anybody's, unless nothing but a preference can look like it.
    pair = (after.availability.casefold(), after.activity.casefold())
    return pair in _ONLY_PREFERRED and pair == (
        before.availability.casefold(),
        before.activity.casefold(),
    )


def _other_message(post: Post, before: Presence, after: Presence) -> bool:
    if post.to is None or after.message is None:
        return (post.to is None) != (after.message is None)
    # Microsoft may have tidied the words; the old ones in place of others are the old message.
    return (
        before.message is not None
        and before.message.text == after.message.text
        and post.to.text != after.message.text
    )
