"""What the templates tell the program, and what they watch, is what the program knows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.observability.metrics import INSTRUMENTS, TIMER_LATENESS
from bot.settings import read_settings
from tests.tenant.bicep import INFRA, module
from tests.tenant.package_files import ROOT

ID = "6f7a3b0c-0000-4000-8000-00000000abcd"
KEY = "k1:" + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
# What stands for a thing that only exists after a deployment.
GIVEN = {
    "MicrosoftAppId": ID,
    "MicrosoftAppTenantId": ID,
    "ALLOWED_TENANTS": ID,
    "MANAGED_IDENTITY_CLIENT_ID": ID,
    "MicrosoftAppPassword": "a secret",
    "PORT": "3978",
    "PUBLIC_URL": "https://bot.example.com",
    "PEOPLE": "off",
    "TOKEN_KEYS": KEY,
    "DATABASE_URL": "postgresql://bot@database/bot",
}


def azure() -> dict[str, str]:
    said = module("app")["variables"]["settings"]["value"]
    named = {each["name"]: str(each["value"]) for each in said}
    return {name: GIVEN.get(name, value) for name, value in named.items()} | {"TOKEN_KEYS": KEY}


def compose() -> dict[str, str]:
    file = yaml.safe_load((INFRA / "compose.yaml").read_text(encoding="utf-8"))
    said = file["services"]["bot"]["environment"]
    return {name: GIVEN.get(name, str(value)) for name, value in said.items()}


@pytest.mark.parametrize("environment", [azure, compose])
def test_the_program_starts_with_what_a_template_sets(environment: Any) -> None:
    given = environment()
    settings = read_settings(given)
    assert settings.tenant is not None
    assert settings.tenant.app_id == ID
    source = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    ignored = [name for name in given if f'"{name}"' not in source]
    assert ignored == []


def rules() -> dict[str, dict[str, Any]]:
    file = yaml.safe_load((INFRA / "prometheus-alerts.yaml").read_text(encoding="utf-8"))
    return {rule["alert"]: rule for group in file["groups"] for rule in group["rules"]}


def test_prometheus_and_azure_have_the_same_alerts() -> None:
    in_azure = {rule["name"] for rule in module("alerts")["variables"]["rules"]["value"]}
    assert rules().keys() == in_azure | {"5xx"}


def test_every_alert_watches_a_metric_that_the_bot_has() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    known = set(re.findall(r"`(presence_bot_\w+)`", page))
    assert {one.name for one in INSTRUMENTS} <= known
    for name, rule in rules().items():
        used = {
            re.sub(r"_(bucket|count|sum)$", "", metric)
            for metric in re.findall(r"presence_bot_\w+", rule["expr"])
        }
        assert used <= known, name


def test_lateness_is_told_by_a_bucket_that_there_is() -> None:
    TIMER_LATENESS.observe(1.0)
    (bound,) = re.findall(r'le="[^"]+"', rules()["late"]["expr"])
    assert any(bound in line for line in TIMER_LATENESS.lines())


def test_every_log_line_that_an_alert_of_azure_counts_is_written() -> None:
    logged = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(ROOT / "bot").rglob("*.py")
    )
    for rule in module("alerts")["variables"]["rules"]["value"]:
        for action in re.findall(r'entry\.action == "([^"]+)"', rule["query"]):
            assert f'"action": "{action}"' in logged
        for start in re.findall(r'entry\.action startswith "([^"]+)"', rule["query"]):
            assert f'"action": f"{start}' in logged
        for field in re.findall(r"entry\.(\w+)", rule["query"]):
            assert f'"{field}"' in logged, field
