"""How an utterance is read, for people: the reading, what was assumed, and the Graph requests.

The requests come from the same plan and the same wire as those that the bot sends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.domain.journal import Running
from bot.domain.moment import Moment
from bot.domain.plan import Plan, Writing, plan
from bot.domain.reply import Phrase
from bot.grammar import machine
from bot.grammar.reading import Ambiguous, NotUnderstood, Reading, Understood
from bot.graph import wire
from bot.languages.phrasebook import Phrasebooks


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained:
    """A reading for people.

    `readings` are in the contract's form: one where it was understood, several where the bot
    asks, none where it was not. `problem` says why nothing would be done; `requests` are what the
    bot would send to Graph, `nearest` what to try instead, `trace` how the reading came about.
    """

    readings: tuple[dict[str, Any], ...]
    assumed: tuple[str, ...] = ()
    problem: str | None = None
    requests: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()


def explained(
    reading: Reading, moment: Moment, running: Running | None, books: Phrasebooks
) -> Explained:
    """Return what there is to say about a reading."""
    match reading:
        case Understood(command=command, assumptions=assumptions, trace=trace):
            planned = plan(command, running, moment.now) if isinstance(command, Writing) else None
            return Explained(
                readings=(machine.as_json(reading, moment, running),),
                assumed=tuple(books.text(assumed, moment) for assumed in assumptions),
                problem=books.text(planned, moment) if isinstance(planned, Phrase) else None,
                requests=tuple(requests(planned, moment)) if isinstance(planned, Plan) else (),
                trace=trace,
            )
        case Ambiguous(readings=readings, trace=trace):
            return Explained(
                readings=tuple(machine.as_json(one, moment, running) for one in readings),
                trace=trace,
            )
        case NotUnderstood(problem=problem, nearest=nearest, trace=trace):
            return Explained(
                readings=(), problem=books.text(problem, moment), nearest=nearest, trace=trace
            )


def explain(
    reading: Reading, moment: Moment, running: Running | None, books: Phrasebooks
) -> Iterator[str]:
    """Yield the lines that explain a reading, all but its trace."""
    said = explained(reading, moment, running, books)
    if len(said.readings) == 1:
        yield _one_line(said.readings[0])
    elif said.readings:
        yield "either of these, so the bot asks:"
        for one in said.readings:
            yield f"  {_one_line(one)}"
    for assumed in said.assumed:
        yield f"assumed: {assumed}"
    if said.problem is not None:
        yield f"{'but' if said.readings else 'nothing'}: {said.problem}"
    yield from said.requests
    for example in said.nearest:
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
