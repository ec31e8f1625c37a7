"""The Bicep templates, parsed once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from pycep import BicepParser

from tests.tenant.package_files import ROOT

INFRA = ROOT / "infra"
FILES = [INFRA / "main.bicep", *sorted((INFRA / "modules").glob("*.bicep"))]


@cache
def parsed(path: Path) -> dict[str, Any]:
    return cast("dict[str, Any]", BicepParser().parse(file_path=path))


def module(name: str) -> dict[str, Any]:
    return parsed(INFRA / "modules" / f"{name}.bicep")


def resources(type_: str) -> list[dict[str, Any]]:
    """Return the settings of every resource of a type, of all templates."""
    return [
        resource["config"]
        for path in FILES
        for resource in parsed(path).get("resources", {}).values()
        if resource["type"] == type_ and not resource["existing"]
    ]


def resource(type_: str) -> dict[str, Any]:
    (found,) = resources(type_)
    return found


def walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield every key and value below, however deep."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key, value
            yield from walk(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from walk(value)


def words(tree: Any) -> set[str]:
    """Return every text below: names that are used, and what they say."""
    if isinstance(tree, dict):
        return {word for value in tree.values() for word in words(value)}
    if isinstance(tree, list):
        return {word for value in tree for word in words(value)}
    return {tree} if isinstance(tree, str) else set()


def on_the_second_pass(tree: dict[str, Any]) -> Any:
    """Return what a `firstPass ? a : b` gives once there is an image."""
    conditional = tree["operator"]
    assert conditional["type"] == "conditional"
    assert conditional["operands"]["condition"] == "firstPass"
    return conditional["operands"]["false_value"]
