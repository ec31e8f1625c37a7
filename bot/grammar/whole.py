"""Utterances that mean something only as a whole: small talk, "home", "settings", "help".

They are read in every language, whichever the person's Teams has: who asks for help, or for their
own language, does so in it.

They stand in a lexicon's `[options.whole]`, by what they mean. Nothing may come before or after
them: "thanks" is small talk, "thanks, busy until 3" is a status.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from bot.domain.commands import Command, Help, ShowStatus
from bot.domain.own_commands import ListPresets, SetLanguage, ShowSettings, SmallTalk, Talk
from bot.grammar import lexicon as lexicons
from bot.grammar.normalise import Prepared, prepare

_MEANINGS: Mapping[str, Command] = {
    "help": Help(),
    "home": ShowStatus(),
    "presets": ListPresets(),
    "settings": ShowSettings(),
    **{talk.value: SmallTalk(about=talk) for talk in Talk},
}
_AROUND = " \t\r\n.,;:!?¡¿()…~)。，！？、"


def whole(prepared: Prepared, codes: Iterable[str]) -> Command | None:
    """Return what the whole utterance means in the first of these languages that knows it."""
    said = _bare(prepared)
    for code in codes:
        found = _utterances(code).get(said)
        if found is not None:
            return found
    return None


def _bare(prepared: Prepared) -> str:
    return " ".join(prepared.folded.replace(",", " ").strip(_AROUND).split())


@cache
def _utterances(code: str) -> Mapping[str, Command]:
    table = lexicons.load(code).option("whole", {})
    meanings = {**_MEANINGS, "language": SetLanguage(language=code)}
    return {
        _bare(prepare(said)): meanings[meaning]
        for meaning, utterances in table.items()
        for said in utterances
    }
