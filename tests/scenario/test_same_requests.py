"""What the command line prints is what the bot sends."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.running import ROOT, ZONE, RunningBot


def printed(words: str, now: str) -> list[tuple[str, str, object]]:
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "bot",
            "parse",
            words,
            "--now",
            now,
            "--tz",
            ZONE,
            "--lang",
            "en-GB",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found = []
    for line in run.stdout.splitlines():
        method, _, rest = line.partition(" ")
        if method in ("GET", "POST"):
            path, _, body = rest.partition(" ")
            found.append((method, path, json.loads(body) if body else None))
    return found


@pytest.mark.parametrize(
    "words",
    [
        "busy for 2 hours, say I'm in a meeting",
        "do not disturb until 23:59",
        "away",
        "status message: On client site",
        'brb 10, message "coffee"',
        "clear everything",
    ],
)
def test_the_same_words_make_the_same_requests(bot: RunningBot, oid: str, words: str) -> None:
    bot.say(words, oid)
    said = next(
        item
        for chat in bot.state(oid)["chats"]
        if chat["id"] == f"a:{oid}"
        for item in chat["items"]
        if item["text"] == words
    )
    now = datetime.fromisoformat(said["at"]).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    sent = [
        (call["method"], call["path"], call["body"])
        for call in bot.graph_calls()
        if call["oid"] == oid
    ]
    expected = printed(words, now.isoformat(timespec="seconds"))
    assert expected[0] == sent[0]
    assert expected[-1] == sent[-1]
    # The two writes go out at the same time: either may be first.
    assert sorted(expected, key=str) == sorted(sent, key=str)
