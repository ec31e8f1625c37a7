"""What holds for any text, and the limits of issue 2."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.moment import Moment
from bot.domain.own_commands import SetEndReminders, UsePreset
from bot.grammar.machine import as_json, moment_of
from bot.grammar.reading import Ambiguous, NotUnderstood, Reading, Understood
from bot.grammar.understand import Grammar

GRAMMAR = Grammar()
MOMENT: Moment = moment_of("2026-03-10T10:30:00", "Europe/Berlin", "en")
WORDS = st.lists(
    st.sampled_from([
        "busy", "away", "until", "till", "3", "pm", "tomorrow", "for", "2", "hours", "every",
        "monday", ",", ":", '"', "'", "(", ")", "say", "message", "not", "don't", "remind", "me",
        "to", "clear", "my", "status", "<at>Bot</at>", "bis", "um", "Uhr", "忙碌", "到", "三点",
        "на", "час", "pendant", "or", "oder", "или", "o", "或", "back", "session", "location",
        "until 5", "next", "15.", "31/12", "now", "everything", "<blockquote>", "</blockquote>",
        "😀", "🔕",
    ]),
    max_size=12,
).map(" ".join)  # fmt: skip


def read(text: str) -> Reading:
    return GRAMMAR.understand(text, MOMENT)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | WORDS)
def test_any_text_gives_a_reading_and_never_an_exception(text: str) -> None:
    assert isinstance(read(text), Understood | Ambiguous | NotUnderstood)
    GRAMMAR.when(text, MOMENT)
    for language in GRAMMAR.codes:
        GRAMMAR.understand(text, moment_of("2026-03-10T10:30:00", "Asia/Tokyo", language))


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_letter_case_and_outer_white_space_do_not_change_the_command(text: str) -> None:
    def shown(words: str) -> str:
        return str(as_json(read(words), MOMENT)).lower()

    assert shown(f"  {text.upper()}\n") == shown(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "problem-empty"),
        (" \n\t ", "problem-empty"),
        ("🦄🦄", "problem-empty"),
        ("x" * 10_000, "problem-too-long"),
        ("busy for 0 minutes", "problem-no-length"),
        ("busy until yesterday", "problem-past"),
        ("busy for 99999999999 years", "problem-too-far"),
        ("busy for 30 seconds", "problem-too-short"),
        ("busy until 25:00", "problem-impossible-time"),
        ("away until 31 February", "problem-impossible-time"),
        ("don't set me to busy", "problem-negated"),
        ("set John's status to away", "problem-other-person"),
        ("30 more minutes", "problem-nothing-running"),
        ("the quick brown fox", "problem-not-understood"),
    ],
)
def test_what_cannot_be_done_says_why(text: str, problem: str) -> None:
    reading = read(text)
    assert isinstance(reading, NotUnderstood), reading
    assert reading.problem.key == problem


def test_a_message_of_281_characters_is_refused_with_its_count() -> None:
    reading = read(f'busy for 1 hour, say "{"m" * 281}"')
    assert isinstance(reading, NotUnderstood)
    assert reading.problem.values["count"] == 281


def test_a_message_of_280_characters_is_kept() -> None:
    reading = read(f'busy for 1 hour, say "{"m" * 280}"')
    assert isinstance(reading, Understood)


@pytest.mark.parametrize(
    ("text", "assumed"),
    [
        ("busy until 3", {"3": "15:00"}),
        ("busy until 3pm", {}),
        ("busy until 15:00", {}),
        ("busy from 2 to 4", {"2": "14:00", "4": "16:00"}),
        ("busy tomorrow from 9 to 5", {"9": "09:00", "5": "17:00"}),
        ("busy tomorrow 2-4pm", {}),
        ("busy every day from 2 to 4", {"2": "14:00", "4": "16:00"}),
        ("remind me every Monday at 8 to plan", {"8": "08:00"}),
        ("remind me at 4 to call", {"4": "16:00"}),
        ("keep me available until 5", {"5": "17:00"}),
        ("show me as presenting until 5", {"5": "17:00"}),
        ("set my working hours to 8 to 4", {"8": "08:00", "4": "16:00"}),
        ("away until 3/4", {"3/4": "2026-04-03"}),
        ("away until 31/4", None),
        ("away until 4/4", {}),
        ("away until 31/3", {}),
        ("busy next Friday from 14:00 to 15:00", {"next Friday": "2026-03-13"}),
        ("away until next friday", {"next friday": "2026-03-13"}),
        ("busy on Tuesday from 14:00 to 15:00", {"Tuesday": "2026-03-17"}),
        ("busy on Tuesday from 08:00 to 09:00", {}),  # today that is over
        ("busy this Friday from 14:00 to 15:00", {}),
        ("busy next Tuesday from 14:00 to 15:00", {}),
        ("nächsten Freitag von 14 bis 15 Uhr beschäftigt", {"nächsten Freitag": "2026-03-13"}),
        ("occupé vendredi prochain de 14h à 15h", {"vendredi prochain": "2026-03-13"}),
        ("ocupado el próximo viernes de 14:00 a 15:00", {"próximo viernes": "2026-03-13"}),
        ("занят в следующую пятницу с 14:00 до 15:00", {"следующую пятницу": "2026-03-13"}),
        ("周二14点到15点忙碌", {"周二": "2026-03-17"}),
        ("beschäftigt bis 3 Uhr", {"3": "15:00"}),
    ],
)
def test_what_was_assumed_is_said(text: str, assumed: dict[str, str] | None) -> None:
    """Whatever could have been meant otherwise: half of the day, day and month."""
    reading = read(text)
    if assumed is None:
        assert isinstance(reading, NotUnderstood)
        return
    assert isinstance(reading, Understood)
    told = {}
    for phrase in reading.assumptions:
        value = phrase.values.get("end", phrase.values.get("day"))
        if isinstance(value, datetime):
            told[phrase.values["said"]] = MOMENT.wall(value).strftime("%H:%M")
        else:
            told[phrase.values["said"]] = str(value)
    assert told == assumed


def test_an_own_preset_wins_over_the_built_in_reading() -> None:
    reading = GRAMMAR.understand("Focus", MOMENT, presets=("focus",))
    assert isinstance(reading, Understood)
    assert reading.command == UsePreset(name="focus")


def test_end_reminders_can_be_turned_off() -> None:
    reading = read("don't remind me")
    assert isinstance(reading, Understood)
    assert reading.command == SetEndReminders(on=False)


def test_what_is_not_understood_names_examples_that_are() -> None:
    reading = read("bzy fr two hrz pls now ok")
    assert isinstance(reading, NotUnderstood)
    assert len(reading.nearest) == 3
    assert all(isinstance(read(example), Understood) for example in reading.nearest)


BUSY = {
    "en": "busy for 1 hour", "de": "beschäftigt für 1 Stunde", "fr": "occupé pendant 1 heure",
    "es": "ocupado durante 1 hora", "ru": "занят на 1 час", "zh": "忙碌1小时",
}  # fmt: skip
AROUND = [
    "<blockquote>away until 5</blockquote><p>{}</p>",
    '<blockquote itemscope itemtype="http://schema.skype.com/Reply"><strong>Bo</strong>'
    "<p>don't</p></blockquote>\n<p>{}</p>",
    "> nicht stören\n> bis 5\n{}",
    "<at>Presence Bot</at> {}",
    "<at>Presence Bot</at>&nbsp;{}",
    "<div><div>{}</div></div>",
    "/{}",
    "{} 🙏",
    "👋 {} 🙂",
    "{}&nbsp;",
    "*{}*",
    "{}!!!",
    "{}\u200b",
    "\u200e{}",
    "{} <br>",
    "&#128308; {}",
]


@pytest.mark.parametrize("language", list(BUSY))
@pytest.mark.parametrize("around", AROUND)
def test_what_teams_puts_around_the_words_is_not_read(language: str, around: str) -> None:
    """Quoted replies, mentions, markup, entities, emoji, a slash, invisible characters."""
    moment = moment_of("2026-03-10T10:30:00", "Europe/Berlin", language)
    answer = as_json(GRAMMAR.understand(around.format(BUSY[language]), moment), moment)
    slots = {"availability": "Busy", "end": "2026-03-10T11:30:00"}
    assert answer == {"intent": "set_status", "slots": slots}


@pytest.mark.parametrize(
    ("text", "locale", "slots"),
    [
        ("busy bis 15 Uhr", "de", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
        ("beschäftigt until 3pm", "de", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
        ("away pendant 2 heures", "fr", {"availability": "Away", "end": "2026-03-10T12:30:00"}),
        ("away hasta las 12", "es", {"availability": "Away", "end": "2026-03-10T12:00:00"}),
        ("busy до 15:00", "ru", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
        ("busy到15:00", "zh", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
        ("🔴 bis 15 Uhr", "de", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
        ("🔕 1 час", "ru", {"availability": "DoNotDisturb", "end": "2026-03-10T11:30:00"}),
        ("занят до 15:00", "en", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
        ("ocupado hasta las 15:00", "de", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
        ("occupé jusqu'à 15h", "en", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
        ("忙到下午三点", "en", {"availability": "Busy", "end": "2026-03-10T15:00:00"}),
    ],
)  # fmt: skip
def test_the_words_may_be_of_another_language_or_of_two(
    text: str, locale: str, slots: dict[str, str]
) -> None:
    moment = moment_of("2026-03-10T10:30:00", "Europe/Berlin", locale)
    answer = as_json(GRAMMAR.understand(text, moment), moment)
    assert answer == {"intent": "set_status", "slots": slots}


def test_a_reading_carries_its_trace() -> None:
    reading = read("busy for 2 hours")
    assert any("2 hours" in line for line in reading.trace)


@pytest.mark.parametrize("words", ["busy for 2 hours \nx", "busy for 2 hours\n\nwriting it up"])
def test_a_new_line_is_no_error(words: str) -> None:
    assert isinstance(read(words), Understood | Ambiguous | NotUnderstood)


@pytest.mark.parametrize(
    ("hyphenated", "spaced"),
    [
        ("busy on 13-Mar-2026", "busy on 13 Mar 2026"),
        ("busy until 13-March-2026", "busy until 13 March 2026"),
        ("beschäftigt am 13-März-2026", "beschäftigt am 13 März 2026"),
        ("occupé le 13-mars-2026", "occupé le 13 mars 2026"),
    ],
)
def test_a_date_may_have_hyphens_around_its_month(hyphenated: str, spaced: str) -> None:
    reading = read(hyphenated)
    assert isinstance(reading, Understood)
    assert as_json(reading, MOMENT) == as_json(read(spaced), MOMENT)


def test_hyphens_around_another_word_stay_what_they_are() -> None:
    assert as_json(read("busy for 2-hours-30"), MOMENT) != as_json(
        read("busy for 2 hours 30"), MOMENT
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("can you clear my status?", "clear my status"),
        ("could you please delete my status message?", "delete my status message"),
        ("can you cancel lunch?", "cancel lunch"),
        ("¿puedes borrar mi estado?", "borra mi estado"),
        ("peux-tu effacer mon statut ?", "efface mon statut"),
        ("可以清除我的状态吗？", "清除我的状态"),
    ],
)
def test_a_question_may_ask_for_what_is_to_be_cleared(asked: str, told: str) -> None:
    reading = read(asked)
    assert isinstance(reading, Understood)
    assert as_json(reading, MOMENT) == as_json(read(told), MOMENT)


@pytest.mark.parametrize(
    "asked",
    [
        "is my status cleared?",
        "did you delete my status?",
        "no longer busy?",
        "clear?",
        "¿borraste mi estado?",
        "as-tu effacé mon statut ?",
        "Status gelöscht?",
    ],
)
def test_a_question_whether_something_was_cleared_clears_nothing(asked: str) -> None:
    assert isinstance(read(asked), NotUnderstood)
