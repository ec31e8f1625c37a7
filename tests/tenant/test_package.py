"""The Teams app package: what is in the zip, and what is refused."""

from __future__ import annotations

import argparse
import io
import zipfile
from pathlib import Path

import pytest

from bot.package import PackageRefused, add_arguments, build_package, run
from tests.tenant.package_files import APP_ID, DOMAIN, LANGUAGES, document, files


def test_two_runs_give_the_same_bytes() -> None:
    assert build_package(APP_ID, DOMAIN) == build_package(APP_ID, DOMAIN)


def test_every_entry_has_the_same_moment_and_rights_and_they_are_sorted() -> None:
    with zipfile.ZipFile(io.BytesIO(build_package(APP_ID, DOMAIN))) as package:
        entries = package.infolist()
    assert {(entry.date_time, entry.create_system, entry.external_attr) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16)
    }
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_the_zip_holds_what_teams_reads_and_nothing_else_at_its_root() -> None:
    languages = {f"{tag}.json" for tag in LANGUAGES}
    assert set(files()) == {"manifest.json", "color.png", "outline.png"} | languages


def test_no_placeholder_is_left() -> None:
    assert [name for name, data in files().items() if b"{{" in data] == []


def test_an_id_and_a_domain_are_taken_as_people_copy_them() -> None:
    assert build_package(f" {APP_ID.upper()}\n", "Bot.Example.COM ") == build_package(
        APP_ID, DOMAIN
    )


@pytest.mark.parametrize(
    "app_id",
    [
        "",
        "presence-bot",
        APP_ID[:-1],
        f"{APP_ID}0",
        f"{{{APP_ID}}}",
        APP_ID.replace("-", ""),
        "00000000-0000-0000-0000-000000000000",
        '"},{"a":"',
        APP_ID.replace("0", "٠"),  # a digit, but not one of a GUID
    ],
)
def test_a_bad_id_is_refused_with_a_sentence(app_id: str) -> None:
    with pytest.raises(PackageRefused, match="id looks like"):
        build_package(app_id, DOMAIN)


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "localhost",
        "https://bot.example.com",
        "bot.example.com/",
        "bot.example.com:443",
        "*.example.com",
        "127.0.0.1",
        "-bot.example.com",
        "bot..example.com",
        "bot.example.com.",
        "bot_1.example.com",
        "bücher.example.com",
        f"{'a' * 64}.example.com",
        ".".join(["abcdefg"] * 32),
        'a","b.example.com',
    ],
)
def test_a_bad_domain_is_refused_with_a_sentence(domain: str) -> None:
    with pytest.raises(PackageRefused, match="Teams wants a public host name"):
        build_package(APP_ID, domain)


def _arguments(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(given)


def test_the_command_writes_the_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "app.zip"
    assert run(_arguments("--app-id", APP_ID, "--domain", DOMAIN, "-o", str(target))) == 0
    assert target.read_bytes() == build_package(APP_ID, DOMAIN)
    assert str(target) in capsys.readouterr().out


def test_the_command_says_what_is_wrong_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "app.zip"
    assert run(_arguments("--app-id", "mine", "--domain", DOMAIN, "-o", str(target))) == 2
    assert not target.exists()
    assert capsys.readouterr().err.startswith("--app-id is 'mine', but")


def test_a_missing_folder_is_a_sentence_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "nowhere" / "app.zip"
    assert run(_arguments("--app-id", APP_ID, "--domain", DOMAIN, "-o", str(target))) == 2
    assert str(target) in capsys.readouterr().err


def test_the_manifest_names_the_bot_and_its_sign_in_by_the_given_id() -> None:
    manifest = document("manifest.json")
    assert manifest["id"] == APP_ID
    assert manifest["bots"][0]["botId"] == APP_ID
    assert manifest["webApplicationInfo"] == {"id": APP_ID, "resource": f"api://botid-{APP_ID}"}
    assert manifest["validDomains"] == [DOMAIN]
