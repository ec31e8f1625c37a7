"""Prints the figures of the language: `python -m tests.bench.language`.

Corpora, held-out phrases, the shared sample and its scorers where they are present, latency, and
hostile input.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.grammar.lexicon import codes
from bot.grammar.machine import moment_of, parse_line, when_line
from bot.grammar.understand import Grammar
from bot.grammar.when import outside
from tests.grammar.corpus import cases
from tests.grammar.test_corpus import READ_ONLY, read

HELD_OUT = Path(__file__).parents[1] / "grammar" / "heldout"
SHARED = Path(__file__).parents[3] / "shared" / "eval"


def out(*words: object) -> None:
    """Print a line: it is what this module is for."""
    print(*words)  # noqa: T201


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def scorer(name: str) -> ModuleType | None:
    path = SHARED / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def corpora(grammar: Grammar) -> None:
    for code in codes():
        examples = [c for c in cases() if c.language == code]
        right = 0
        for case in examples:
            answer, _ = read(grammar, case)
            right += (answer["intent"], answer["slots"]) == (case.intent, case.slots)
        rejects = [c for c in cases("reject") if c.language == code]
        unsafe = sum(read(grammar, c)[0]["intent"] not in READ_ONLY for c in rejects)
        out(f"corpus   {code}: {len(examples)} phrases, {percent(right, len(examples))} exact;",
            f"{len(rejects)} rejects, {unsafe} unsafe")  # fmt: skip


def phrases(grammar: Grammar, name: str, path: Path, judge: ModuleType) -> list[float]:
    spent: list[float] = []
    counts: dict[str, list[int]] = {}
    unsafe = 0
    for gold in lines(path):
        answer = parse_line(grammar, json.dumps(gold))
        spent.append(answer["ms"])
        intent_ok, exact, _ = judge.judge(gold, answer)
        count = counts.setdefault(gold["lang"], [0, 0])
        count[0] += 1
        count[1] += exact
        changes = answer["intent"] not in READ_ONLY
        unsafe += gold["intent"] in judge.READONLY and changes and not intent_ok
    shown = ", ".join(f"{k} {percent(v[1], v[0])} of {v[0]}" for k, v in sorted(counts.items()))
    out(f"{name}: {shown}; unsafe {unsafe}")
    return spent


def times(grammar: Grammar, judge: ModuleType) -> None:
    counts: dict[str, list[int]] = {}
    for gold in lines(SHARED / "times.dev.jsonl"):
        answer = when_line(grammar, json.dumps(gold))["answer"]
        count = counts.setdefault(gold["lang"], [0, 0, 0, 0])
        count[0] += 1
        count[1] += judge.correct(answer, gold)
        count[2] += answer is not None
        count[3] += answer is not None and not judge.correct(answer, gold, True)
    for code, (n, right, answered, wrong) in sorted(counts.items()):
        out(f"times    {code}: {percent(right, n)} strict of {n};",
            f"wrong among answered {percent(wrong, answered)}")  # fmt: skip


def latency(spent: Sequence[float]) -> None:
    ordered = sorted(spent)
    out(f"latency  median {statistics.median(ordered):.3f} ms,",
        f"p99 {ordered[int(len(ordered) * 0.99)]:.3f} ms, max {ordered[-1]:.3f} ms")  # fmt: skip


def hostile(grammar: Grammar) -> None:
    moment = moment_of("2026-03-10T14:10:00", "Europe/Berlin", "en")
    texts: Iterable[tuple[str, str]] = (
        ("10,000 characters", "busy " * 2000),
        ("nested quotes", "\"'“«" * 250),
        ("5,000 digits", "7" * 5000),
        ("1,000 digits", "busy for " + "7" * 900 + " hours"),
        ("white space", "busy" + " \t\n\u00a0\u2003\u3000" * 160 + "now"),
        ("mentions", "<at>" * 240),
        ("words", "until tomorrow at 3 say " * 40),
        ("1,000 letters", "b" * 1000),
    )
    for name, text in texts:
        start = time.perf_counter()
        grammar.understand(text, moment)
        whole = (time.perf_counter() - start) * 1000
        start = time.perf_counter()
        grammar.understand(text[: len(text) // 2], moment)
        half = (time.perf_counter() - start) * 1000
        out(f"hostile  {name}: {whole:.2f} ms, half of it {half:.2f} ms")


_FIRST = """
import sys, threading, time
from bot.grammar.machine import moment_of
from bot.grammar.understand import Grammar
grammar, language, text = Grammar(), sys.argv[1], sys.argv[2]
moment = moment_of("2026-03-10T14:10:00", "Europe/Berlin", language)
if sys.argv[3] == "warming":
    threading.Thread(target=grammar.warm_up, daemon=True).start()
    time.sleep(0.5)
start = time.perf_counter()
grammar.understand(text, moment)
print((time.perf_counter() - start) * 1000)
"""


def first() -> None:
    """Print what the first command of a fresh process takes."""
    commands = {
        "en": "busy for 2 hours", "de": "beschäftigt bis 15 Uhr", "fr": "occupé pendant 2 heures",
        "es": "ocupado hasta las 5", "ru": "занят до 16:00", "zh": "忙碌两个小时",
    }  # fmt: skip
    for how in ("cold", "warming"):
        shown = []
        for code, text in commands.items():
            call = [sys.executable, "-c", _FIRST, code, text, how]
            took = [
                float(subprocess.run(call, capture_output=True, check=True, timeout=60).stdout)
                for _ in range(3)
            ]
            shown.append(f"{code} {statistics.median(took):.1f}")
        out(f"first    {how}: {', '.join(shown)} ms (median of 3 fresh processes)")


def main() -> None:
    """Print everything."""
    start = time.perf_counter()
    grammar = Grammar()
    out(f"load     {(time.perf_counter() - start) * 1000:.0f} ms")
    start = time.perf_counter()
    grammar.warm_up()
    out(f"warm up  {(time.perf_counter() - start) * 1000:.0f} ms")
    outside.warm_up(codes())
    corpora(grammar)
    judge, judge_times = scorer("score_phrases"), scorer("score_time")
    spent: list[float] = []
    if judge is not None:
        for code in codes():
            for path in sorted(HELD_OUT.glob(f"{code}*.jsonl")):
                spent += phrases(grammar, f"held out {path.stem}", path, judge)
        spent += phrases(grammar, "sample  ", SHARED / "phrases.dev.jsonl", judge)
        spent += phrases(grammar, "wishes  ", SHARED / "wishes.dev.jsonl", judge)
        latency(spent)
    if judge_times is not None:
        times(grammar, judge_times)
    hostile(grammar)
    first()


if __name__ == "__main__":
    main()
