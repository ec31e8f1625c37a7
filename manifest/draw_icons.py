"""Draw the Teams icons: `python manifest/draw_icons.py` writes them beside this file.

Teams asks for a 192x192 picture on a solid square, with the symbol in its middle 96x96, and for a
32x32 outline of pure white on nothing. The symbol is a clock with a presence dot.
https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

Rgb = tuple[int, int, int]
Shape = Callable[[float, float], float]  # the distance of a point to the edge: negative inside

WHITE: Rgb = (255, 255, 255)
ACCENT: Rgb = (0x4F, 0x52, 0xB2)  # accentColor in manifest.json
AVAILABLE: Rgb = (0x5C, 0xC1, 0x4E)


def _disc(x: float, y: float, radius: float) -> Shape:
    return lambda px, py: math.hypot(px - x, py - y) - radius


def _ring(x: float, y: float, radius: float, width: float) -> Shape:
    return lambda px, py: abs(math.hypot(px - x, py - y) - radius) - width / 2


def _line(*points: tuple[float, float], width: float) -> Shape:
    """Return a line through the points with round ends and joints."""

    def distance(px: float, py: float) -> float:
        nearest = math.inf
        for (ax, ay), (bx, by) in pairwise(points):
            dx, dy = bx - ax, by - ay
            along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)
            along = min(1.0, max(0.0, along))
            nearest = min(nearest, math.hypot(px - ax - along * dx, py - ay - along * dy))
        return nearest - width / 2

    return distance


def _covered(shape: Shape, x: int, y: int) -> float:
    """Return how much of a pixel lies inside: 0 to 1."""
    return min(1.0, max(0.0, 0.5 - shape(x + 0.5, y + 0.5)))


def _png(side: int, channels: int, pixels: bytes) -> bytes:
    """Return a PNG of 8 bits a channel: 3 channels are RGB, 4 are RGBA."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    width = side * channels
    rows = b"".join(
        b"\0" + pixels[start : start + width] for start in range(0, len(pixels), width)
    )
    header = struct.pack(">IIBBBBB", side, side, 8, 2 if channels == 3 else 6, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(rows, 9)),
            chunk(b"IEND", b""),
        )
    )


def color() -> bytes:
    """Return the 192x192 picture: layers from back to front on the accent colour."""
    layers: tuple[tuple[Shape, Rgb], ...] = (
        (_disc(92, 92, 44), WHITE),
        (_line((92, 65), (92, 93), (104, 101), width=7.5), ACCENT),
        (_disc(125, 125, 22), ACCENT),  # a gap between the clock and the dot
        (_disc(125, 125, 17.5), AVAILABLE),
        (_line((117, 125.5), (122.5, 131), (133.5, 119), width=4.5), WHITE),
    )
    pixels = bytearray()
    for y in range(192):
        for x in range(192):
            shade = [float(part) for part in ACCENT]
            for shape, paint in layers:
                cover = _covered(shape, x, y)
                shade = [old + (new - old) * cover for old, new in zip(shade, paint, strict=True)]
            pixels += bytes(round(part) for part in shade)
    return _png(192, 3, bytes(pixels))


def outline() -> bytes:
    """Return the 32x32 picture: every pixel is white, only how much it covers differs."""
    clock = _ring(14.5, 14.5, 11.5, 2.2)
    hands = _line((14.5, 8.5), (14.5, 15), (18, 17), width=2.0)
    gap = _disc(24.5, 24.5, 7.0)
    dot = _disc(24.5, 24.5, 5.0)
    pixels = bytearray()
    for y in range(32):
        for x in range(32):
            behind = max(_covered(clock, x, y), _covered(hands, x, y)) * (1 - _covered(gap, x, y))
            pixels += bytes((*WHITE, round(255 * max(behind, _covered(dot, x, y)))))
    return _png(32, 4, bytes(pixels))


if __name__ == "__main__":
    folder = Path(__file__).parent
    (folder / "color.png").write_bytes(color())
    (folder / "outline.png").write_bytes(outline())
