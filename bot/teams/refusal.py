"""Why a request is turned away at the edge."""

from __future__ import annotations


class Refused(Exception):
    """The request is answered with an HTTP status (4xx) and a sentence, and changes nothing."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Malformed(Refused):
    """The body is not an activity: 400."""

    def __init__(self, sentence: str) -> None:
        super().__init__(400, sentence)
