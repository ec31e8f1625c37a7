"""The direction of imports is law (docs/adr/0001)."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

BOT = Path(__file__).parents[1] / "bot"

# What each part may import of the others. Everything may import itself.
FREE = {"clock", "net", "tokens", "keyring", "observability", "stopping"}
INNER = {
    "domain": set[str](),
    "languages": {"domain"},
    "grammar": {"domain", "languages"},
    "service": {"domain", "languages", "grammar", "observability"},
}
RING = {"graph", "identity", "store", "timers", "teams"}
ALLOWED: dict[str, set[str]] = {
    **INNER,
    **{free: set() for free in FREE},
    **{adapter: {"domain", "languages", "grammar", "service", *FREE} for adapter in RING},
    "playground": {"domain", "grammar", *FREE},
    "settings": {"service", "keyring"},
    "package": set(),
}
# These put parts together, so they import them.
COMPOSERS = {
    "wiring",
    "wiring_commands",
    "wiring_core",
    "wiring_guests",
    "wiring_inside",
    "wiring_playground",
    "wiring_tenant",
    "explain",
    "gallery",
    "__main__",
}

# Products that only one part may know.
ONLY = {
    "botbuilder": {"teams"},
    "botframework": {"teams"},
    "msal": {"identity"},
    "httpx": {"net"},
    "httpx_aiohttp": {"net"},
    "requests": {"identity"},
    "dateparser": {"grammar"},
    "dbos": {"timers"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "opentelemetry": {"observability"},
    "fluent": {"languages"},
    "babel": {"languages", "playground"},
}
DOMAIN_MAY_IMPORT = {"dateutil"}


def modules() -> list[Path]:
    return sorted(BOT.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(BOT)))
def test_imports_point_one_way(path: Path) -> None:
    part = part_of(path)
    if part in COMPOSERS or part == "__init__":
        return
    own = {name.split(".")[1] for name in imported(path) if name.startswith("bot.")}
    assert own - {part} <= ALLOWED[part]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(BOT)))
def test_each_product_is_known_in_one_part_only(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    for product, parts in ONLY.items():
        if product in roots:
            assert part_of(path) in parts


@pytest.mark.parametrize("path", sorted((BOT / "domain").glob("*.py")), ids=lambda p: p.name)
def test_the_domain_knows_the_standard_library_and_dateutil_only(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)} - {"bot"}
    assert roots <= sys.stdlib_module_names | DOMAIN_MAY_IMPORT


def test_only_settings_reads_the_environment() -> None:
    readers = [
        path
        for path in modules()
        if "os.environ" in path.read_text(encoding="utf-8")
        or "os.getenv" in path.read_text(encoding="utf-8")
    ]
    assert readers in ([], [BOT / "settings.py"])
