"""What the program says when something does not work, as its documentation must quote it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.languages.replies import written

ROOT = Path(__file__).parents[2]

# Keys of what the bot says where a wish was not carried out, wholly or in part.
_ERRORS = re.compile(
    r"(?:problem|trouble|half|card|failed|unclear|gave-up|too)-.+|gave-up|press-failed"
    r"|.+-(?:nothing|unknown|nobody|missed|failed|lost|unclear|too-many|too-long|not-set|given-up)"
)
_MANY = re.compile(r"\{ \$\w+ ->.*?\*\[other\] (.*?)\n\s*\}", re.DOTALL)
_PLACE = re.compile(r"\{ \$\w+ \}")


def of_the_chat() -> dict[str, str]:
    """Return the English error sentences by key, with … for what differs each time."""
    found = {}
    for message in written("en"):
        if _ERRORS.fullmatch(message.key):
            many = _MANY.sub(lambda form: form[1], message.raw)
            found[message.key] = _PLACE.sub("…", many).strip()
    return found


def of_the_command_line() -> set[str]:
    """Return what stops a start or a command: every problem of settings and databases."""
    found = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= {_text(problem) for problem in _problems(node)}
    return found - {""}


def _problems(call: ast.Call) -> list[ast.expr]:
    match call:
        case ast.Call(func=ast.Name(id="ConfigurationError"), args=[ast.List(elts=problems)]):
            return problems
        case ast.Call(func=ast.Attribute(value=ast.Name(id="problems"), attr="append"), args=args):
            return args
        case _:
            return []


def _text(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(said)):
            return said
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "…" for part in parts)
        case _:
            return ""
