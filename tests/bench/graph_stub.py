"""A Graph in a process of its own that costs the client as little as can be.

`python -m tests.bench.graph_stub <delay in ms>` prints its port and runs until its input ends.
"""

from __future__ import annotations

import asyncio
import json
import sys

from aiohttp import web

ANSWER = json.dumps(
    {
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users('x')/presence/$entity",
        "id": "fa8bf3dc-eca7-46b7-bad1-db199b62afc3",
        "availability": "Busy",
        "activity": "Busy",
        "sequenceNumber": "A0000001",
        "outOfOfficeSettings": {"message": None, "isOutOfOffice": False},
        "statusMessage": {
            "message": {"content": "In a meeting", "contentType": "text"},
            "publishedDateTime": "2026-03-10T09:30:00.1234567Z",
            "expiryDateTime": {"dateTime": "2026-03-10T11:30:00.0000000", "timeZone": "UTC"},
        },
        "workLocation": None,
    }
).encode()
JSON = {"Content-Type": "application/json"}


async def serve(delay: float) -> None:
    """Answer every request after `delay` seconds, and `/calls` with how many there were."""
    calls = 0

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal calls
        if request.path == "/calls":
            return web.Response(text=str(calls))
        calls += 1
        if delay:
            await asyncio.sleep(delay)
        return web.Response(body=ANSWER if request.method == "GET" else None, headers=JSON)

    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    print(port, flush=True)  # noqa: T201  # read by whoever started this
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) / 1000))
