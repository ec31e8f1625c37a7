"""Every sentence about something that does not work is documented, in the program's words."""

from __future__ import annotations

import re

import pytest

from tests.docs.sentences import ROOT, of_the_chat, of_the_command_line

PAGE = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")


def rows(part: str) -> set[str]:
    """Return the sentences of one part of the page; each has to say what to do."""
    text = PAGE.partition(f"## {part}\n")[2].partition("\n### After")[0].partition("\n## ")[0]
    found = re.findall(r"^\| (.+) \| (.{3,}) \|$", text, re.MULTILINE)
    return {sentence for sentence, _ in found} - {"sentence"}


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("In the chat", set(of_the_chat().values())),
        ("On the command line and at the start", of_the_command_line()),
    ],
    ids=["chat", "command line"],
)
def test_every_error_sentence_is_documented_and_no_other(part: str, said: set[str]) -> None:
    assert len(said) > 30
    assert sorted(said - rows(part)) == []
    assert sorted(rows(part) - said) == []
