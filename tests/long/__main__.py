"""Long forms of tests, one at a time: `python -m tests.long NAME` runs tests/long/NAME.py."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def main() -> int:
    names = sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("__")
    )
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        sys.stderr.write(f"python -m tests.long NAME, where NAME is one of: {', '.join(names)}\n")
        return 2
    return int(importlib.import_module(f"tests.long.{sys.argv[1]}").main(sys.argv[2:]))


if __name__ == "__main__":
    sys.exit(main())
