"""The image, the compose file, the service and azd: what they promise, read from the files."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.required import missing
from tests.tenant.dockerfile import Dockerfile
from tests.tenant.package_files import ROOT

INFRA = ROOT / "infra"


def document(path: Path) -> Any:
    return yaml.safe_load(path.read_bytes())


def test_hadolint_has_nothing_to_say_about_the_dockerfile() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    said = subprocess.run(
        [hadolint, "--no-color", INFRA / "Dockerfile"], capture_output=True, text=True, timeout=60
    )
    assert (said.returncode, said.stdout) == (0, "")


def test_the_image_has_two_stages_and_takes_only_results_from_the_first() -> None:
    file = Dockerfile.read()
    assert len(file.stages) == 2
    copied = [step for step in file.stages[1] if step.startswith("COPY")]
    assert copied == ["COPY --from=build /opt /opt"]


def test_the_image_installs_nothing_but_what_the_lock_hashes() -> None:
    (install,) = Dockerfile.read().commands("-m", "pip", "install")
    assert {"--require-hashes", "--only-binary", ":all:"} <= set(install)
    assert install[-2:] == ["-r", "/opt/requirements.lock"]


def test_the_image_runs_as_nobody_in_particular_and_python_gets_the_signals() -> None:
    file = Dockerfile.read()
    last = file.stages[1]
    assert last.index("USER 10001:10001") < last.index("EXPOSE 3978")
    assert not any(step.startswith("USER") for step in last[last.index("USER 10001:10001") + 1 :])
    assert "STOPSIGNAL SIGTERM" in last
    assert file.entry_point == ["/opt/venv/bin/python", "app.py"]
    assert file.environment["DATABASE_URL"] == "sqlite:////data/bot.sqlite3"


def test_the_image_asks_its_own_health_without_curl() -> None:
    command = Dockerfile.read().health_check
    assert command[:2] == ["/opt/venv/bin/python", "-c"]
    assert "/healthz" in command[2]
    compile(command[2], "healthcheck", "exec")


def test_the_image_is_built_from_the_program_and_the_lock_only() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    allowed = {rule[1:] for rule in rules if rule.startswith("!")}
    assert allowed == {"app.py", "bot", "requirements.lock"}
    sources = {
        source
        for step in Dockerfile.read().stages[0]
        if step.startswith("COPY")
        for source in step.split()[1:-1]
    }
    assert sources == allowed


def test_compose_hardens_the_bot_and_hides_the_database() -> None:
    compose = document(INFRA / "compose.yaml")
    bot, database = compose["services"]["bot"], compose["services"]["database"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in bot["security_opt"]
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])
    assert "ports" not in database
    assert database["networks"] == ["inside"]
    assert compose["networks"]["inside"]["internal"] is True
    assert bot["depends_on"]["database"]["condition"] == "service_healthy"
    assert (INFRA / bot["build"]["context"] / bot["build"]["dockerfile"]).exists()


def test_compose_takes_every_secret_from_outside_and_refuses_to_start_without() -> None:
    compose = document(INFRA / "compose.yaml")
    for service in compose["services"].values():
        assert "env_file" not in service
        for name, value in service["environment"].items():
            if re.search(r"PASSWORD|KEYS|Password|DATABASE_URL", name):
                assert re.search(r"\$\{\w+:\?[^}]+\}", value), name


def test_the_service_writes_to_its_own_folder_only() -> None:
    unit = (INFRA / "presence-bot.service").read_text(encoding="utf-8")
    settings = dict(re.findall(r"^(\w+)=(.*)$", unit, re.MULTILINE))
    assert settings["DynamicUser"] == "yes"
    assert settings["ProtectSystem"] == "strict"
    assert settings["NoNewPrivileges"] == "yes"
    assert settings["StateDirectory"] == "presence-bot"
    assert settings["KillSignal"] == "SIGTERM"
    assert settings["RestartPreventExitStatus"] == "78"
    assert "sqlite:////var/lib/presence-bot/" in unit


def test_systemd_understands_the_service(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        missing("systemd-analyze is not installed: a container has no systemd")
    unit = (INFRA / "presence-bot.service").read_text(encoding="utf-8")
    here = tmp_path / "presence-bot.service"
    here.write_text(unit.replace("/opt/presence-bot/.venv/bin/python", sys.executable))
    said = subprocess.run(
        [analyze, "verify", "--man=no", here], capture_output=True, text=True, timeout=60
    )
    assert [line for line in said.stderr.splitlines() if "presence-bot" in line] == []
    assert said.returncode == 0


def test_azd_finds_the_templates_the_image_and_the_second_pass() -> None:
    azure = document(ROOT / "azure.yaml")
    assert set(azure) == {"name", "infra", "services", "hooks"}
    assert (ROOT / azure["infra"]["path"] / "main.bicep").exists()
    bot = azure["services"]["bot"]
    assert (bot["host"], bot["language"]) == ("containerapp", "py")
    assert (ROOT / bot["docker"]["path"]).exists()
    second = ROOT / azure["hooks"]["postprovision"]["posix"]["run"]
    assert second.stat().st_mode & 0o111


def test_the_second_pass_shows_no_secret_and_stops_at_the_first_failure() -> None:
    script = (INFRA / "second-pass.sh").read_text(encoding="utf-8")
    assert "\nset -eu\n" in script
    assert "--value" not in script  # a secret in an argument shows in the list of processes
    assert "api://botid-$BOT_APP_ID" in script
    subprocess.run(["/bin/sh", "-n", INFRA / "second-pass.sh"], check=True, timeout=10)


def test_the_readme_says_that_nothing_was_deployed_and_what_a_second_pass_is_for() -> None:
    readme = (INFRA / "README.md").read_text(encoding="utf-8")
    assert "Nothing here was ever deployed by this project." in readme
    assert "What needs the second pass, and why" in readme
