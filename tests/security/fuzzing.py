"""A whole bot in a process of its own, and everything that may be sent to it.

Three sources: the OpenAPI document (schemathesis), activities altered in one to three places, and
hostile contents of a good form, which go through the whole bot.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok

from tests.bench import edge
from tests.bench.edge_load import TENANTS, Crowd, published_keys
from tests.databases import sqlite_url
from tests.running import ROOT, eventually
from tests.security.contents import contents
from tests.security.test_fuzz import altered
from tests.teams import activities

DOCUMENT = ROOT / "docs" / "openapi.json"
_MESSAGES = "/api/messages"
_INVOKES = {
    "adaptiveCard/action",
    "composeExtension/query",
    "composeExtension/submitAction",
    "composeExtension/fetchTask",
}
_THOUGHT_OF = {200, 202, 400, 403, 413}


class Unexpected(AssertionError):
    """An answer that nobody thought of."""


@dataclass
class Target:
    """A bot, and what it has answered, by operation and status."""

    url: str
    token: str
    service_url: str
    process: Popen[str]
    http: httpx.Client
    log: Path
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def memory(self) -> float:
        """Return how many MB of it are in memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def by_document(self, examples: int) -> None:
        """Send what the document allows, and what it does not; the answers must be in it."""
        schema = schemathesis.openapi.from_path(str(DOCUMENT))
        for operation in schema.get_all_operations():
            assert isinstance(operation, Ok)
            self._by_operation(operation.ok(), examples)

    def _by_operation(self, operation: Any, examples: int) -> None:
        name = f"{operation.method.upper()} {operation.path}"
        headers = {"Authorization": f"Bearer {self.token}"} if operation.path == _MESSAGES else {}
        documented = {int(status) for status in operation.definition.raw["responses"]} - {503}

        @_quietly(examples)
        @given(case=operation.as_strategy())
        def send(case: Any) -> None:
            if isinstance(case.body, dict) and isinstance(case.body.get("serviceUrl"), str):
                case.body["serviceUrl"] = self.service_url  # else nothing would be believed
                case.body["channelData"] = {"tenant": {"id": TENANTS[0]}}
            answer = case.call(base_url=self.url, headers=headers, allow_redirects=False)
            self.answers[name, answer.status_code] += 1
            if answer.status_code not in documented:
                raise Unexpected(f"{name}: {answer.status_code} to {case.as_curl_command()}")

        send()

    def by_alteration(self, examples: int) -> None:
        """Send activities as Teams does, altered in one to three places."""

        @_quietly(examples)
        @given(activity=altered())
        def send(activity: Any) -> None:
            if isinstance(activity, dict):
                if activity.get("serviceUrl") == activities.SERVICE:
                    activity["serviceUrl"] = self.service_url
                data = activity.get("channelData")
                if data == {"tenant": {"id": activities.TENANT}}:
                    activity["channelData"] = {"tenant": {"id": TENANTS[0]}}
            self._post("altered activity", activity)

        send()

    def by_content(self, examples: int) -> None:
        """Send what people may say and press, and wait until it is carried out.

        Nothing of it may be an error of ours in the log either.
        """

        @_quietly(examples)
        @given(activity=contents())
        def send(activity: Any) -> None:
            self._post("hostile content", {**activity, "serviceUrl": self.service_url})

        send()
        eventually(lambda: " 0" in self._metric("turns_under_way"), within=120)
        errors = [line for line in self.log.read_text().splitlines() if " ERROR " in line]
        if errors:
            raise Unexpected("\n".join(errors[:20]))

    def _metric(self, name: str) -> str:
        lines = self.http.get(f"{self.url}/metrics").text.splitlines()
        return next(line for line in lines if line.startswith(f"presence_bot_{name} "))

    def _post(self, source: str, activity: Any) -> None:
        answer = self.http.post(
            self.url + _MESSAGES,
            content=json.dumps(activity).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
        )
        self.answers[source, answer.status_code] += 1
        invoke = isinstance(activity, dict) and activity.get("type") == "invoke"
        unknown = invoke and str(activity.get("name")) not in _INVOKES
        if answer.status_code not in _THOUGHT_OF | ({501} if unknown else set()):
            raise Unexpected(f"{answer.status_code} to {json.dumps(activity)}")


def _quietly(examples: int) -> settings:
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def target(folder: Path, **more: str) -> Iterator[Target]:
    """Run `app.py` for a tenant of services that cost little."""
    with Popen(
        [sys.executable, "-m", "tests.bench.edge_stubs", published_keys()],
        cwd=ROOT,
        stdin=PIPE,
        stdout=PIPE,
        text=True,
    ) as services:
        assert services.stdout is not None
        port = int(services.stdout.readline().split()[0])
        own = edge.free_port()
        environment = edge.settings_for(own, port, sqlite_url(folder)) | more
        with (folder / "stderr.txt").open("w") as errors:
            process = Popen(
                [sys.executable, "app.py"],
                cwd=ROOT,
                env=environment,
                stdout=PIPE,
                stderr=errors,
                text=True,
            )
        try:
            assert process.stdout is not None
            assert "ready in" in process.stdout.readline()
            service_url = f"http://127.0.0.1:{port}/connector/"
            crowd = Crowd(own, service_url)
            with httpx.Client(timeout=30, trust_env=False) as http:
                yield Target(
                    url=f"http://127.0.0.1:{own}",
                    token=crowd.token,
                    service_url=service_url,
                    process=process,
                    http=http,
                    log=folder / "stderr.txt",
                )
        finally:
            process.terminate()
            process.communicate(timeout=40)
            services.communicate(timeout=10)
