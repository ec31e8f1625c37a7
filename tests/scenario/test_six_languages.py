"""A whole conversation in each language: words, card, buttons, a reminder and taking it back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.domain.moment import Moment
from bot.grammar.reading import NotUnderstood, Understood
from bot.grammar.understand import Grammar
from tests.running import RunningBot
from tests.scenario.plans import BERLIN, MONDAY, go_to, new_answers, titles

NOTHING_RUNS = "problem-nothing-running"  # what an extension is without anything to extend


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """What somebody says, and what they are answered; written down by hand."""

    code: str
    ask: str
    now: str
    busy: str
    until: str
    undo: str
    soon: str
    undone: str
    nothing: str


TALKS = [
    Talk(
        code="de",
        ask="antworte auf deutsch",
        now="Ab jetzt spreche ich Deutsch mit dir",
        busy="beschäftigt für 2 Stunden, sag Workshop",
        until="Beschäftigt bis 11:30",
        undo="Rückgängig",
        soon="Beschäftigt endet bald: noch 5 Minuten",
        undone="Rückgängig gemacht",
        nothing="Das habe ich nicht verstanden",
    ),
    Talk(
        code="fr",
        ask="parle français",
        now="Désormais je te parle en français",
        busy="occupé pendant 2 heures, dis « Atelier »",
        until="Occupé jusqu’à 11:30",
        undo="Annuler",
        soon="Occupé finit bientôt : encore 5 minutes",
        undone="Annulé",
        nothing="Je n’ai pas compris",
    ),
    Talk(
        code="es",
        ask="habla español",
        now="Desde ahora hablo español contigo",
        busy="ocupado durante 2 horas, di «Taller»",
        until="Ocupado hasta 11:30",
        undo="Deshacer",
        soon="Ocupado termina pronto: quedan 5 minutos",
        undone="Deshecho",
        nothing="No lo he entendido",
    ),
    Talk(
        code="ru",
        ask="говори по-русски",
        now="Теперь бот говорит с тобой по-русски",
        busy="занят на 2 часа, напиши «Семинар»",
        until="Занят до 11:30",
        undo="Отменить",
        soon="«Занят» скоро закончится. Осталось: 5 минут",
        undone="Отменено",
        nothing="Не получилось это понять",
    ),
    Talk(
        code="zh",
        ask="说中文",
        now="从现在起我用中文和你说话",
        busy="忙碌2小时，消息“研讨会”",
        until="忙碌，到 11:30",
        undo="撤销",
        soon="忙碌即将结束，还剩 5分钟",
        undone="已撤销",
        nothing="我没有听懂",
    ),
]


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.code)
def test_who_chose_a_language_is_spoken_to_in_it_from_then_on(
    bot: RunningBot, oid: str, talk: Talk
) -> None:
    moment = go_to(bot, MONDAY, "09:30")
    assert bot.say(talk.ask, oid).title == talk.now
    card = bot.say(talk.busy, oid)
    assert (card.title, card.content["lang"]) == (talk.until, talk.code)
    before = bot.answers(oid)
    go_to(bot, MONDAY, "11:26")
    assert titles(new_answers(bot, oid, before)) == [talk.soon]
    assert bot.press(card, talk.undo, oid).title == talk.undone
    assert bot.say("flurb zonk wibble", oid).title == talk.nothing
    # What help shows is in the person's language, and understood there.
    examples = _examples(bot.say("help", oid).content)
    assert len(examples) >= 3
    for words in examples:
        spoken = Moment(now=moment, zone=BERLIN, locale=talk.code)
        reading = Grammar([talk.code]).understand(words, spoken)
        extends = isinstance(reading, NotUnderstood) and reading.problem.key == NOTHING_RUNS
        assert isinstance(reading, Understood) or extends, words


def _examples(content: dict[str, object]) -> list[str]:
    body = content["body"]
    assert isinstance(body, list)
    boxes = [one for one in body if one.get("style") == "emphasis"]
    return [item["text"].replace("\\", "") for box in boxes for item in box["items"]]
