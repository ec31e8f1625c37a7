"""How a process that serves is told to end."""

from __future__ import annotations

import asyncio
import signal
from types import FrameType


def stop_on_signals(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set; the second one ends the process at once.

    Call it on the main thread.
    """
    stop = asyncio.Event()

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        signal.signal(number, signal.SIG_DFL)  # who asks again does not want to wait
        loop.call_soon_threadsafe(stop.set)

    # Not loop.add_signal_handler: Windows has none.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    return stop
