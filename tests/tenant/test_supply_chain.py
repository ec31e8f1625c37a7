"""What the container installs: pinned, hashed, from anywhere, and what the project says."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tenant.lock import read_lock
from tests.tenant.package_files import ROOT


def test_the_lock_pins_every_dependency_within_the_bounds_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = {locked.name: locked.version for locked in read_lock()}
    wanted = [Requirement(text) for text in project["dependencies"]]
    assert wanted
    for requirement in wanted:
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)])


def test_the_lock_is_closed_under_what_its_distributions_need() -> None:
    locked = {each.name for each in read_lock()}
    needed = set()
    for name in locked:
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:  # for another platform than this
            continue
        for requirement in map(Requirement, requires):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed.add(canonicalize_name(requirement.name))
    assert needed
    assert needed <= locked


def test_every_line_has_one_version_and_hashes() -> None:
    lock = read_lock()
    assert all(locked.version and locked.hashes for locked in lock)
    assert len({locked.name for locked in lock}) == len(lock)


def test_the_lock_holds_no_address_and_no_path() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|@|^-|/|#", text, re.MULTILINE)


def test_the_list_of_licences_names_what_is_locked() -> None:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9-]+) \| ([^ |]+) \| ([^|]+) \|$", text, re.MULTILINE)
    listed = {name: version for name, version, _ in rows if name != "distribution"}
    assert listed == {locked.name: locked.version for locked in read_lock()}
    assert all(licence.strip() not in {"", "UNKNOWN"} for _, _, licence in rows)


def test_the_workflow_has_no_rights_that_it_does_not_need() -> None:
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert job["timeout-minutes"] <= 60
        checkouts = [
            step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")
        ]
        assert [step["with"]["persist-credentials"] for step in checkouts] == [False]
    assert "pull_request_target" not in text
    assert "secrets." not in text
    assert "${{ github.event" not in text  # what strangers write never reaches a shell


def test_the_workflow_runs_what_every_change_must_pass_and_asks_for_weaknesses() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_bytes())
    commands = "\n".join(
        step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]
    )
    assert ".ci/run" in commands
    assert "pip-audit --require-hashes --disable-pip -r requirements.lock" in commands
    assert "cyclonedx-py requirements requirements.lock" in commands


def test_every_action_is_pinned_by_the_hash_of_its_commit() -> None:
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert [each for each in used if not re.fullmatch(r"[\w/.-]+@[0-9a-f]{40}", each)] == []
