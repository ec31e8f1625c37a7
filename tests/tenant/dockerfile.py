"""The Dockerfile as steps that can be read, and run elsewhere."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Self

from tests.tenant.package_files import ROOT


@dataclass(frozen=True, kw_only=True)
class Dockerfile:
    """The steps of each stage, one line a step."""

    stages: list[list[str]]

    @classmethod
    def read(cls) -> Self:
        text = (ROOT / "infra" / "Dockerfile").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        stages: list[list[str]] = []
        for step in "\n".join(lines).replace("\\\n", " ").splitlines():
            if step.startswith("FROM "):
                stages.append([])
            else:
                stages[-1].append(" ".join(step.split()) if '"' not in step else step)
        return cls(stages=stages)

    def commands(self, *wanted: str) -> list[list[str]]:
        """Return the RUN steps in exec form whose words hold those that are wanted."""
        found = [
            json.loads(step.removeprefix("RUN "))
            for stage in self.stages
            for step in stage
            if step.startswith("RUN [")
        ]
        return [command for command in found if set(wanted) <= set(command)]

    @property
    def entry_point(self) -> list[str]:
        return self._exec("ENTRYPOINT")

    @property
    def health_check(self) -> list[str]:
        return self._exec("HEALTHCHECK")

    @property
    def environment(self) -> dict[str, str]:
        (step,) = [step for step in self.stages[1] if step.startswith("ENV ")]
        return dict(pair.split("=", 1) for pair in shlex.split(step)[1:])

    def _exec(self, keyword: str) -> list[str]:
        (step,) = [step for step in self.stages[1] if step.startswith(keyword)]
        words: list[str] = json.loads(step[step.index("[") :])
        return words
