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
def test_the_first_session_works_as_it_is_typed(templates: Templates) -> None:
    url = templates.fresh("sqlite")
    assert berdaya("seed", url=url).returncode == 0

    with served(url) as (client, _):
        typed = "\n".join(["set -eu", 'curl() { command curl -fsS "$@"; }', *session(str(client.base_url))])
        ran = subprocess.run(
            ["/bin/sh", "-c", typed],  # the README's own words
            capture_output=True,
            text=True,
            env={"BERDAYA_DATABASE_URL": url, "PATH": "/usr/bin:/bin"},
            cwd=ROOT,
            timeout=60,
            check=False,
        )

    assert ran.returncode == 0, ran.stderr
    assert '"total":237' in ran.stdout
    assert '"households":412' in ran.stdout
    assert '"legality_stage":"pemesanan_nama"' in ran.stdout


def session(base: str) -> list[str]:
    """The shell blocks of "A first session", at this server and with this interpreter."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = text.split("## A first session")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", told, re.DOTALL)
    assert blocks, "the README has a first session"
    command = f"{sys.executable} -m app.cli"
    return [
        block.replace("http://127.0.0.1:8000", base.rstrip("/")).replace(".venv/bin/berdaya", command)
        for block in blocks
    ]
