"""Run a long form of a test by its module's name: `python -m tests.long <name>`."""

from __future__ import annotations

import importlib
import pkgutil
import sys

from tests import long

NAMES = sorted(
    module.name for module in pkgutil.iter_modules(long.__path__) if module.name != "__main__"
)


def main(arguments: list[str]) -> int:
    """Run the named form and return its exit code: 0 where it held what it promises."""
    if len(arguments) != 1 or arguments[0] not in NAMES:
        print(f"usage: python -m tests.long {{{','.join(NAMES)}}}", file=sys.stderr)  # noqa: T201  # a command line
        return 2
    module = importlib.import_module(f"tests.long.{arguments[0]}")
    code: int = module.main()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
