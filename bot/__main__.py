"""The command line: `python -m bot <command>`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.grammar import machine
from bot.grammar.reading import NotUnderstood, Understood
from bot.grammar.understand import Grammar


def _now(given: str | None, zone: str) -> str:
    if given is not None:
        return given
    moment = machine.moment_of("2000-01-01T00:00:00", zone, "en")
    return moment.wall(datetime.now(UTC)).replace(microsecond=0).isoformat()


def parse(args: argparse.Namespace) -> int:
    """Print how an utterance is read."""
    if args.jsonl:
        machine.run_parse_jsonl(sys.stdin, sys.stdout, trace=args.trace)
        return 0
    moment = machine.moment_of(_now(args.now, args.tz), args.tz, args.lang)
    running = machine.running_of(json.loads(args.state) if args.state else None, moment)
    reading = Grammar().understand(" ".join(args.text), moment, running=running)
    answer = machine.as_json(reading, moment, running)
    print(json.dumps(answer, ensure_ascii=False, indent=2))  # noqa: T201  # it is what was asked for
    if isinstance(reading, Understood):
        for phrase in reading.assumptions:
            values = {k: str(v) for k, v in phrase.values.items()}
            print("assumed:", phrase.key, json.dumps(values, ensure_ascii=False))  # noqa: T201  # same
    elif isinstance(reading, NotUnderstood):
        print("problem:", reading.problem.key, dict(reading.problem.values))  # noqa: T201  # same
        for example in reading.nearest:
            print("try:", example)  # noqa: T201  # same
    if args.trace:
        print(*reading.trace, sep="\n")  # noqa: T201  # same
    return 0


def when(args: argparse.Namespace) -> int:
    """Print what a time phrase means."""
    if args.jsonl:
        machine.run_when_jsonl(sys.stdin, sys.stdout, trace=args.trace)
        return 0
    moment = machine.moment_of(_now(args.now, args.tz), args.tz, args.lang)
    found = Grammar().when(" ".join(args.text), moment)
    answer = None if found is None else found.values
    print(json.dumps(answer, ensure_ascii=False))  # noqa: T201  # it is what was asked for
    if args.trace and found is not None:
        print(*found.trace, sep="\n")  # noqa: T201  # same
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(required=True)
    for name, run, about in (
        ("parse", parse, "print how an utterance is read"),
        ("when", when, "print what a time phrase means"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("text", nargs="*")
        command.add_argument("--jsonl", action="store_true", help="answer lines of JSON")
        command.add_argument("--now", help="local wall time, YYYY-MM-DDTHH:MM:SS")
        command.add_argument("--tz", default="UTC", help="IANA time zone")
        command.add_argument("--lang", default="en", help="the person's locale")
        command.add_argument("--state", help="the running status as JSON")
        command.add_argument("--trace", action="store_true", help="print how it came about")
        command.set_defaults(run=run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    args = _parser().parse_args(arguments)
    result: int = args.run(args)
    return result


if __name__ == "__main__":
    sys.exit(main())
