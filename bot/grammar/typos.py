"""Forgives typos of one or two letters in words that the lexicon knows."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

_SHORTEST = 4
_TWO_ERRORS_FROM = 7


@lru_cache(maxsize=4096)
def corrected(word: str, vocabulary: tuple[str, ...]) -> str:
    """Return the known word that `word` is a typo of, or `word` itself.

    One letter in a word of four to six, two in a longer one; a swap counts as one. Either the
    first or the last letter stays.
    """
    if len(word) < _SHORTEST or len(word) > 24:
        return word
    allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    found = extractOne(word, vocabulary, scorer=OSA.distance, score_cutoff=allowed)
    if found is None:
        return word
    best = str(found[0])
    kept = best[0] == word[0] or (best[-1] == word[-1] and len(word) > 4)
    swapped = sorted(best) == sorted(word)
    return best if kept or swapped else word
