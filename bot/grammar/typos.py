"""Forgives typos of one or two letters in words that the lexicon knows."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_SHORTEST = 4
_TWO_ERRORS_FROM = 7


@lru_cache(maxsize=4096)
def corrected(word: str, vocabulary: tuple[str, ...]) -> str:
    """Return the known word that `word` is a typo of, or `word` itself.

    One letter in a word of four to six, two in a longer one; a swap counts as one, and the right
    letters in a wrong order behind the first are a typo too. Either the first or the last letter
    stays.
    """
    if len(word) < _SHORTEST or len(word) > 24:
        return word
    allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    found = extract(word, vocabulary, scorer=OSA.distance, score_cutoff=2, limit=25)
    near = sorted(
        (distance, str(known)[0] != word[0], str(known))
        for known, distance, _ in found
        if distance <= allowed or (known[0] == word[0] and sorted(known) == sorted(word))
    )
    for _, _, known in near:
        # "usy" is busy, but "season" no reason: a wrong first letter makes another word.
        other = len(known) == len(word) and known[1:] == word[1:]
        kept = known[0] == word[0] or (
            known[-1] == word[-1] and len(word) > _SHORTEST and not other
        )
        if kept or sorted(known) == sorted(word):
            return known
    return word
