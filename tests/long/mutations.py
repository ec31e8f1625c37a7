"""Every check that holds the door is taken out in turn, and tests must fail each time."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.security.mutations import MUTATIONS, survives


def main(arguments: list[str]) -> int:
    """Run all mutations, or those that are named; one that no test notices is an error."""
    unnoticed = []
    for name in arguments or MUTATIONS:
        with tempfile.TemporaryDirectory() as folder:
            said = survives(name, Path(folder))
        sys.stdout.write(f"{'noticed' if said is None else 'NOT NOTICED'}: {name}\n")
        sys.stdout.flush()
        if said is not None:
            unnoticed.append(name)
            sys.stdout.write(said[-2000:])
    count = len(arguments or MUTATIONS)
    sys.stdout.write(f"{count - len(unnoticed)} of {count} mutations were noticed\n")
    return 1 if unnoticed else 0
