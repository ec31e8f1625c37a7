"""What is loaded before anybody speaks, and what only when somebody needs it."""

from __future__ import annotations

import subprocess
import sys

from tests.running import ROOT


def test_dateparser_is_loaded_for_the_first_date_that_needs_it() -> None:
    script = (
        "import sys\n"
        "from bot.grammar.machine import moment_of\n"
        "from bot.grammar.understand import Grammar\n"
        "grammar = Grammar()\n"
        "grammar.warm_up()\n"
        "moment = moment_of('2026-03-10T10:30:00', 'Europe/Berlin', 'en')\n"
        "for text in sys.argv[1:]:\n"
        "    found = grammar.when(text, moment)\n"
        "    print(found.values['start'] if found else None, 'dateparser' in sys.modules)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, "13 March 2026", "2026 March 13"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    day = "2026-03-13T00:00:00"
    assert run.stdout.splitlines() == [f"{day} False", f"{day} True"]
