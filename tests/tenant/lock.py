"""`requirements.lock`, read as pip reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tenant.package_files import ROOT

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Locked:
    """One distribution: its requirement, and how many files it may be."""

    requirement: Requirement
    hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        (pin,) = self.requirement.specifier
        assert pin.operator == "=="
        return pin.version


def read_lock() -> list[Locked]:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        hashes = HASH.findall(line)
        found.append(Locked(requirement=Requirement(HASH.sub("", line)), hashes=len(hashes)))
    return found
