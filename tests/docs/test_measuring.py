"""Every long form and every benchmark stands in the documentation, and no other."""

from __future__ import annotations

import re

from tests.docs.sentences import ROOT


def test_every_long_form_and_benchmark_is_documented() -> None:
    page = (ROOT / "docs" / "measuring.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`python -m (tests\.bench\.\w+|tests\.long \w+)`", page))
    long = {f"tests.long {p.stem}" for p in (ROOT / "tests" / "long").glob("[a-z]*.py")}
    # What has an underscore in its name is a part of another, in a process of its own.
    files = [p for p in (ROOT / "tests" / "bench").glob("[a-z]*.py") if "_" not in p.stem]
    bench = {f"tests.bench.{path.stem}" for path in files}
    assert told == long | bench
