"""The list of mutations stays true; python -m tests.long mutations runs them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import ROOT
from tests.security.mutations import MUTATIONS, survives


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_a_mutation_removes_stands_once_in_the_source(name: str) -> None:
    mutation = MUTATIONS[name]
    assert (ROOT / mutation.file).read_text(encoding="utf-8").count(mutation.old) == 1
    assert (ROOT / mutation.tests).is_file()


def test_one_of_them_is_noticed(tmp_path: Path) -> None:
    assert survives("oid", tmp_path) is None
