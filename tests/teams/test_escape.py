"""Hostile text stays text. The reader of Markdown here is an independent one."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.teams.escape import markdown, plain

READER = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"])


def shown(source: str) -> str:
    """Return what a reader of Markdown shows, if it is nothing but one paragraph of words."""
    tokens = READER.parse(source)
    kinds = [token.type for token in tokens]
    assert kinds in ([], ["paragraph_open", "inline", "paragraph_close"]), source
    words: list[Token] = [child for token in tokens for child in token.children or []]
    assert {word.type for word in words} <= {"text"}, source
    return "".join(word.content for word in words)


MARKS = st.text(alphabet="\\`*_{}[]()<>#+-.!|~=:&@/$ \n\t0123abAt;wW", max_size=40)
TRICKS = (
    *("<at>", "</at>", "<AT id=1>", "{{DATE(", ")}}", "${", "}", "https://", "www.", "//"),
    *("evil.com", "a@b.com", "[x]", "(http://x.y)", "![", "**", "__", "~~", "`", "```", "---"),
    *("| a | b |", "&lt;", "&#60;", "\\", "\u202e", "\u200b", "1. ", "- ", "# ", "> ", "    "),
)
SNIPPETS = st.lists(st.sampled_from(TRICKS), max_size=8).map("".join)


@settings(deadline=None)  # the machine may be busy
@given(st.one_of(st.text(max_size=60), MARKS, SNIPPETS))
@example("<a<at>t>Bob</at>")
@example("{{{DATE(2026-03-10T09:30:00Z,SHORT)}}}")
@example("1. one\n2. two")
@example("12) twelve")
@example("see http://evil.example/a_b_c.html or www.evil.example or x@evil.example")
@example("//evil.example")
def test_a_text_block_shows_the_words_and_nothing_else(text: str) -> None:
    assert shown(markdown(text)) == plain(text)


@settings(deadline=None)  # the machine may be busy
@given(st.one_of(st.text(max_size=60), MARKS, SNIPPETS))
def test_nothing_active_is_left_in_plain_text(text: str) -> None:
    clean = plain(text)
    assert "{{" not in clean
    assert "${" not in clean
    assert not re.search(r"<\s*/?\s*at\b[^<>]*>", clean, re.IGNORECASE)
    assert not any(c in "\n\r\t\0" for c in clean)
    assert not any(unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRI") for c in clean)
    assert plain(clean) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("call <at>Bob Ray</at> back", "call Bob Ray back"),
        ("in\u200bvisi\u2060ble", "invisible"),
        ("\u202egnp.exe", "gnp.exe"),
        ("two\nlines\r\n  here", "two lines here"),
        ("{{DATE(x)}} ${a}", "{ {DATE(x)}} $ {a}"),
        ("a < b > c", "a < b > c"),
        ("<atlas>", "<atlas>"),
        ("coding 👩‍💻 with 👨‍👩‍👧", "coding 👩‍💻 with 👨‍👩‍👧"),
        ("heart ❤️‍🔥", "heart ❤️‍🔥"),
        ("a\u200db", "ab"),
        ("مرحبا שלום 你好", "مرحبا שלום 你好"),
    ],
)
def test_what_people_mean_is_kept(text: str, clean: str) -> None:
    assert plain(text) == clean


def test_ordinary_sentences_are_left_alone_in_markdown() -> None:
    for sentence in (
        "In a meeting until 15:00, back at 3.30.",
        "Back soon - promise",
        "50 % done",
    ):
        assert markdown(sentence) == sentence
