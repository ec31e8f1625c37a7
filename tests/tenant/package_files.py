"""What a Teams app package holds, opened for the tests."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from bot.package import build_package
from tests.required import missing

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT.parent / "shared" / "schemas"
APP_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
DOMAIN = "bot.example.com"
LANGUAGES = ("en", "de", "fr", "es", "ru", "zh-cn")


def files() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(build_package(APP_ID, DOMAIN))) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def document(name: str) -> Any:
    return json.loads(files()[name])


def schema(name: str) -> Any:
    """Return one of Microsoft's schemas; without it the test is skipped, or fails."""
    path = SCHEMAS / name
    if not path.exists():
        missing(f"{name} is not beside the checkout")
    return json.loads(path.read_bytes())


def pixels(png: bytes) -> tuple[int, list[list[tuple[int, ...]]]]:
    """Return the side of a square PNG and its rows of RGB or RGBA pixels (filter 0 only)."""
    side, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert side == height
    assert depth == 8
    channels = {2: 3, 6: 4}[kind]
    at, data = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, width = zlib.decompress(data), 1 + side * channels
    rows = [raw[start : start + width] for start in range(0, len(raw), width)]
    assert {row[0] for row in rows} == {0}
    return side, [
        [tuple(row[x : x + channels]) for x in range(1, width, channels)] for row in rows
    ]
