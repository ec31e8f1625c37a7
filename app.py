"""Start the bot: `python app.py`. What it is made of is decided in `bot/wiring.py`."""

import time

_STARTED = time.perf_counter()  # before the imports: they are most of the start-up time

import sys  # noqa: E402 - see above

from bot.wiring import run  # noqa: E402 - see above

if __name__ == "__main__":
    sys.exit(run(_STARTED))
