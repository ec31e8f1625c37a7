"""The templates parse, fit together, and keep what we promise about secrets and rights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.tenant.bicep import (
    FILES,
    INFRA,
    module,
    on_the_second_pass,
    parsed,
    resource,
    resources,
    walk,
    words,
)

SECRET = re.compile(r"secret|password|connection_?string|key", re.I)
POSTGRES = "Microsoft.DBforPostgreSQL/flexibleServers"


def main() -> dict[str, Any]:
    return parsed(INFRA / "main.bicep")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_a_template_parses_and_makes_something(path: Path) -> None:
    assert parsed(path)["resources"]


@pytest.mark.parametrize("name", sorted(main()["modules"]))
def test_a_module_gets_every_parameter_that_it_declares_and_no_other(name: str) -> None:
    used = main()["modules"][name]
    declared = parsed(INFRA / used["detail"]["path"])["parameters"]
    assert used["config"]["params"].keys() == declared.keys()


def test_every_module_is_used() -> None:
    used = {each["detail"]["path"] for each in main()["modules"].values()}
    assert used == {str(path.relative_to(INFRA)) for path in FILES[1:]}


def test_every_output_that_is_read_is_given() -> None:
    text = (INFRA / "main.bicep").read_text(encoding="utf-8")
    read = re.findall(r"(\w+)\.outputs\.(\w+)", text)
    assert len(read) > 20
    for name, output in read:
        assert output in parsed(INFRA / main()["modules"][name]["detail"]["path"])["outputs"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_no_parameter_and_no_output_is_a_secret(path: Path) -> None:
    tree = parsed(path)
    for kind in ("parameters", "outputs"):
        for name, each in tree.get(kind, {}).items():
            assert not SECRET.search(name)
            assert {"type": "secure"} not in each["decorators"]
    assert not any(SECRET.search(word) for word in words(tree.get("outputs", {})))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_no_key_or_password_is_set(path: Path) -> None:
    forbidden = {"administratorLogin", "administratorLoginPassword", "passwordCredentials"}
    assert forbidden.isdisjoint(key for key, _ in walk(parsed(path)["resources"]))


def test_the_settings_of_the_app_hold_no_secret_but_one_from_the_vault() -> None:
    app = module("app")
    vaulted = on_the_second_pass(app["variables"]["vaulted"]["value"])
    assert vaulted == [{"name": "TOKEN_KEYS", "secretRef": "token-keys"}]
    settings = app["variables"]["settings"]["value"]
    assert all(set(each) == {"name", "value"} for each in settings)
    assert [each["name"] for each in settings if SECRET.search(each["name"])] == []
    secrets = resource("Microsoft.App/containerApps")["properties"]["configuration"]["secrets"]
    assert on_the_second_pass(secrets) == [
        {
            "name": "token-keys",
            "keyVaultUrl": "${vaultUri}secrets/token-keys",
            "identity": "identityId",
        }
    ]


def test_the_app_listens_in_the_open_for_one_tenant() -> None:
    settings = {
        each["name"]: each["value"] for each in module("app")["variables"]["settings"]["value"]
    }
    assert settings["HOST"] == "0.0.0.0"
    assert settings["MicrosoftAppType"] == "SingleTenant"
    assert settings["MicrosoftAppTenantId"] == settings["ALLOWED_TENANTS"]
    assert re.fullmatch(r"postgresql://[^:@]+@[^?]+\?sslmode=require", settings["DATABASE_URL"])


def test_the_app_is_probed_and_never_scaled_to_nothing() -> None:
    template = resource("Microsoft.App/containerApps")["properties"]["template"]
    probes = on_the_second_pass(template["containers"][0]["probes"])
    assert {each["type"]: each["httpGet"]["path"] for each in probes} == {
        "Startup": "/healthz",
        "Liveness": "/healthz",
        "Readiness": "/readyz",
    }
    assert template["scale"]["minReplicas"] == "minReplicas"
    least = main()["parameters"]["minReplicas"]
    assert least["default"] >= 1
    assert {"type": "min_value", "argument": 1} in least["decorators"]
    assert template["terminationGracePeriodSeconds"] >= 20  # the time that running work gets


def test_the_app_takes_no_plain_http_and_pulls_with_its_identity() -> None:
    configuration = resource("Microsoft.App/containerApps")["properties"]["configuration"]
    assert configuration["ingress"]["allowInsecure"] is False
    assert configuration["registries"] == [{"server": "registryServer", "identity": "identityId"}]
    assert (
        resource("Microsoft.ContainerRegistry/registries")["properties"]["adminUserEnabled"]
        is False
    )


def test_the_database_takes_entra_logins_only_over_tls_and_is_kept_14_days() -> None:
    server = resource(POSTGRES)["properties"]
    assert server["authConfig"]["activeDirectoryAuth"] == "Enabled"
    assert server["authConfig"]["passwordAuth"] == "Disabled"
    assert server["backup"]["backupRetentionDays"] == 14
    tls = resource(f"{POSTGRES}/configurations")
    assert (tls["name"], tls["properties"]["value"]) == ("require_secure_transport", "on")


def test_the_database_opens_to_azure_and_to_nobody_else() -> None:
    (rule,) = resources(f"{POSTGRES}/firewallRules")
    assert set(rule["properties"].values()) == {"0.0.0.0"}


def test_the_vault_decides_by_role_and_cannot_be_purged() -> None:
    vault = resource("Microsoft.KeyVault/vaults")["properties"]
    assert vault["enableRbacAuthorization"] is True
    assert vault["enablePurgeProtection"] is True
    assert vault["enableSoftDelete"] is True
    assert "accessPolicies" not in vault


def test_the_bot_is_for_one_tenant_with_teams_and_without_local_keys() -> None:
    bot = resource("Microsoft.BotService/botServices")["properties"]
    assert bot["msaAppType"] == "SingleTenant"
    assert bot["disableLocalAuth"] is True
    assert bot["endpoint"] == "https://${domain}/api/messages"
    channel = resource("Microsoft.BotService/botServices/channels")
    assert channel["properties"] == {
        "channelName": "MsTeamsChannel",
        "properties": {"isEnabled": True},
    }


def test_the_application_asks_for_the_least_scopes() -> None:
    variables = module("entra")["variables"]
    assert variables["always"]["value"] == [
        "User.Read",
        "Presence.Read",
        "Presence.ReadWrite",
        "offline_access",
    ]
    assert variables["forPeople"]["value"] == ["Presence.Read.All", "User.ReadBasic.All"]
    chosen = variables["scopes"]["value"]["operator"]["operands"]
    assert (chosen["condition"], chosen["false_value"]) == ("people", "always")
    assert main()["parameters"]["people"]["default"] is False
    (access,) = resource("Microsoft.Graph/applications")["requiredResourceAccess"]
    assert access["resourceAccess"]["loop_type"]["detail"]["array_name"] == "scopes"
    assert access["resourceAccess"]["config"]["type"] == "Scope"  # none acts without a person


def test_consent_for_everybody_is_a_choice() -> None:
    assert main()["parameters"]["grantAdminConsent"]["default"] is False
    text = (INFRA / "modules" / "entra.bicep").read_text(encoding="utf-8")
    assert "oauth2PermissionGrants@v1.0' = if (grantAdminConsent) {" in text


def test_the_application_serves_one_tenant_and_teams_may_ask_for_it() -> None:
    app = resource("Microsoft.Graph/applications")
    assert app["signInAudience"] == "AzureADMyOrg"
    assert app["api"]["requestedAccessTokenVersion"] == 2
    (scope,) = app["api"]["oauth2PermissionScopes"]
    assert (scope["value"], scope["id"]) == ("access_as_user", "accessAsUser")
    variables = module("entra")["variables"]
    allowed = {
        variables[each["appId"]]["value"] for each in app["api"]["preAuthorizedApplications"]
    }
    assert allowed == {
        "1fec8e78-bce4-4aaf-ab1b-5451cc387264",  # Teams on desktop and mobile
        "5e3ce6c0-2b1f-4285-8d4b-75ee78787346",  # Teams on the web
    }


def test_entra_sends_people_back_to_the_sign_in_page_and_nowhere_else() -> None:
    web = resource("Microsoft.Graph/applications")["web"]
    assert web["redirectUris"] == ["https://${domain}/auth/callback"]
    assert set(web["implicitGrantSettings"].values()) == {False}


def test_the_managed_identity_stands_in_for_a_secret() -> None:
    text = (INFRA / "modules" / "entra.bicep").read_text(encoding="utf-8")
    assert "federatedIdentityCredentials@v1.0" in text
    (credential,) = (
        found["config"]
        for found in module("entra")["resources"].values()
        if "federatedIdentityCredentials" in found["type"]
    )
    assert credential["audiences"] == ["api://AzureADTokenExchange"]
    assert credential["subject"] == "identityPrincipalId"
    handed = main()["modules"]["entra"]["config"]["params"]["identityPrincipalId"]
    assert {"host", "identityPrincipalId"} <= words(handed)


def test_an_operator_hears_of_lateness_errors_throttling_readiness_and_5xx() -> None:
    rules = module("alerts")["variables"]["rules"]["value"]
    assert {rule["name"] for rule in rules} == {"late", "errors", "throttled", "not-ready"}
    metric = resource("Microsoft.Insights/metricAlerts")["properties"]["criteria"]["allOf"][0]
    assert metric["dimensions"][0]["values"] == ["5xx"]
    runbook = (INFRA.parent / "docs" / "runbook.md").read_text(encoding="utf-8")
    for name in [*(rule["name"] for rule in rules), "5xx"]:
        assert f"| `{name}` |" in runbook


def test_the_parameter_file_sets_only_what_is_declared_and_all_that_is_needed() -> None:
    text = (INFRA / "main.bicepparam").read_text(encoding="utf-8")
    given = set(re.findall(r"^param (\w+) =", text, re.MULTILINE))
    declared = main()["parameters"]
    needed = {name for name, each in declared.items() if each["default"] is None}
    assert needed <= given <= declared.keys()
    assert "using 'main.bicep'" in text


def test_the_graph_extension_is_pinned_and_used_by_one_template() -> None:
    text = (INFRA / "bicepconfig.json").read_text(encoding="utf-8")
    assert "/microsoftgraph/v1.0:1.0.0" in text
    users = [path.name for path in FILES if "extensions" in parsed(path)]
    assert users == ["entra.bicep"]
