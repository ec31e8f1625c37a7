"""Start the bot: `python app.py`. What it is made of is decided in `bot/wiring.py`."""

import time

_STARTED = time.perf_counter()  # before the imports: they are most of the start-up time

import gc  # noqa: E402 - see above

gc.disable()  # until the bot is up: next to nothing of what a start makes is garbage

import sys  # noqa: E402 - see above

from bot.wiring import run  # noqa: E402 - see above

if __name__ == "__main__":
    sys.exit(run(_STARTED))
