"""Hypothesis tells the stand-in and the naive model the same story, and looks for a difference."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.playground.graph.conftest import ANNA, BEN, Graph, House
from tests.playground.graph.naive import NaivePerson

T = TypeVar("T")

SESSION_PAIRS = [
    ("Available", "Available"),
    ("Busy", "InACall"),
    ("Busy", "InAConferenceCall"),
    ("Away", "Away"),
    ("DoNotDisturb", "Presenting"),
]
PREFERRED_DAYS = {
    ("Available", "Available"): 7,
    ("Busy", "Busy"): 1,
    ("DoNotDisturb", "DoNotDisturb"): 1,
    ("BeRightBack", "BeRightBack"): 7,
    ("Away", "Away"): 7,
    ("Offline", "OffWork"): 7,
}
ALL_PAIRS = [*SESSION_PAIRS, *PREFERRED_DAYS, ("Offline", "Offline"), ("Busy", "InAMeeting")]
SIDS = st.sampled_from(["one", "two"])
# Round figures make several things due at the same instant.
MINUTES = st.one_of(st.sampled_from([1, 4, 5, 6, 10, 60, 240, 241, 1440]), st.integers(1, 300))


class Story(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._runner = asyncio.Runner()
        self._house = House()
        self._shelf = Path(self._folder.name) / "shelf"
        self._graph: Graph = self._do(self._house.open(self._shelf))
        self._model = NaivePerson()
        self._model.put("Teams", ("Available", "Available"), self._graph.clock.now(), None)
        self._read: tuple[str, Any] | None = None

    def _do(self, what: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(what)

    def teardown(self) -> None:
        self._do(self._house.close())
        self._runner.close()
        self._folder.cleanup()

    @rule(minutes=MINUTES, seconds=st.sampled_from([-1, 0, 0, 1]))
    def time_passes(self, minutes: int, seconds: int) -> None:
        self._graph.clock.move(minutes=minutes, seconds=seconds)

    @rule()
    def time_goes_to_the_next_change(self) -> None:
        change = self._graph.stand_in.next_change(self._graph.clock.now())
        if change is not None:
            self._graph.clock.move_to(change)

    @rule(sid=SIDS, pair=st.sampled_from(ALL_PAIRS), minutes=st.none() | MINUTES)
    def an_application_sets_a_session(
        self, sid: str, pair: tuple[str, str], minutes: int | None
    ) -> None:
        length = None if minutes is None else f"PT{minutes}M"
        answer = self._do(self._graph.open_session(*pair, length, id=sid))
        minutes = 5 if minutes is None else minutes
        if pair in SESSION_PAIRS and 5 <= minutes <= 240:
            assert answer.status == 200
            self._model.put(sid, pair, self._graph.clock.now(), timedelta(minutes=minutes))
        else:
            assert answer.status == 400

    @rule(sid=SIDS)
    def an_application_clears_a_session(self, sid: str) -> None:
        answer = self._do(self._graph.post("clearPresence", {"sessionId": sid}))
        lived = self._model.remove(sid, self._graph.clock.now())
        assert answer.status == (200 if lived else 404)

    @rule(pair=st.sampled_from(ALL_PAIRS), minutes=st.none() | MINUTES)
    def she_prefers(self, pair: tuple[str, str], minutes: int | None) -> None:
        length = None if minutes is None else f"PT{minutes}M"
        answer = self._do(self._graph.prefer(*pair, length))
        if pair not in PREFERRED_DAYS:
            assert answer.status == 400
            return
        assert answer.status == 200
        held = (
            timedelta(days=PREFERRED_DAYS[pair]) if minutes is None else timedelta(minutes=minutes)
        )
        self._model.preferred = (*pair, self._graph.clock.now() + held)

    @rule()
    def she_stops_preferring(self) -> None:
        assert self._do(self._graph.post("clearUserPreferredPresence", {})).status == 200
        self._model.preferred = None

    @rule(text=st.sampled_from(["", "x", "Back soon"]), minutes=st.none() | MINUTES)
    def she_writes_a_message(self, text: str, minutes: int | None) -> None:
        now = self._graph.clock.now()
        end = None if minutes is None else now + timedelta(minutes=minutes)
        wall = None if end is None else end.strftime("%Y-%m-%dT%H:%M:%S")
        assert self._do(self._graph.say(text, wall)).status == 200
        self._model.status = (text, now, end)

    @rule(switch=st.sampled_from(["on", "off", "call", "idle"]))
    def her_teams_client_changes(self, switch: str) -> None:
        self._do(
            self._graph.stand_in.control(
                ANNA, signed_in=switch != "off", in_call=switch == "call", idle=switch == "idle"
            )
        )
        now = self._graph.clock.now()
        pairs = {
            "on": ("Available", "Available"),
            "call": ("Busy", "InACall"),
            "idle": ("Away", "Away"),
        }
        before = self._model.sessions.get("Teams")
        if switch == "off":
            self._model.sessions.pop("Teams", None)
        elif before is None or (before.availability, before.activity) != pairs[switch]:
            self._model.put("Teams", pairs[switch], now, None)

    @rule()
    def the_process_is_killed_and_started_again(self) -> None:
        self._graph = self._do(self._house.open(self._shelf, now=self._graph.clock.now()))

    @invariant()
    def she_sees_what_the_model_says(self) -> None:
        now = self._graph.clock.now()
        own = self._do(self._graph.get())
        assert own.pair == self._model.pair(now)
        message, shown = self._model.message(now), own.json["statusMessage"]
        if message is None:
            assert shown is None
        else:
            text, published, end = message
            assert shown["message"]["content"] == text
            assert shown["publishedDateTime"] == f"{published:%Y-%m-%dT%H:%M:%S}.0000000Z"
            expected = "9999-12-31T00:00:00" if end is None else f"{end:%Y-%m-%dT%H:%M:%S}"
            assert shown["expiryDateTime"]["dateTime"] == f"{expected}.0000000"
        number, visible = own.json["sequenceNumber"], self._model.visible(now)
        if self._read is not None:
            assert number >= self._read[0]
            if visible != self._read[1]:
                assert number > self._read[0]
        self._read = (number, visible)

    @invariant()
    def a_colleague_sees_the_same_without_times(self) -> None:
        now = self._graph.clock.now()
        seen = self._graph.stand_in.seen_by(self._graph.token(BEN), ANNA)
        assert (seen["availability"], seen["activity"]) == self._model.pair(now)
        message = self._model.message(now)
        assert seen["statusMessage"] == (
            message and {"message": {"content": message[0], "contentType": "text"}}
        )

    @invariant()
    def the_next_change_is_foretold(self) -> None:
        now = self._graph.clock.now()
        assert self._graph.stand_in.next_change(now) == self._model.next_change(now)


Story.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestStory = pytest.mark.timeout(600)(Story.TestCase)  # a failing story takes minutes to shrink
