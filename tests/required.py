"""What a test needs that a machine may lack."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(what: str, *, module: bool = False) -> NoReturn:
    """Skip the test, or with `module` the whole file; fail it where REQUIRE_ALL=1, as CI sets."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{what}, and REQUIRE_ALL=1 asks for it", pytrace=False)
    pytest.skip(reason=f"this machine lacks it: {what}", allow_module_level=module)
