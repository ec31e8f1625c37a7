from __future__ import annotations

import asyncio
import gzip

import pytest
from aiohttp.test_utils import unused_port

from bot.net import CircuitOpen, Net, NotSent, Pace, Paced, Repeat, Request, Unanswered
from tests.net.scripted import Answer, Received, Scripted, StepTime

LOST = Answer(reset="before")
DOWN = Answer(status=503)


def get(server: Scripted, path: str = "/x") -> Request:
    return Request(method="GET", url=server.url + path)


def post(server: Scripted) -> Request:
    return Request(method="POST", url=server.url + "/x", body=b"{}")


async def test_an_answer_of_any_status_is_returned_whole(net: Net, server: Scripted) -> None:
    server.script = [Answer(status=404, headers={"X-Why": "gone"}, body=b"no")]
    response = await net.send(get(server), repeat=Repeat.ANY)
    assert (response.status, response.headers["x-why"], response.body) == (404, "gone", b"no")
    assert not response.ok


async def test_method_headers_and_body_arrive_as_given(net: Net, server: Scripted) -> None:
    request = Request(
        method="POST", url=server.url + "/a?b=c", headers={"x-one": "1"}, body=b'{"a":1}'
    )
    await net.send(request, repeat=Repeat.NOTHING_DONE)
    (received,) = server.received
    assert (received.method, received.path, received.body) == ("POST", "/a?b=c", b'{"a":1}')
    assert received.headers["X-One"] == "1"


async def test_a_compressed_answer_is_read(net: Net, server: Scripted) -> None:
    server.script = [Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"long"))]
    assert (await net.send(get(server), repeat=Repeat.ANY)).body == b"long"


async def test_redirects_are_not_followed(net: Net, server: Scripted) -> None:
    server.script = [Answer(status=302, headers={"Location": server.url + "/elsewhere"})]
    assert (await net.send(get(server), repeat=Repeat.ANY)).status == 302
    assert len(server.received) == 1


async def test_cookies_are_not_kept(net: Net, server: Scripted) -> None:
    server.script = [Answer(headers={"Set-Cookie": "who=me; Path=/"})]
    await net.send(get(server), repeat=Repeat.ANY)
    await net.send(get(server), repeat=Repeat.ANY)
    assert "Cookie" not in server.received[1].headers


@pytest.mark.parametrize("status", [412, 429, 503])
@pytest.mark.parametrize("repeat", list(Repeat))
async def test_what_was_not_carried_out_is_sent_again(
    net: Net, server: Scripted, status: int, repeat: Repeat
) -> None:
    server.script = [Answer(status=status), Answer(status=status), Answer(body=b"done")]
    response = await net.send(post(server), repeat=repeat)
    assert (response.body, response.attempts) == (b"done", 3)


@pytest.mark.parametrize("failure", [LOST, Answer(status=502), Answer(status=504)])
async def test_a_read_is_sent_again_after_any_failure(
    net: Net, server: Scripted, failure: Answer
) -> None:
    server.script = [failure, failure]
    assert (await net.send(get(server), repeat=Repeat.ANY)).ok


async def test_a_write_is_not_sent_again_when_its_answer_was_lost(
    net: Net, server: Scripted
) -> None:
    server.script = [LOST]
    with pytest.raises(Unanswered):
        await net.send(post(server), repeat=Repeat.NOTHING_DONE)
    assert len(server.received) == 1


async def test_a_write_is_not_sent_again_after_a_gateway_timeout(
    net: Net, server: Scripted
) -> None:
    server.script = [Answer(status=504)]
    response = await net.send(post(server), repeat=Repeat.NOTHING_DONE)
    assert (response.status, len(server.received)) == (504, 1)


async def test_a_service_that_stalls_is_given_up(server: Scripted) -> None:
    server.script = [Answer(stall=30.0)]
    async with Net(attempt_timeout=0.2) as net, asyncio.timeout(10):
        with pytest.raises(Unanswered):
            await net.send(post(server), repeat=Repeat.NOTHING_DONE)


async def test_the_status_of_a_cut_answer_is_told(net: Net, server: Scripted) -> None:
    server.script = [Answer(reset="body")]
    with pytest.raises(Unanswered) as raised:
        await net.send(post(server), repeat=Repeat.NOTHING_DONE)
    assert raised.value.status == 200


async def test_an_answer_beyond_8_mib_is_not_taken(net: Net, server: Scripted) -> None:
    server.script = [Answer(body=b"x" * (8 * 2**20 + 1))]
    with pytest.raises(Unanswered, match="too long"):
        await net.send(get(server), repeat=Repeat.NOTHING_DONE)


async def test_a_refused_connection_is_not_sent_and_tried_again(
    net: Net, step_time: StepTime
) -> None:
    nobody = Request(method="POST", url=f"http://127.0.0.1:{unused_port()}/")
    with pytest.raises(NotSent):
        await net.send(nobody, repeat=Repeat.NOTHING_DONE)
    assert len(step_time.waits) == 4


async def test_never_earlier_than_retry_after(
    net: Net, server: Scripted, step_time: StepTime
) -> None:
    server.script = [Answer(status=429, headers={"Retry-After": "2.128"})]
    await net.send(post(server), repeat=Repeat.NOTHING_DONE)
    first, second = server.received
    assert 2.128 <= second.at - first.at <= 2.128 + 0.5


async def test_a_retry_after_beyond_the_patience_is_returned_at_once(
    net: Net, server: Scripted, step_time: StepTime
) -> None:
    server.script = [Answer(status=429, headers={"Retry-After": "10"})]
    response = await net.send(post(server), repeat=Repeat.NOTHING_DONE)
    assert (response.status, response.retry_after, step_time.waits) == (429, 10.0, [])


async def test_without_retry_after_the_waits_grow(
    net: Net, server: Scripted, step_time: StepTime
) -> None:
    server.otherwise = lambda received: Answer(status=429)
    response = await net.send(get(server), repeat=Repeat.ANY)
    assert (response.status, response.attempts) == (429, 5)
    assert step_time.waits == [0.5, 1.0, 2.0, 4.0]  # half of 1, 2, 4 and 8: jitter is 0.5 here


async def test_a_call_does_not_wait_past_its_deadline(
    net: Net, server: Scripted, step_time: StepTime
) -> None:
    server.otherwise = lambda received: Answer(status=429)
    response = await net.send(get(server), repeat=Repeat.ANY, deadline=net.deadline(2.0))
    assert (response.status, step_time.waits) == (429, [0.5, 1.0])


async def test_a_body_is_made_anew_for_each_attempt(net: Net, server: Scripted) -> None:
    bodies = iter([b"first", b"second"])
    server.script = [DOWN]
    request = Request(method="POST", url=server.url, body=lambda: next(bodies))
    await net.send(request, repeat=Repeat.NOTHING_DONE)
    assert [received.body for received in server.received] == [b"first", b"second"]


async def test_when_everything_fails_few_requests_are_sent_twice(
    net: Net, server: Scripted
) -> None:
    server.otherwise = lambda received: Answer(status=429)
    for _ in range(300):
        await net.send(get(server), repeat=Repeat.ANY)
    assert len(server.received) <= 300 * 1.2


@pytest.mark.parametrize("status", [412, 429, 503])
async def test_a_key_is_held_for_all_who_share_it_as_long_as_the_service_asks(
    net: Net, server: Scripted, step_time: StepTime, status: int
) -> None:
    pace = Pace(key="tenant", limit=100, seconds=30.0)
    server.script = [Answer(status=status, headers={"Retry-After": "3"})]
    await net.send(
        get(server), repeat=Repeat.NOTHING_DONE, pace=(pace,), deadline=net.deadline(1.0)
    )
    await net.send(get(server, "/other"), repeat=Repeat.ANY, pace=(pace,))
    first, second = server.received
    assert second.at - first.at >= 3.0


async def test_more_than_the_limit_waits_for_the_window(net: Net, server: Scripted) -> None:
    pace = Pace(key="tenant", limit=3, seconds=5.0)
    for _ in range(4):
        await net.send(get(server), repeat=Repeat.ANY, pace=(pace,))
    times = [received.at for received in server.received]
    assert times[:3] == [1000.0] * 3
    assert times[3] >= 1005.0


async def test_a_wait_for_the_window_beyond_the_patience_is_refused(
    net: Net, server: Scripted
) -> None:
    pace = Pace(key="tenant", limit=1, seconds=30.0)
    await net.send(get(server), repeat=Repeat.ANY, pace=(pace,))
    with pytest.raises(Paced) as raised:
        await net.send(get(server), repeat=Repeat.ANY, pace=(pace,))
    assert raised.value.retry_after == 30.0
    assert len(server.received) == 1


async def test_five_failures_in_a_row_open_the_circuit_for_a_while(
    net: Net, server: Scripted, step_time: StepTime
) -> None:
    server.script = [Answer(status=500)] * 5
    for _ in range(5):
        await net.send(post(server), repeat=Repeat.NOTHING_DONE)
    with pytest.raises(CircuitOpen):
        await net.send(post(server), repeat=Repeat.NOTHING_DONE, deadline=net.deadline(0.5))
    assert len(server.received) == 5
    step_time.time += 1.0
    assert (await net.send(post(server), repeat=Repeat.NOTHING_DONE)).ok


async def test_only_one_probe_goes_out_and_the_others_wait_for_it(
    net: Net, server: Scripted, step_time: StepTime
) -> None:
    server.script = [Answer(status=500)] * 5
    for _ in range(5):
        await net.send(post(server), repeat=Repeat.NOTHING_DONE)
    step_time.time += 1.0
    server.script = [Answer(status=500, stall=0.05)]  # the probe fails
    outcomes = await asyncio.gather(
        *(
            net.send(post(server), repeat=Repeat.NOTHING_DONE, deadline=net.deadline(1.5))
            for _ in range(5)
        ),
        return_exceptions=True,
    )
    assert len(server.received) == 6
    assert sum(isinstance(outcome, CircuitOpen) for outcome in outcomes) == 4


async def test_a_cancelled_probe_leaves_the_way_free(
    net: Net, server: Scripted, step_time: StepTime
) -> None:
    server.script = [Answer(status=500)] * 5
    for _ in range(5):
        await net.send(post(server), repeat=Repeat.NOTHING_DONE)
    step_time.time += 1.0
    arrived = asyncio.Event()

    def stall(received: Received) -> Answer:
        arrived.set()
        return Answer(stall=10.0)

    server.otherwise = stall
    probe = asyncio.create_task(net.send(post(server), repeat=Repeat.NOTHING_DONE))
    await arrived.wait()
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    server.otherwise = lambda received: Answer()
    assert (await net.send(post(server), repeat=Repeat.NOTHING_DONE)).ok


async def test_one_host_failing_does_not_stop_another(net: Net, server: Scripted) -> None:
    nobody = Request(method="POST", url=f"http://127.0.0.1:{unused_port()}/")
    for _ in range(2):
        with pytest.raises(NotSent):
            await net.send(nobody, repeat=Repeat.NOTHING_DONE)
    assert (await net.send(get(server), repeat=Repeat.ANY)).ok


async def test_a_cancelled_call_is_not_sent_again(server: Scripted) -> None:
    waiting = asyncio.Event()

    async def sleep(seconds: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    server.otherwise = lambda received: DOWN
    async with Net(sleep=sleep) as net:
        call = asyncio.create_task(net.send(post(server), repeat=Repeat.NOTHING_DONE))
        await waiting.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    assert len(server.received) == 1


async def test_closing_ends_a_call_that_is_under_way(server: Scripted) -> None:
    arrived = asyncio.Event()

    def stall(received: Received) -> Answer:
        arrived.set()
        return Answer(stall=10.0)

    server.otherwise = stall
    net = Net()
    call = asyncio.create_task(net.send(post(server), repeat=Repeat.NOTHING_DONE))
    await arrived.wait()
    await net.aclose()
    async with asyncio.timeout(3):
        with pytest.raises(Unanswered):
            await call


async def test_a_client_that_was_never_used_closes() -> None:
    await Net().aclose()
