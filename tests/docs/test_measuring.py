"""Every long form and every benchmark says how it is run, and the page names none that is not."""

from __future__ import annotations

import re

from tests.docs.sentences import ROOT


def test_every_long_form_and_benchmark_is_documented() -> None:
    page = (ROOT / "docs" / "measuring.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`python -m (tests\.bench\.\w+|tests\.long \w+)`", page))
    # What has an underscore in its name may be a part of another, in a process of its own.
    bench = [p for p in (ROOT / "tests" / "bench").glob("[a-z]*.py") if "_" not in p.stem]
    long = list((ROOT / "tests" / "long").glob("[a-z]*.py"))
    commands = {
        **{f"tests.long {path.stem}": path for path in long},
        **{f"tests.bench.{path.stem}": path for path in bench},
    }
    assert told <= commands.keys()
    for command in commands.keys() - told:
        assert f"python -m {command}" in commands[command].read_text(encoding="utf-8")
