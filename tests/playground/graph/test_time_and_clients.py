"""What happens by itself, what the playground's switches do, and what outlives the process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.playground.hub import Hub
from tests.playground.graph.conftest import ANNA, BEN, NOBODY, Graph, House
from tests.playground.hand_clock import START


def after(**length: float) -> Any:
    return START + timedelta(**length)


@contextmanager
def told(hub: Hub) -> Iterator[list[str]]:
    """Collect whose presence was published, up to the end of the block."""
    whom: list[str] = []
    with hub.listen() as queue:
        yield whom
        while not queue.empty():
            event = queue.get_nowait()
            if event and event[0] == "presence":
                whom.append(event[1]["oid"])


@pytest.mark.parametrize(
    ("switches", "pair"),
    [
        ({}, ("Available", "Available")),
        ({"idle": True}, ("Away", "Away")),
        ({"in_call": True}, ("Busy", "InACall")),
        ({"in_call": True, "idle": True}, ("Busy", "InACall")),
        ({"in_meeting": True}, ("Busy", "InAMeeting")),
        ({"in_meeting": True, "idle": True}, ("Busy", "InAMeeting")),
        ({"in_meeting": True, "signed_in": False}, ("Offline", "Offline")),
        ({"out_of_office": True}, ("Available", "OutOfOffice")),
        ({"out_of_office": True, "idle": True}, ("Away", "Away")),
        ({"signed_in": False, "in_call": True}, ("Offline", "Offline")),
    ],
)
async def test_a_simulated_client_shows_its_pair(
    graph: Graph, switches: dict[str, Any], pair: tuple[str, str]
) -> None:
    await graph.stand_in.control(ANNA, **switches)
    assert await graph.pair() == pair
    assert await graph.pair(f"/users/{BEN}/presence") == ("Available", "Available")


async def test_a_preference_hides_meeting_and_out_of_office_but_not_its_text(
    graph: Graph,
) -> None:
    await graph.stand_in.control(
        ANNA, in_meeting=True, out_of_office=True, out_of_office_message="Back on Monday"
    )
    await graph.prefer("Available", "Available")
    presence = await graph.get(f"/users/{ANNA}/presence", token=graph.token(BEN))
    assert presence.pair == ("Available", "Available")
    assert presence.json["outOfOfficeSettings"] == {
        "message": "Back on Monday",
        "isOutOfOffice": True,
    }
    await graph.stand_in.control(ANNA, out_of_office=False)
    assert (await graph.get()).json["outOfOfficeSettings"] == {
        "message": None,
        "isOutOfOffice": False,
    }


async def test_between_two_busy_states_the_newest_wins(graph: Graph) -> None:
    await graph.open_session("Busy", "InAConferenceCall", "PT1H")
    await graph.stand_in.control(ANNA, in_meeting=True)
    assert await graph.pair() == ("Busy", "InAMeeting")
    await graph.open_session("Busy", "InACall", "PT1H", id="second")
    assert await graph.pair() == ("Busy", "InACall")
    await graph.stand_in.control(ANNA, idle=True)  # does not begin the meeting anew
    assert await graph.pair() == ("Busy", "InACall")


async def test_a_meeting_shows_while_any_session_is_open(graph: Graph) -> None:
    await graph.stand_in.control(ANNA, signed_in=False, in_meeting=True)
    await graph.open_session("Away", "Away", "PT1H")
    assert await graph.pair() == ("Busy", "InAMeeting")


async def test_a_clients_session_neither_fades_nor_ends(graph: Graph) -> None:
    graph.clock.move(days=300)
    assert await graph.pair() == ("Available", "Available")


async def test_switches_are_told_and_wrong_ones_change_nothing(graph: Graph) -> None:
    switches = await graph.stand_in.control(ANNA, idle=True)
    assert switches == graph.stand_in.controls(ANNA)
    assert switches == {
        "signed_in": True,
        "idle": True,
        "in_call": False,
        "in_meeting": False,
        "out_of_office": False,
        "out_of_office_message": None,
    }
    for wrong in ({"asleep": True}, {"idle": "no"}, {"idle": None}, {"out_of_office_message": 1}):
        with pytest.raises(ValueError, match=r"switch|fit"):
            await graph.stand_in.control(ANNA, signed_in=False, **wrong)
    with pytest.raises(KeyError):
        await graph.stand_in.control(NOBODY, idle=True)
    assert graph.stand_in.controls(ANNA) == switches


async def test_the_next_change_is_the_next_one_that_can_be_seen(graph: Graph) -> None:
    def upcoming() -> Any:
        return graph.stand_in.next_change(graph.clock.now())

    assert upcoming() is None
    await graph.prefer("Busy", "Busy", "PT2H")
    await graph.open_session("Available", "Available", "PT1H")  # hidden by the preference
    assert upcoming() == after(hours=2)
    await graph.say("x", "2026-03-10T10:00:00")
    assert upcoming() == after(minutes=30)
    await graph.post("clearUserPreferredPresence")
    await graph.stand_in.control(ANNA, in_call=True)
    assert upcoming() == after(minutes=30)  # the call hides the fade
    await graph.sign_out()
    assert upcoming() == after(minutes=5)
    graph.clock.move(minutes=5)
    assert upcoming() == after(minutes=10)
    graph.clock.move(minutes=5)
    assert upcoming() == after(minutes=30)
    graph.clock.move(minutes=20)
    assert upcoming() == after(hours=1)
    graph.clock.move(minutes=30)
    assert upcoming() is None


async def test_everybody_listens_to_what_can_be_seen_to_change(graph: Graph) -> None:
    with told(graph.hub) as whom:
        await graph.prefer("Busy", "Busy", "PT1H")
        await graph.prefer("Busy", "Busy", "PT1H")
        await graph.stand_in.control(BEN, in_call=True)
        await graph.stand_in.control(ANNA, idle=True)  # hidden
        await graph.prefer("Offline", "Offline")  # refused
        graph.stand_in.tick(graph.clock.now())
    assert whom == [ANNA, BEN]
    graph.clock.move(hours=1)
    with told(graph.hub) as whom:
        graph.stand_in.tick(graph.clock.now())
        graph.stand_in.tick(graph.clock.now())
        assert await graph.pair() == ("Away", "Away")
    assert whom == [ANNA]
    with told(graph.hub) as whom:
        body = {"availability": "Busy", "activity": "Busy"}
        await graph.post("setUserPreferredPresence", body, token=graph.token(NOBODY))
    assert whom == [NOBODY]


async def test_an_expiry_that_a_read_noticed_is_still_told(graph: Graph) -> None:
    await graph.prefer("Busy", "Busy", "PT1H")
    graph.clock.move(hours=1)
    with told(graph.hub) as whom:
        await graph.get()
        graph.stand_in.tick(graph.clock.now())
    assert whom == [ANNA]


async def test_reads_lag_behind_when_they_are_told_to(graph: Graph) -> None:
    await graph.stand_in.set_lag(timedelta(minutes=3))
    before = await graph.get()
    with told(graph.hub) as whom:
        await graph.prefer("Busy", "Busy", "PT1H")
        assert (await graph.get()).json == before.json
        assert graph.stand_in.next_change(graph.clock.now()) == after(minutes=3)
        graph.clock.move(minutes=2, seconds=59)
        assert await graph.pair() == ("Available", "Available")
        graph.stand_in.tick(graph.clock.now())
    assert whom == []
    graph.clock.move(seconds=1)
    with told(graph.hub) as whom:
        graph.stand_in.tick(graph.clock.now())
    assert whom == [ANNA]
    now = await graph.get()
    assert now.pair == ("Busy", "Busy")
    assert now.json["sequenceNumber"] > before.json["sequenceNumber"]
    assert graph.stand_in.next_change(graph.clock.now()) == after(hours=1, minutes=3)
    await graph.stand_in.set_lag(timedelta(0))
    assert graph.stand_in.lag == timedelta(0)
    for wrong in (timedelta(seconds=-1), timedelta(minutes=11)):
        with pytest.raises(ValueError, match="lag"):
            await graph.stand_in.set_lag(wrong)


async def test_what_was_answered_outlives_the_process(house: House, tmp_path: Path) -> None:
    first = await house.open(tmp_path / "shelf")
    await first.prefer("Busy", "Busy", "PT2H")
    await first.say("back soon", "2026-03-10T10:00:00")
    await first.open_session("Available", "Available", "PT1H")
    await first.post("setManualLocation", {"workLocationType": "office", "placeId": "b1"})
    await first.stand_in.control(
        ANNA, in_meeting=True, out_of_office=True, out_of_office_message="Bye"
    )
    await first.stand_in.set_lag(timedelta(seconds=1))
    guest = {"statusMessage": {"message": {"content": "hi", "contentType": "text"}}}
    await first.post("setStatusMessage", guest, token=first.token(NOBODY))
    first.clock.move(minutes=31)
    before = await first.get()
    # The file is opened a second time without being closed, as after a kill.
    second = await house.open(tmp_path / "shelf", now=first.clock.now())
    token = second.token()
    assert (await second.get(token=token)).json == before.json
    assert second.stand_in.controls(ANNA) == first.stand_in.controls(ANNA)
    assert second.stand_in.lag == timedelta(seconds=1)
    seen = await second.get(f"/users/{NOBODY}/presence")
    assert seen.json["statusMessage"]["message"]["content"] == "hi"
    assert (await second.post("clearPresence", {"sessionId": "x"})).status == 404
    for graph in (first, second):
        graph.clock.move(hours=2)
    later = await second.get()
    assert later.json == (await first.get()).json
    assert later.json["sequenceNumber"] > before.json["sequenceNumber"]


async def test_tokens_of_before_a_restart_still_count(house: House, tmp_path: Path) -> None:
    token = (await house.open(tmp_path / "shelf")).token()
    assert (await (await house.open(tmp_path / "shelf")).get(token=token)).status == 200
