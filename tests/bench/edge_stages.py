"""What each stage of a turn costs in CPU, measured where the stages begin and end.

A stage is a method of the bot's own. Each step of it is timed by the CPU clock of the main
thread, so that neither waiting nor other threads count; what runs within another stage counts
there alone. Two readings of that clock for each of some forty steps are in the figures.
"""

from __future__ import annotations

import functools
import time
import types
from collections import defaultdict
from collections.abc import Callable, Coroutine, Generator
from inspect import iscoroutinefunction
from typing import Any

from bot.graph.client import GraphPresence
from bot.service.conversation import Conversation
from bot.service.turns import Turns
from bot.store.store import SqlStore
from bot.teams.auth import ConnectorCheck
from bot.teams.inbound import Inbound
from bot.teams.messenger import CardMessenger

REST = "event loop, sockets, parsers"
THREADS = "other threads: the store"

_STAGES: tuple[tuple[str, type, tuple[str, ...]], ...] = (
    ("request: form, dispatch", Inbound, ("receive",)),
    ("token check", ConnectorCheck, ("check",)),
    ("inbox", SqlStore, ("receive",)),
    ("store, asked for the rest", SqlStore, ("person", "finish_turn", "sent")),
    ("words", Conversation, ("read",)),
    ("Graph, with HTTP", GraphPresence, ("read", "set_preferred", "set_message")),
    ("card", CardMessenger, ("compose",)),
    ("connector, with HTTP", CardMessenger, ("deliver",)),
    ("turn around these", Turns, ("_work_off",)),
)


class Stages:
    """Keeps the seconds of CPU of every stage since the last `begin`."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = defaultdict(float)
        self._within: list[str] = []
        self._since = self._main = self._process = 0.0

    def begin(self) -> None:
        """Count from now on."""
        self._spent.clear()
        self._main, self._process = time.thread_time(), time.process_time()

    def spent(self) -> dict[str, float]:
        """Return the seconds of each stage, of the rest of this thread, and of other threads."""
        main = time.thread_time() - self._main
        threads = time.process_time() - self._process - main
        stages = {name: self._spent[name] for name, _, _ in _STAGES}
        return {**stages, REST: main - sum(stages.values()), THREADS: threads}

    def install(self) -> None:
        """Time the methods of every stage from now on."""
        for name, owner, methods in _STAGES:
            for method in methods:
                setattr(owner, method, self._timed(name, getattr(owner, method)))

    def _timed(self, stage: str, method: Callable[..., Any]) -> Callable[..., Any]:
        if iscoroutinefunction(method):

            @functools.wraps(method)
            async def stepped(*args: Any, **kwargs: Any) -> Any:
                return await self._steps(stage, method(*args, **kwargs))

            return stepped

        @functools.wraps(method)
        def called(*args: Any, **kwargs: Any) -> Any:
            self._enter(stage)
            try:
                return method(*args, **kwargs)
            finally:
                self._leave()

        return called

    @types.coroutine
    def _steps(self, stage: str, work: Coroutine[Any, Any, Any]) -> Generator[Any, Any, Any]:
        step: Callable[[], Any] = functools.partial(work.send, None)
        while True:
            self._enter(stage)
            try:
                waits_for = step()
            except StopIteration as end:
                return end.value
            finally:
                self._leave()
            try:
                step = functools.partial(work.send, (yield waits_for))
            except BaseException as error:  # cancelled, for one: the work is to hear of it
                step = functools.partial(work.throw, error)

    def _enter(self, stage: str) -> None:
        self._charge()
        self._within.append(stage)

    def _leave(self) -> None:
        self._charge()
        self._within.pop()

    def _charge(self) -> None:
        now = time.thread_time()
        if self._within:
            self._spent[self._within[-1]] += now - self._since
        self._since = now
