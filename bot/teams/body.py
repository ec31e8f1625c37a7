"""The body of a request as a JSON object that everything behind the edge can store and send on.

JSON allows more than databases and other JSON readers do: half a surrogate pair, NUL, infinite
numbers, nesting without end. All of that is refused here, once.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from bot.teams.refusal import Malformed

MAX_BODY = 256 * 1024
MAX_DEPTH = 32  # a Teams activity with a card's inputs has about six

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number beyond all bounds")
    return number


def _depth(value: Any) -> int:
    deepest = 0
    waiting = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        deepest = max(deepest, depth)
        children = item.values() if isinstance(item, dict) else item
        waiting.extend((c, depth + 1) for c in children if isinstance(c, (dict, list)))
    return deepest


def read_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object in `body`; raise Malformed for anything else."""
    try:
        value = json.loads(body, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is not JSON.") from error
    if not isinstance(value, dict):
        raise Malformed("The body is not a JSON object.")
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        raise Malformed("The body is nested too deeply.")
    if b"\0" in body or rb"\u0000" in body:
        raise Malformed("The body holds a NUL character.")
    if _SURROGATE.search(body):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise Malformed("The body holds half a character.") from error
    return value
