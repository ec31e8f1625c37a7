"""The OpenAPI document tells every address, and the bot answers as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from bot.teams.html import STYLE_PATH
from tests.running import ROOT
from tests.security.fuzzing import DOCUMENT, Target, target


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with target(tmp_path_factory.mktemp("fuzz"), GRAPH_PERMISSION="delegated") as running:
        yield running


def test_every_address_is_in_the_document_and_no_other() -> None:
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    told = {
        (method, path)
        for path, operations in document["paths"].items()
        for method in operations.keys() - {"parameters"}
    }
    served = set()
    for file in (ROOT / "bot").rglob("*.py"):
        if "playground" not in file.parts:
            source = file.read_text(encoding="utf-8")
            for method, path in re.findall(r'web\.(get|post)\((".*?"|STYLE_PATH),', source):
                served.add((method, STYLE_PATH if path == "STYLE_PATH" else path.strip('"')))
    assert told == served


def test_the_bot_answers_as_the_document_says(bot: Target) -> None:
    bot.by_document(20)
    assert len(bot.answers) > 10
    bot.by_alteration(60)


def test_what_people_say_and_press_is_no_error_of_ours(bot: Target) -> None:
    bot.by_content(60)
