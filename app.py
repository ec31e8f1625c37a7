"""Start the bot: `python app.py`. What it is made of is decided in `bot/wiring.py`."""

from __future__ import annotations

import sys

from bot.wiring import run

if __name__ == "__main__":
    sys.exit(run())
