from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.playground.house import ANNA, BEN, House, playground

MINUTE = timedelta(minutes=1)


class Dates:
    def __init__(self, *dates: datetime) -> None:
        self.dates = dates

    async def next_due(self, now: datetime) -> datetime | None:
        return min((date for date in self.dates if date > now), default=None)


async def answer(
    house: House, method: str, path: str, **options: Any
) -> tuple[int, str, dict[str, str]]:
    async with house.session.request(method, house.url + path, **options) as response:
        return response.status, await response.text(), dict(response.headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "playground.example"},
        {"Host": "127.0.0.1.playground.example"},
        {"Host": "127.0.0.1@playground.example"},
        {"Host": "10.0.0.1:3978"},
        {"Origin": "https://playground.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/playground/send", "/playground/log", "/api/messages"])
async def test_other_sites_are_refused(path: str, headers: dict[str, str]) -> None:
    async with playground() as house:
        method = "POST" if path in ("/playground/send", "/api/messages") else "GET"
        body = {"as": ANNA.oid, "text": "busy"} if method == "POST" else None
        status, text, _ = await answer(house, method, path, headers=headers, json=body)
        assert status == 403
        assert text.endswith(".")
        assert house.bot.received == []


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
async def test_loopback_and_the_pages_own_origin_are_let_in(name: str) -> None:
    async with playground() as house:
        headers = {"Host": f"{name}:3978", "Origin": f"http://{name}:3978"}
        status, _, _ = await answer(house, "GET", "/playground/log", headers=headers)
        assert status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/playground/send"),
        ("POST", "/playground/clock"),
        ("PATCH", f"/playground/people/{ANNA.oid}"),
        ("PUT", "/playground/faults"),
    ],
)
async def test_writes_take_json_only(method: str, path: str) -> None:
    async with playground() as house:
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            headers = {"Content-Type": kind}
            status, text, _ = await answer(house, method, path, data="{}", headers=headers)
            assert status == 415
            assert text.endswith(".")
        headers = {"Content-Type": "application/json"}
        status, _, _ = await answer(house, method, path, data="{", headers=headers)
        assert status == 400


async def test_the_page_lets_nothing_foreign_in() -> None:
    async with playground() as house:
        status, text, headers = await answer(house, "GET", "/")
        assert status == 200
        policy = dict(
            part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
        )
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "style=" not in text
        assert "://" not in text


@pytest.mark.parametrize("name", ["..%2fsite.py", "%2e%2e%2fsite.py", "missing.js", "__init__.py"])
async def test_only_the_pages_own_files_are_served(name: str) -> None:
    async with playground() as house:
        status, _, _ = await answer(house, "GET", f"/playground/page/{name}")
        assert status == 404


async def test_the_stream_begins_with_everything_that_was(tmp_path: Path) -> None:
    shelf = tmp_path / "playground.sqlite"
    async with playground(shelf) as house:
        await house.send(text="hello")
    async with playground(shelf) as house:
        house.faults.replace([{"service": "graph"}])
        ((kind, state),) = await house.events(1)
        assert kind == "state"
        assert state["as"] == ANNA.oid
        chat = next(chat for chat in state["chats"] if chat["id"] == f"a:{ANNA.oid}")
        assert [item["text"] for item in chat["items"]] == ["hello", "You said: hello"]
        assert chat["contact"] is True
        assert [person["initials"] for person in state["people"]] == ["AB", "BC", "CL", "DS", "EF"]
        assert state["faults"] == [{"service": "graph"}]
        now = datetime.fromisoformat(state["clock"]["now"])
        assert abs(now - house.clock.now()) < timedelta(seconds=10)


async def test_the_log_is_replayed_and_goes_on() -> None:
    async with playground() as house:
        await house.send(text="one")
        events = await house.events(3, meanwhile=lambda: house.send(text="two"))
        assert [call["body"]["type"] for call in events[0][1]["log"]] == ["typing", "message"]
        status, text, _ = await answer(house, "GET", "/playground/log")
        assert status == 200
        assert text.count("/activities/") == 4


async def test_new_messages_reach_those_who_may_see_them() -> None:
    async with playground() as house:
        await house.send(contact=True)

        async def speak() -> None:
            await house.send(text="private")
            await house.send(**{"as": BEN.oid}, text="for Ben")

        events = await house.events(4, oid=BEN.oid, meanwhile=speak)
        texts = [data["text"] for kind, data in events if kind == "chat"]
        assert "private" not in texts
        events = await house.events(2, meanwhile=lambda: house.send(text="mine"))
        assert events[1][1]["text"] == "mine"


async def test_presence_is_read_with_the_token_of_the_person_who_looks() -> None:
    async with playground() as house:
        state = (await house.events(1, oid=BEN.oid))[0][1]
        assert {person["presence"]["lookedAtBy"] for person in state["people"]} == {
            f"token of {BEN.oid}"
        }


async def test_a_switch_changes_what_colleagues_see_at_once() -> None:
    async with playground() as house:

        async def sign_out() -> None:
            status, text, _ = await answer(
                house,
                "PATCH",
                f"/playground/people/{ANNA.oid}",
                json={"signed_in": False},
            )
            assert status == 200, text

        events = await house.events(2, oid=BEN.oid, meanwhile=sign_out)
        kind, people = events[1]
        assert kind == "people"
        assert people[0]["presence"]["availability"] == "Offline"
        assert people[0]["controls"]["signed_in"] is False
        _, text, _ = await answer(house, "GET", f"/playground/people/{ANNA.oid}")
        assert '"Offline"' in text


async def test_a_switch_that_is_none_gets_a_sentence() -> None:
    async with playground() as house:
        path = f"/playground/people/{ANNA.oid}"
        status, text, _ = await answer(house, "PATCH", path, json={"flying": True})
        assert (status, text.endswith(".")) == (400, True)
        status, _, _ = await answer(house, "GET", "/playground/people/nobody")
        assert status == 404


async def test_the_clock_moves_by_a_length_to_an_instant_and_to_the_next_event() -> None:
    event = datetime.now(UTC) + 90 * MINUTE
    async with playground(sources=[Dates(event)]) as house:

        async def move(**how: str) -> dict[str, Any]:
            url = f"{house.url}/playground/clock"
            async with house.session.post(url, json=how) as response:
                assert response.status == 200
                moved: dict[str, Any] = await response.json()
                return moved

        start = house.clock.now()
        await move(by="PT5M")
        assert timedelta(0) <= house.clock.now() - start - 5 * MINUTE < MINUTE
        await move(to=(start + 30 * MINUTE).isoformat())
        assert timedelta(0) <= house.clock.now() - start - 30 * MINUTE < MINUTE
        assert (await move(to="next"))["moved"] is True
        assert timedelta(0) <= house.clock.now() - event < MINUTE
        told = await move(to="next")
        assert told["moved"] is False
        assert told["offset"] == house.clock.offset.total_seconds()


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"by": "5 minutes"}, 400),
        ({"by": "P"}, 400),
        ({"by": "PT"}, 400),
        ({"by": "PT1H30"}, 400),
        ({"by": "-PT5M"}, 400),
        ({"by": "P9999D"}, 400),
        ({"to": "tomorrow"}, 400),
        ({"to": "2030-01-01T00:00:00"}, 400),
        ({"to": "2020-01-01T00:00:00Z"}, 409),
        ({}, 400),
        ([], 400),
    ],
)
async def test_a_move_of_the_clock_that_makes_no_sense_changes_nothing(
    how: Any, status: int
) -> None:
    async with playground() as house:
        got, text, _ = await answer(house, "POST", "/playground/clock", json=how)
        assert (got, text.endswith(".")) == (status, True)
        assert house.clock.offset == timedelta(0)


async def test_a_moved_clock_is_told_and_outlives_the_process(tmp_path: Path) -> None:
    shelf = tmp_path / "playground.sqlite"
    async with playground(shelf) as house:

        async def move() -> None:
            await answer(house, "POST", "/playground/clock", json={"by": "PT1H"})

        events = await house.events(2, meanwhile=move)
        assert events[1][0] == "clock"
        assert events[1][1]["offset"] >= 3599
    async with playground(shelf) as house:
        assert house.clock.offset >= timedelta(seconds=3599)


async def test_faults_are_put_in_force_shown_and_told() -> None:
    fault = {"service": "connector"}
    async with playground() as house:

        async def break_it() -> None:
            await answer(house, "PUT", "/playground/faults", json=[fault])

        events = await house.events(2, meanwhile=break_it)
        assert events[1] == ("faults", {"faults": [fault]})
        _, text, _ = await answer(house, "GET", "/playground/faults")
        assert text == '[{"service": "connector"}]'
        status, text, _ = await answer(house, "PUT", "/playground/faults", json={"no": "list"})
        assert (status, text.endswith(".")) == (400, True)


async def test_the_stream_ends_with_the_server() -> None:
    async with (
        playground() as house,
        house.session.get(f"{house.url}/playground/events") as stream,
    ):
        assert (await stream.content.readline()).startswith(b"event: state")
        await house.runner.cleanup()
        rest = await stream.content.read()
        assert rest.startswith(b"data: ")
