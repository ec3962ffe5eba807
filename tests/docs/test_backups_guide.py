"""The guide to backups does what it says."""

from pathlib import Path

import pytest

from tests.conftest import Templates
from tests.docs.test_readme import ROOT, typed


@pytest.mark.curl
def test_the_guide_to_backups_works_as_it_is_typed(templates: Templates, tmp_path: Path) -> None:
    ran = typed(ROOT.joinpath("docs/backups.md").read_text(encoding="utf-8"), templates, tmp_path)

    assert ran.returncode == 0, ran.stderr
    assert "sound: " in ran.stderr
    assert "each table as its manifest says; 0 erasures applied again" in ran.stderr
    assert "0 not sealed yet, 0 wrong" in ran.stderr
    assert "WARNING" not in ran.stderr
    assert (tmp_path / "restored.db").exists()
