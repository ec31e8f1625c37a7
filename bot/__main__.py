"""The command line: `python -m bot <command>`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot import package, wiring_commands
from bot.explain import explain
from bot.grammar import machine
from bot.grammar.understand import Grammar
from bot.keyring import Keyring
from bot.languages.phrasebook import Phrasebooks
from bot.playground import standins


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
    for line in explain(reading, moment, running, Phrasebooks()):
        print(line)  # noqa: T201 - it is what was asked for
    if args.trace:
        print(*reading.trace, sep="\n")  # noqa: T201 - it is what was asked for
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


def stand_ins(args: argparse.Namespace) -> int:
    """Serve the stand-ins of Microsoft's services alone."""
    return standins.run(args.port)


def rotate_keys(args: argparse.Namespace) -> int:
    """Encrypt what people granted under the newest key."""
    del args
    return wiring_commands.rotate_keys()


def doctor(args: argparse.Namespace) -> int:
    """Check the settings of a tenant."""
    return wiring_commands.examine(args.manifest)


def back_up(args: argparse.Namespace) -> int:
    """Write the database to a file."""
    return wiring_commands.back_up(args.file)


def restore(args: argparse.Namespace) -> int:
    """Make a new database of a file."""
    return wiring_commands.restore(args.file)


def new_key(args: argparse.Namespace) -> int:
    """Print a new key for TOKEN_KEYS."""
    print(Keyring.generate(args.name))  # noqa: T201 - it is what was asked for
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
    alone = commands.add_parser("stand-ins", help="serve the stand-ins alone, on this machine")
    alone.add_argument("--port", type=int, default=3979)
    alone.set_defaults(run=stand_ins)
    packing = commands.add_parser("package", help="pack the Teams app")
    package.add_arguments(packing)
    packing.set_defaults(run=package.run)
    rotation = commands.add_parser("rotate-keys", help="encrypt tokens under the newest key")
    rotation.set_defaults(run=rotate_keys)
    examination = commands.add_parser("doctor", help="check the settings of a tenant")
    examination.add_argument("--manifest", type=Path, help="the Teams app's manifest.json")
    examination.set_defaults(run=doctor)
    for name, run, about in (
        ("backup", back_up, "write the database to a file, while the bot runs"),
        ("restore", restore, "make a new database of such a file"),
    ):
        copying = commands.add_parser(name, help=about)
        copying.add_argument("file", type=Path)
        copying.set_defaults(run=run)
    key = commands.add_parser("new-key", help="make a key for TOKEN_KEYS")
    key.add_argument("name")
    key.set_defaults(run=new_key)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    args = _parser().parse_args(arguments)
    result: int = args.run(args)
    return result


if __name__ == "__main__":
    sys.exit(main())
