"""How an utterance is read, for people: the reading, what was assumed, and the Graph requests.

The requests come from the same plan and the same wire as those that the bot sends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.domain.journal import Running
from bot.domain.moment import Moment
from bot.domain.plan import Plan, Writing, plan
from bot.domain.reply import Phrase
from bot.grammar import machine
from bot.grammar.reading import Ambiguous, NotUnderstood, Reading, Understood
from bot.graph import wire
from bot.languages.phrasebook import Phrasebooks


def explain(
    reading: Reading, moment: Moment, running: Running | None, books: Phrasebooks
) -> Iterator[str]:
    """Yield the lines that explain a reading."""
    match reading:
        case Understood(command=command, assumptions=assumptions):
            yield _one_line(machine.as_json(reading, moment, running))
            for assumed in assumptions:
                yield f"assumed: {books.text(assumed, moment)}"
            if isinstance(command, Writing):
                planned = plan(command, running, moment.now)
                if isinstance(planned, Phrase):
                    yield f"but: {books.text(planned, moment)}"
                else:
                    yield from requests(planned, moment)
        case Ambiguous(readings=readings):
            yield "either of these, so the bot asks:"
            for one in readings:
                yield f"  {_one_line(machine.as_json(one, moment, running))}"
        case NotUnderstood(problem=problem, nearest=nearest):
            yield f"nothing: {books.text(problem, moment)}"
            for example in nearest:
                yield f"try: {example}"


def requests(planned: Plan, moment: Moment) -> Iterator[str]:
    """Yield the requests of a plan as the bot sends them, a line each: method, path, body.

    The two writes go out at the same time.
    """
    yield _request(wire.get_presence(wire.ME))
    if planned.presence is not None:
        preferred = planned.presence.to
        if preferred is None:
            yield _request(wire.clear_user_preferred_presence(wire.ME))
        else:
            yield _request(wire.set_user_preferred_presence(wire.ME, preferred, now=moment.now))
    if planned.message is not None:
        yield _request(wire.set_status_message(wire.ME, planned.message.to))
    yield _request(wire.get_presence(wire.ME))


def _request(call: wire.Call) -> str:
    body = call.content
    return f"{call.method} {call.path}" + (f" {body.decode()}" if body else "")


def _one_line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
