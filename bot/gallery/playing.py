"""Plays all scenes of the gallery for a person of some language."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from dataclasses import dataclass

from bot.domain.moment import Moment
from bot.domain.reply import Reply
from bot.gallery.scenes import NOW, SCENES, ZONE
from bot.gallery.stage import Stage
from bot.grammar.understand import Grammar
from bot.service.conversation import Conversation


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """The reply of a scene, and the moment whose zone and locale it is shown in."""

    group: str
    title: str
    reply: Reply
    moment: Moment


_PLAYING = ContextVar("playing", default=False)


def _really_happened(_: logging.LogRecord) -> bool:
    """Keep out of the log what only fails in a scene."""
    return not _PLAYING.get()


logging.getLogger(Conversation.__module__).addFilter(_really_happened)


async def play_all(grammar: Grammar, locale: str) -> list[Shown]:
    """Play every scene for a person with this locale."""
    moment = Moment(now=NOW, zone=ZONE, locale=locale)
    playing = _PLAYING.set(True)
    try:
        return await _played(grammar, moment)
    finally:
        _PLAYING.reset(playing)


async def _played(grammar: Grammar, moment: Moment) -> list[Shown]:
    return [
        Shown(
            group=group,
            title=scene.title,
            reply=await scene.play(Stage(moment=moment, grammar=grammar, **scene.stage)),
            moment=moment,
        )
        for group, scenes in SCENES.items()
        for scene in scenes
    ]
