"""Faults in front of Graph: in Graph's own form, in the log, and on the right side of a write."""

from __future__ import annotations

import aiohttp
import pytest

from tests.playground.graph.conftest import Graph

AVAILABLE, BUSY = ("Available", "Available"), ("Busy", "Busy")


def fail(graph: Graph, kind: str, retry_after: int | None = None) -> None:
    fault = {
        "service": "graph",
        "match": "POST /me/presence/",
        "kind": kind,
        "retry_after": retry_after,
    }
    graph.faults.replace([fault])


@pytest.mark.parametrize(
    ("kind", "code"),
    [("429", "TooManyRequests"), ("500", "InternalServerError"), ("503", "ServiceUnavailable")],
)
async def test_an_error_comes_in_graphs_envelope_and_nothing_is_written(
    graph: Graph, kind: str, code: str
) -> None:
    fail(graph, kind, 7)
    refused = await graph.prefer(*BUSY)
    assert (refused.status, refused.json["error"]["code"]) == (int(kind), code)
    assert refused.headers.get("Retry-After") == (None if kind == "500" else "7")
    assert await graph.pair() == AVAILABLE
    assert [call["status"] for call in graph.calls.recent()] == [int(kind), 200]


async def test_a_cut_answer_was_a_write(graph: Graph) -> None:
    fail(graph, "cut")
    with pytest.raises(aiohttp.ClientPayloadError):
        await graph.prefer(*BUSY)
    assert await graph.pair() == BUSY


async def test_a_reset_was_no_write_and_the_log_has_no_status(graph: Graph) -> None:
    fail(graph, "reset")
    with pytest.raises(aiohttp.ClientConnectionError):
        await graph.prefer(*BUSY)
    assert await graph.pair() == AVAILABLE
    assert [call["status"] for call in graph.calls.recent()] == [0, 200]


async def test_a_slow_answer_is_a_write_all_the_same(graph: Graph) -> None:
    fail(graph, "slow")
    assert (await graph.prefer(*BUSY)).status == 200
    assert await graph.pair() == BUSY


async def test_a_request_without_a_token_meets_the_fault_too(graph: Graph) -> None:
    fail(graph, "503")
    refused = await graph.post("setPresence", {}, token="made.up")
    assert refused.status == 503
