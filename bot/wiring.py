"""Runs the bot in the mode that the settings ask for, from the first line to the exit code."""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
import sys
import time
from collections.abc import Callable

from bot.observability import set_up_logging
from bot.service.errors import ConfigurationError
from bot.settings import Settings, read_settings
from bot.stopping import stop_on_signals
from bot.wiring_tenant import tenant_bot

_EX_UNAVAILABLE = 69
_EX_CONFIG = 78


def run(started: float) -> int:
    """Run the bot until SIGINT or SIGTERM; return the process's exit code.

    `started` is the reading of time.perf_counter when the program started. What cannot be is one
    clear line on standard error for each problem: 78 for settings, 69 for a port that is taken.
    """
    try:
        settings = read_settings()
    except ConfigurationError as error:
        return _refuse(error)
    set_up_logging(settings.log_level, settings.log_format)
    try:
        stop_telemetry = _telemetry(settings.otel_exporter_otlp_endpoint)
    except ConfigurationError as error:
        return _refuse(error)
    try:
        return _run(settings, started)
    finally:
        stop_telemetry()


def _telemetry(endpoint: str | None) -> Callable[[], None]:
    """Send traces and metrics, where there is somewhere to send them; return what ends it."""
    if endpoint is None:
        return lambda: None
    try:
        from bot.observability import otel  # an extra, and slow to load
    except ImportError as error:
        raise ConfigurationError(
            ["OTEL_EXPORTER_OTLP_ENDPOINT needs the extra: pip install 'presence-bot[otel]'"]
        ) from error
    return otel.start(endpoint)


def _run(settings: Settings, started: float) -> int:
    try:
        listener = _listen(settings)
    except OSError as error:
        sys.stderr.write(f"presence-bot: {_why_not(settings, error)}\n")
        return _EX_UNAVAILABLE
    with listener:
        try:
            asyncio.run(_serve(settings, listener, started))
        except ConfigurationError as error:
            return _refuse(error)
    return 0


def _refuse(error: ConfigurationError) -> int:
    for problem in error.problems:
        sys.stderr.write(f"presence-bot: {problem}\n")
    return _EX_CONFIG


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would allow two listeners on one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener


def _why_not(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {settings.port} is taken by another program:"
            " stop that one, or set PORT to another number"
        )
    return f"cannot listen on {settings.host}:{settings.port}: {error.strerror}"


async def _serve(settings: Settings, listener: socket.socket, started: float) -> None:
    stop = stop_on_signals(asyncio.get_running_loop())
    if settings.tenant is None:
        from bot.wiring_playground import playground  # a tenant's bot needs no memory for it

        async with playground(settings, listener) as bot:
            await _until(stop, f"Presence bot, playground: {bot.url}/", started)
    else:
        async with tenant_bot(settings, listener):
            port = listener.getsockname()[1]
            where = f"http://{settings.host}:{port}"
            await _until(stop, f"Presence bot, tenant: {where}/", started)


async def _until(stop: asyncio.Event, said: str, started: float) -> None:
    """Say that the bot serves, and wait for its end."""
    # Start-up garbage would be walked through again and again: stalls of 30 to 60 ms.
    gc.collect()
    gc.freeze()
    gc.enable()  # a program may have put it off until here
    sys.stdout.write(f"{said} (ready in {time.perf_counter() - started:.1f} s, Ctrl-C ends)\n")
    sys.stdout.flush()
    await stop.wait()
