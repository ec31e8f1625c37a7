"""A button's data in hostile hands."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.commands import Command, Extend, Help, ShowStatus, Undo
from bot.domain.person import Person
from bot.keyring import Keyring
from bot.service.codec import load_command
from bot.teams.signature import CardSigner

ANNA = Person(tenant="t1", oid="anna")
OLD, NEW = ("2025", b"o" * 32), ("2026", b"n" * 32)


class SetClock:
    """Tells the time it is set to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def signer(clock: SetClock) -> CardSigner:
    return CardSigner(keyring=Keyring([NEW, OLD]), clock=clock)


EXTEND = Extend(by=timedelta(minutes=30))


def reason(signer: CardSigner, data: object, person: Person = ANNA) -> object:
    pressed = signer.read(data, person)
    assert pressed.once is None
    assert not pressed.believed
    return pressed.command["refused"]


def test_what_was_signed_comes_back_through_json(signer: CardSigner) -> None:
    data = json.loads(json.dumps(signer.data(EXTEND, ANNA), sort_keys=True))
    pressed = signer.read({**data, "an input": "of the card"}, ANNA)
    assert pressed.believed
    assert load_command(pressed.command) == EXTEND


@pytest.mark.parametrize(
    "person", [Person(tenant="t1", oid="ben"), Person(tenant="t2", oid="anna")]
)
def test_a_button_is_for_one_person_of_one_tenant(signer: CardSigner, person: Person) -> None:
    assert reason(signer, signer.data(EXTEND, ANNA), person) == "other"


def test_the_data_does_not_name_the_person(signer: CardSigner) -> None:
    assert "anna" not in json.dumps(signer.data(EXTEND, ANNA))


@pytest.mark.parametrize(
    ("age", "believed"),
    [
        (timedelta(0), True),
        (timedelta(hours=24), True),
        (timedelta(hours=24, seconds=1), False),
        (timedelta(minutes=-5), True),
        (timedelta(minutes=-6), False),
    ],
)
def test_a_button_lives_for_a_day(
    signer: CardSigner, clock: SetClock, age: timedelta, believed: bool
) -> None:
    data = signer.data(EXTEND, ANNA)
    clock.time += age
    assert signer.read(data, ANNA).believed is believed
    if not believed:
        assert reason(signer, data) == "old"


@pytest.mark.parametrize(
    "change",
    [
        {"command": {"do": "Undo"}},
        {"command": {"do": "Extend", "by": 1801}},
        {"command": None},
        {"command": []},
        {"nonce": "x"},
        {"nonce": None},
        {"at": 0},
        {"at": 10**400},
        {"at": "1773135000"},
        {"at": 1773135000.0},
        {"at": True},
        {"once": False},
        {"once": None},
        {"owner": "x"},
        {"owner": None},
        {"kid": "2025"},
        {"kid": "none such"},
        {"kid": None},
        {"kid": {"a": 1}},
        {"mac": ""},
        {"mac": "ü"},
        {"mac": None},
        {"mac": 5},
        {"v": 3},
        {"v": "1"},
        {"v": None},
    ],
    ids=str,
)
def test_whatever_is_altered_is_forged(signer: CardSigner, change: dict[str, Any]) -> None:
    assert reason(signer, {**signer.data(EXTEND, ANNA), **change}) == "forged"


@settings(deadline=None)  # the machine may be busy
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["v", "command", "kid", "nonce", "at", "owner", "mac", "x"]), inner
            )
        ),
    )
)
def test_no_other_data_is_believed(data: object) -> None:
    signer = CardSigner(keyring=Keyring([NEW]), clock=SetClock())
    assert reason(signer, data) == "forged"


def test_the_key_of_another_purpose_does_not_sign_cards(signer: CardSigner) -> None:
    other = CardSigner(keyring=Keyring([("2026", b"x" * 32)]), clock=SetClock())
    assert reason(signer, other.data(EXTEND, ANNA)) == "forged"


def test_a_button_signed_with_an_older_key_still_works(
    signer: CardSigner, clock: SetClock
) -> None:
    before = CardSigner(keyring=Keyring([OLD]), clock=clock)
    assert signer.read(before.data(EXTEND, ANNA), ANNA).believed
    assert signer.data(EXTEND, ANNA)["kid"] == "2026"


@pytest.mark.parametrize(
    ("command", "counts_once"),
    [(EXTEND, True), (Undo(), True), (Help(), False), (ShowStatus(), False)],
)
def test_what_changes_something_counts_once(
    signer: CardSigner, command: Command, counts_once: bool
) -> None:
    data = signer.data(command, ANNA)
    first, second = signer.read(data, ANNA).once, signer.read(data, ANNA).once
    assert first == second
    assert (first is not None) is counts_once


def test_two_buttons_of_one_card_count_once_each(signer: CardSigner) -> None:
    buttons = [signer.data(EXTEND, ANNA), signer.data(EXTEND, ANNA)]
    assert len({signer.read(data, ANNA).once for data in buttons}) == 2
