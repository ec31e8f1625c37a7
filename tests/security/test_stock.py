"""The same attacks on stock botbuilder: why its hosting is not used."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from tests.required import missing

if importlib.util.find_spec("botbuilder.integration") is None:
    missing("botbuilder-integration-aiohttp is not installed", module=True)

from tests.security.stock import compare, table  # only where it is installed


@pytest.mark.filterwarnings("ignore")  # stock botbuilder leaves sessions open
async def test_stock_botbuilder_lets_in_what_ours_refuses(
    capfd: pytest.CaptureFixture[str],
) -> None:
    rows = await compare()
    with capfd.disabled():
        sys.stdout.write(f"\n{table(rows)}\n")
    assert [row.attack.what for row in rows if not row.ours_is_right] == []
    let_in = {row.attack.row for row in rows if row.stock == 201 and not row.stock_is_right}
    assert {12, 18, 19, 21, 23, 28} <= let_in
    failing = {row.attack.row for row in rows if row.stock == 500}
    assert {4, 6, 7, 10, 11, 14, 15, 16, 20, 22, 25, 30} <= failing
