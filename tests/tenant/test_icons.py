"""The icons keep Teams' rules for pictures, and are what our script draws."""

from __future__ import annotations

import pytest

from manifest import draw_icons
from tests.tenant.package_files import ROOT, document, files, pixels


@pytest.mark.parametrize(
    ("name", "drawn"), [("color.png", draw_icons.color()), ("outline.png", draw_icons.outline())]
)
def test_the_committed_icon_is_what_the_script_draws(name: str, drawn: bytes) -> None:
    assert pixels((ROOT / "manifest" / name).read_bytes()) == pixels(drawn)


def test_the_symbol_stays_in_the_middle_half_of_a_solid_square() -> None:
    side, rows = pixels(files()["color.png"])
    assert side == 192
    accent = tuple(bytes.fromhex(document("manifest.json")["accentColor"][1:]))
    painted = [
        (x, y) for y, row in enumerate(rows) for x, pixel in enumerate(row) if pixel != accent
    ]
    assert painted
    assert all(48 <= x < 144 and 48 <= y < 144 for x, y in painted)


def test_the_symbol_uses_nearly_all_of_its_space() -> None:
    _, rows = pixels(files()["color.png"])
    inked = [y for y, row in enumerate(rows) if len(set(row)) > 1]
    assert inked[-1] - inked[0] > 90


def test_the_outline_is_pure_white_and_differs_only_in_how_much_it_covers() -> None:
    side, rows = pixels(files()["outline.png"])
    assert side == 32
    assert {pixel[:3] for row in rows for pixel in row} == {(255, 255, 255)}


def test_the_outline_has_a_transparent_ground_and_opaque_lines() -> None:
    _, rows = pixels(files()["outline.png"])
    alphas = [pixel[3] for row in rows for pixel in row]
    assert alphas.count(0) > len(alphas) / 2
    assert alphas.count(255) > 100
    assert {rows[0][0][3], rows[0][31][3], rows[31][0][3], rows[31][31][3]} == {0}
