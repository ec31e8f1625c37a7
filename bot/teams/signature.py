"""What a button carries, signed: for one person, for a day, and once where it changes something.

The data is in the client's hands. What comes back with an unknown or altered signature, from
another person, or too late, is a press of nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from bot.domain.commands import Command
from bot.domain.own_commands import ChangeSettings
from bot.domain.person import Person
from bot.domain.plan_commands import FillInPlan
from bot.keyring import Keyring
from bot.service.codec import dump_command
from bot.service.conversation import changes_something
from bot.service.ports import Clock

VERSION = 2
LIFE = timedelta(hours=24)
_SKEW = timedelta(minutes=5)  # between the clocks of two instances
_PURPOSE = "card-signature"
_SIGNED = ("v", "command", "kid", "nonce", "at", "owner", "once", "about")
# What the client fills in itself: the fields of the settings card, and those of a plan's.
_FILLED_IN = {
    "ChangeSettings": tuple(field.name for field in fields(ChangeSettings)),
    "FillInPlan": tuple(one.name for one in fields(FillInPlan) if one.name != "ref"),
}
_LONGEST_INPUT = 64
_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


class Distrust(StrEnum):
    """Why a press is not carried out."""

    FORGED = "forged"  # not ours, or altered
    OTHER = "other"  # another person's button
    OLD = "old"  # more than a day old


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed:
    """A button's command as JSON; `once` is the same for every press of it, where it counts once.

    Where it is not believed, `command` is `{"refused": reason}`, which is no command.
    """

    command: Mapping[str, Any]
    once: str | None = None
    believed: bool = True


def _refused(reason: Distrust) -> Pressed:
    return Pressed(command={"refused": reason.value}, believed=False)


class CardSigner:
    """Signs what buttons carry, and reads it back."""

    def __init__(self, *, keyring: Keyring, clock: Clock) -> None:
        self._keyring = keyring
        self._clock = clock
        # The signature makes a button hard to guess; the nonce only has to be unlike all others.
        self._prefix = secrets.token_urlsafe(12)
        self._numbers = itertools.count()

    def data(
        self, command: Command, person: Person, *, about: str | None = None
    ) -> dict[str, Any]:
        """Return what a button that carries out `command` for `person` sends when pressed.

        `about` is the journal entry that the card is about.
        """
        key = self._keyring.active(_PURPOSE)
        data: dict[str, Any] = {
            "v": VERSION,
            "command": dump_command(command),
            "kid": key.id,  # not "key": such a button does nothing in Agents Playground 0.2.28
            "nonce": f"{self._prefix}{next(self._numbers)}",
            "at": int(self._clock.now().timestamp()),
            "owner": _owner(person, key.secret),
            "once": changes_something(command),
            "about": about,
        }
        return {**data, "mac": _mac(data, key.secret)}

    def read(self, data: object, person: Person) -> Pressed:
        """Return what `person` pressed; of a card's inputs, only those that its command takes."""
        if not isinstance(data, dict) or data.get("v") != VERSION:
            return _refused(Distrust.FORGED)
        name, at, mac = data.get("kid"), data.get("at"), data.get("mac")
        if not (isinstance(name, str) and type(at) is int and isinstance(mac, str)):
            return _refused(Distrust.FORGED)
        key = self._keyring.find(_PURPOSE, name)
        if key is None or not _same(mac, _mac(data, key.secret)):
            return _refused(Distrust.FORGED)
        if not _same(str(data["owner"]), _owner(person, key.secret)):
            return _refused(Distrust.OTHER)
        age = self._clock.now().timestamp() - at
        if not -_SKEW.total_seconds() <= age <= LIFE.total_seconds():
            return _refused(Distrust.OLD)
        once = f"press|{person}|{mac}" if data["once"] else None
        command = {**data["command"], **_filled_in(data)}
        if data["about"] is not None:
            command["about"] = data["about"]
        return Pressed(command=command, once=once)


def _filled_in(data: Mapping[str, Any]) -> dict[str, str]:
    names = _FILLED_IN.get(data["command"].get("do"), ())
    return {
        name: value
        for name in names
        if isinstance(value := data.get(name), str) and len(value) <= _LONGEST_INPUT
    }


def _same(given: str, expected: str) -> bool:
    return given.isascii() and hmac.compare_digest(given, expected)


@lru_cache(maxsize=16)
def _keyed(secret: bytes) -> hmac.HMAC:
    return hmac.new(secret, digestmod=hashlib.sha256)


def _digest(secret: bytes, content: str) -> str:
    code = _keyed(secret).copy()  # to look up the digest and to mix in the key costs the most
    code.update(content.encode())
    return base64.urlsafe_b64encode(code.digest()).rstrip(b"=").decode()


@lru_cache(maxsize=1024)
def _owner(person: Person, secret: bytes) -> str:
    return _digest(secret, f"owner {person}")[:22]


def _mac(data: Mapping[str, Any], secret: bytes) -> str:
    signed = [data.get(name) for name in _SIGNED]
    return _digest(secret, _json.encode(signed))
