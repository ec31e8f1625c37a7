"""One command is one trace, and what is sent about it holds nobody's words or secrets."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.playground.entra.endpoints import APP_SECRET
from tests.running import ROOT, environment
from tests.tenancy import ANNA, KEYS, bot_process


class Collector:
    def __init__(self) -> None:
        self.bodies: dict[str, list[bytes]] = {"traces": [], "metrics": []}

    def spans(self) -> list[Any]:
        return [
            span
            for body in self.bodies["traces"]
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    def metric_names(self) -> set[str]:
        return {
            metric.name
            for body in self.bodies["metrics"]
            for resource in ExportMetricsServiceRequest.FromString(body).resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        }


@asynccontextmanager
async def collector() -> AsyncIterator[tuple[Collector, str]]:
    found = Collector()

    async def take(request: web.Request) -> web.Response:
        found.bodies[request.match_info["what"]].append(await request.read())
        return web.Response(content_type="application/x-protobuf")

    app = web.Application()
    app.add_routes([web.post("/v1/{what}", take)])
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    yield found, str(server.make_url("")).rstrip("/")
    await server.close()


async def test_one_command_is_one_trace_from_the_activity_to_the_reply(tmp_path: Path) -> None:
    async with collector() as (collected, endpoint):
        async with bot_process(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=endpoint) as bot:
            await bot.around.say("busy for 1 hour, say canary words")
            await bot.around.sent(1)
            bot.terminate()
            assert await bot.ends() == 0
        spans = collected.spans()
        (activity,) = [span for span in spans if span.name == "activity"]
        ours = {span.span_id: span for span in spans if span.trace_id == activity.trace_id}
        assert activity.parent_span_id == b""
        parents = {
            span.name: ours[span.parent_span_id].name for span in ours.values() if span != activity
        }
        assert parents == {
            "inbox receive": "activity",
            "turn message": "activity",
            "grammar": "turn message",
            "graph getPresence": "turn message",
            "graph setUserPreferredPresence": "turn message",
            "graph setStatusMessage": "turn message",
            "commit": "turn message",
            "connector POST": "turn message",
        }
        names = [span.name for span in ours.values()]
        assert names.count("graph getPresence") == 2
        assert {"presence_bot_turns_total", "presence_bot_graph_seconds"} <= (
            collected.metric_names()
        )
        sent = b"".join([body for bodies in collected.bodies.values() for body in bodies])
        for canary in ("canary", ANNA, "Anna", "eyJ", APP_SECRET, KEYS.partition(":")[2]):
            assert canary.encode() not in sent

        # The log of the same turn has the trace's id, and Graph's ids of its calls.
        lines = [json.loads(line) for line in (tmp_path / "stderr.txt").read_text().splitlines()]
        (turn,) = [line for line in lines if line.get("action") == "turn.message"]
        assert turn["correlation"] == activity.trace_id.hex()
        assert len(turn["graph_requests"]) == 4


def test_without_the_extra_it_runs_and_says_what_an_endpoint_needs(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['opentelemetry'] = None\n"
        "from bot.wiring import run, _telemetry\n"
        "_telemetry(None)()\n"
        "sys.exit(run(0.0))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 78
    assert "OTEL_EXPORTER_OTLP_ENDPOINT needs the extra" in ended.stderr
