"""Whatever is sent with a good token, the answer is one that was thought of."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.person import Person
from bot.service.traffic import Incoming
from bot.store import inbox
from tests.teams import activities as a
from tests.teams.conftest import Edge, HeaderCheck, serve

THOUGHT_OF = {200, 202, 400, 413}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


class Fuzzed:
    """An edge that sync tests can post to."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self.edge: Edge = self._runner.run(serve(HeaderCheck()))

    def post(self, body: bytes) -> int:
        return self._runner.run(self.edge.post_bytes(body))[0]

    def close(self) -> None:
        self._runner.run(self.edge.client.close())
        self._runner.close()


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[Fuzzed]:
    running = Fuzzed()
    yield running
    running.close()


def whole() -> list[dict[str, Any]]:
    """Return an activity of every kind."""
    mention = a.mention(a.BOT, "Presence Bot")
    data = {"v": 2, "command": {"do": "Undo"}, "kid": "k1", "nonce": "n", "at": 1, "mac": "m"}
    return [
        a.message(),
        a.group_message("<at>Presence Bot</at> busy", mention),
        a.submit(data),
        a.execute(data),
        a.installed(),
        a.members_added(a.BOT),
        a.activity(type="messageUpdate", text="busier"),
    ]


def paths(node: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the places of a JSON value, itself included."""
    found = [here]
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for name, child in items:
        found += paths(child, (*here, name))
    return found


@st.composite
def altered(draw: st.DrawFn) -> Any:
    """Return an activity in which one to three places hold something else, or nothing."""
    activity: Any = copy.deepcopy(draw(st.sampled_from(whole())))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(paths(activity)[1:] or [()]))
        if not path:
            return draw(VALUES)
        parent = activity
        for step in path[:-1]:
            parent = parent[step]
        if draw(st.booleans()):
            parent[path[-1]] = draw(VALUES)
        else:
            del parent[path[-1]]
    return activity


@settings(max_examples=400, deadline=None)
@given(altered())
def test_no_altered_activity_is_an_error_of_ours(fuzzed: Fuzzed, activity: Any) -> None:
    status = fuzzed.post(json.dumps(activity).encode())
    unknown_invoke = (
        isinstance(activity, dict)
        and activity.get("type") == "invoke"
        and activity.get("name") != "adaptiveCard/action"
    )
    assert status in THOUGHT_OF | ({501} if unknown_invoke else set())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_are_an_error_of_ours(fuzzed: Fuzzed, body: bytes) -> None:
    assert fuzzed.post(body) in THOUGHT_OF


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON_OBJECTS = st.dictionaries(
    TEXTS, TEXTS | st.integers() | st.none() | st.lists(TEXTS, max_size=2), max_size=3
)


@settings(max_examples=200, deadline=None)
@given(
    st.builds(
        Incoming,
        key=TEXTS,
        person=st.builds(Person, tenant=TEXTS, oid=TEXTS),
        address=JSON_OBJECTS,
        at=st.datetimes(timezones=st.just(UTC)),
        zone=st.none() | TEXTS,
        locale=st.none() | TEXTS,
        text=st.none() | TEXTS,
        pressed=st.none() | JSON_OBJECTS,
        card=st.none() | TEXTS,
        mentions=st.dictionaries(TEXTS, TEXTS, max_size=2),
        trace=st.none() | TEXTS,
    )
)
def test_what_the_inbox_keeps_comes_back_as_it_was(incoming: Incoming) -> None:
    body = json.loads(json.dumps(inbox._body(incoming)))
    row: Any = SimpleNamespace(
        key=incoming.key,
        tenant=incoming.person.tenant,
        oid=incoming.person.oid,
        inline=incoming.inline,
        attempts=incoming.attempts,
        body=body,
    )
    assert inbox.read_row(row) == incoming
    row.body = {name: value for name, value in body.items() if name != "trace"}
    assert inbox.read_row(row) == replace(incoming, trace=None)  # a row of an older version
