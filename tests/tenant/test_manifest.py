"""The manifest and its localisation: Microsoft's schemas where present, our own limits always."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import jsonschema
import pytest

from bot.domain.moment import Moment
from bot.grammar import machine
from bot.grammar.reading import Understood
from bot.grammar.understand import Grammar
from bot.teams.compose import COMMAND, PARAMETER
from tests.tenant.package_files import APP_ID, LANGUAGES, ROOT, document, files, schema

LONGEST = {
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4000,
    "title": 128,
    "description": 4000,
}
# What each title means, by its place; the same in every language.
INTENTS = [
    [
        "show_status",
        "set_status",
        "set_status",
        "set_status",
        "set_status",
        "set_message",
        "clear_status",
        "undo",
        "reminder",
        "list",
        "help",
    ],
    ["show_status", "set_status", "set_status", "clear_status", "undo", "help"],
]


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = document("manifest.json")
    return found


def texts(tag: str) -> dict[str, str]:
    return {key: text for key, text in document(f"{tag}.json").items() if key != "$schema"}


def inline_texts() -> dict[str, str]:
    """Return the manifest's own texts under the keys that a localisation file uses."""
    found = manifest()
    inline = {f"name.{part}": text for part, text in found["name"].items()}
    inline |= {f"description.{part}": text for part, text in found["description"].items()}
    for i, commands in enumerate(found["bots"][0]["commandLists"]):
        for j, command in enumerate(commands["commands"]):
            at = f"bots[0].commandLists[{i}].commands[{j}]"
            inline |= {f"{at}.{part}": text for part, text in command.items()}
    for j, command in enumerate(found["composeExtensions"][0]["commands"]):
        at = f"composeExtensions[0].commands[{j}]"
        inline |= {f"{at}.{part}": command[part] for part in ("title", "description")}
        for k, parameter in enumerate(command["parameters"]):
            inline |= {
                f"{at}.parameters[{k}].{part}": parameter[part]
                for part in ("title", "description")
            }
    return inline


def test_the_message_extension_is_the_one_that_the_bot_answers() -> None:
    (extension,) = manifest()["composeExtensions"]
    (command,) = extension["commands"]
    assert extension["botId"] == APP_ID
    assert (command["id"], command["type"]) == (COMMAND, "query")
    assert [each["name"] for each in command["parameters"]] == [PARAMETER]
    assert command["context"] == ["compose", "commandBox"]  # of any chat, not of a message


@pytest.mark.parametrize("version", ["1.29", "1.30"])
def test_the_manifest_is_valid_in_microsofts_schema(version: str) -> None:
    validator = jsonschema.Draft4Validator(
        schema(f"v{version}.MicrosoftTeams.schema.json"),
        format_checker=jsonschema.FormatChecker(),
    )
    assert [error.message for error in validator.iter_errors(manifest())] == []


@pytest.mark.parametrize("version", ["1.29", "1.30"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_localisation_file_is_valid_in_microsofts_schema(version: str, tag: str) -> None:
    validator = jsonschema.Draft4Validator(
        schema(f"v{version}.MicrosoftTeams.Localization.schema.json")
    )
    assert [error.message for error in validator.iter_errors(document(f"{tag}.json"))] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_says_everything_and_nothing_else(tag: str) -> None:
    assert texts(tag).keys() == inline_texts().keys()


def test_the_default_language_is_what_the_manifest_says_itself() -> None:
    assert texts("en") == inline_texts()


def test_every_file_that_the_manifest_names_is_in_the_package() -> None:
    localisation = manifest()["localizationInfo"]
    tags = {each["languageTag"]: each["file"] for each in localisation["additionalLanguages"]}
    tags[localisation["defaultLanguageTag"]] = localisation["defaultLanguageFile"]
    assert tags == {tag: f"{tag}.json" for tag in LANGUAGES}
    assert {*tags.values(), *manifest()["icons"].values()} <= files().keys()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_texts_are_there_and_within_teams_limits(tag: str) -> None:
    for key, text in texts(tag).items():
        limit = LONGEST[key if key in LONGEST else key.rsplit(".", 1)[1]]
        if key.startswith("composeExtensions") and key.endswith("title"):
            limit = 32
        assert 0 < len(text.strip()) == len(text) <= limit, key


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_a_language_is_translated_throughout(tag: str) -> None:
    english = texts("en")
    assert [key for key, text in texts(tag).items() if text == english[key]] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_list_offers_the_same_command_twice(tag: str) -> None:
    for place in range(2):
        titles = titles_of(tag, place)
        assert len(set(titles)) == len(titles)


def test_there_are_two_command_lists_with_mention_and_slash() -> None:
    bot = manifest()["bots"][0]
    assert [(each["scopes"], each["triggers"]) for each in bot["commandLists"]] == [
        (["personal"], ["mention", "slash"]),
        (["team", "groupChat"], ["mention", "slash"]),
    ]
    assert all(len(each["commands"]) <= 12 for each in bot["commandLists"])
    assert sorted(bot["scopes"]) == ["groupChat", "personal", "team"]
    assert bot["supportsTargetedMessages"] is True  # without it Teams shows no slash commands


def test_the_app_asks_for_nothing_that_it_does_not_need() -> None:
    found = manifest()
    assert found["permissions"] == ["identity", "messageTeamMembers"]
    assert "authorization" not in found  # no resource-specific consent
    assert "devicePermissions" not in found
    assert not found["bots"][0]["supportsFiles"]


def test_the_developer_and_the_form_are_within_limits() -> None:
    found = manifest()
    assert len(found["developer"]["name"]) <= 32
    links = [text for key, text in found["developer"].items() if key != "name"]
    assert len(links) == 3
    assert all(link.startswith("https://bot.example.com/") for link in links)
    assert re.fullmatch(r"#[0-9A-Fa-f]{6}", found["accentColor"])
    assert found["id"] == APP_ID
    assert found["$schema"].endswith(f"/v{found['manifestVersion']}/MicrosoftTeams.schema.json")


def test_the_app_has_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert manifest()["version"] == project["version"]


def titles_of(tag: str, place: int) -> list[str]:
    at = f"bots[0].commandLists[{place}].commands["
    return [text for key, text in texts(tag).items() if key.startswith(at) and "].title" in key]


def _spoken() -> list[str]:
    """Return the languages of the manifest that the grammar knows so far."""
    known = {path.parent.name for path in (ROOT / "bot" / "languages").glob("*/lexicon.toml")}
    return [tag for tag in LANGUAGES if tag[:2] in known]


@pytest.mark.parametrize("tag", _spoken())
@pytest.mark.parametrize("place", [0, 1])
def test_the_grammar_understands_every_title_in_its_language(tag: str, place: int) -> None:
    moment: Moment = machine.moment_of("2026-03-10T10:30:00", "Europe/Berlin", tag)
    grammar = Grammar()
    intents = []
    for title in titles_of(tag, place):
        reading = grammar.understand(title, moment, running=None)
        assert isinstance(reading, Understood), title
        intents.append(machine.as_json(reading, moment, None)["intent"])
    assert intents == INTENTS[place]


@pytest.mark.parametrize("tag", _spoken())
def test_the_message_of_the_example_is_all_that_stands_after_the_colon(tag: str) -> None:
    title = titles_of(tag, 0)[INTENTS[0].index("set_message")]
    moment: Moment = machine.moment_of("2026-03-10T10:30:00", "Europe/Berlin", tag)
    reading = Grammar().understand(title, moment, running=None)
    said = machine.as_json(reading, moment, None)["slots"]["message"]
    assert said == re.split("[:：]", title)[1].strip()
