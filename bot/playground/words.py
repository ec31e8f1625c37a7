"""Names that Graph's values have, as people write them."""

from __future__ import annotations

import re

_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def in_words(name: str) -> str:
    """Return a name such as DoNotDisturb as words: Do not disturb."""
    return " ".join(_PARTS.split(name)).capitalize()
