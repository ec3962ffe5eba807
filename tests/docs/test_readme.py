"""The README does what it says: its links lead somewhere, and its first session works as it is typed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Templates
from tests.operation.running import berdaya, served

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "app/seed/kukar/README.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_something_that_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.curl
def test_the_first_session_works_as_it_is_typed(templates: Templates, tmp_path: Path) -> None:
    told = ROOT.joinpath("README.md").read_text(encoding="utf-8").split("## A first session")[1]

    ran = typed(told.split("\n## ")[0], templates, tmp_path)

    assert ran.returncode == 0, ran.stderr
    assert '"total":237' in ran.stdout
    assert '"households":412' in ran.stdout
    assert '"legality_stage":"pemesanan_nama"' in ran.stdout


@pytest.mark.curl
def test_the_guide_for_administrators_works_as_it_is_typed(templates: Templates, tmp_path: Path) -> None:
    ran = typed(ROOT.joinpath("docs/administrators.md").read_text(encoding="utf-8"), templates, tmp_path)

    assert ran.returncode == 0, ran.stderr
    assert '"households":412' in ran.stdout
    assert '"token_type":"Bearer"' in ran.stdout
    assert (tmp_path / "simkopdes.secret").read_text().startswith("whsec_")


def typed(page: str, templates: Templates, folder: Path) -> "subprocess.CompletedProcess[str]":
    """What comes of typing the shell blocks of a page in a folder, at a server of our own with Kukar's data."""
    url = templates.fresh("sqlite")
    assert berdaya("seed", url=url).returncode == 0
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    assert blocks, "the page has a session"
    with served(url) as (client, _):
        words = {
            "http://127.0.0.1:8000": str(client.base_url).rstrip("/"),
            ".venv/bin/berdaya": f"{sys.executable} -m app.cli",
        }
        told = "\n".join(["set -eu", 'curl() { command curl -fsS "$@"; }', *blocks])
        for name, here in words.items():
            told = told.replace(name, here)
        return subprocess.run(
            ["/bin/sh", "-c", told],  # the page's own words
            capture_output=True,
            text=True,
            env={"BERDAYA_DATABASE_URL": url, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
            cwd=folder,
            timeout=120,
            check=False,
        )
