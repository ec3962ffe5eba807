"""A Python client made from the document imports, has every property, and reads every answer shown in it whole."""

import json
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests import installed
from tests.conftest import Templates
from tests.operation.running import berdaya, served

pytestmark = pytest.mark.python_client

Told = dict[str, Any]

# The generator must be told what a picture, a sheet and a workbook are: text and bytes.
SETTINGS = """
post_hooks: []
content_type_overrides:
  image/svg+xml: text/plain
  text/csv: application/octet-stream
  application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: application/octet-stream
"""
DIGEST, SMOKE = (Path(__file__).parent / "python" / name for name in ("digest.py", "smoke.py"))


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def tools() -> Path:
    """Where the generator and its Python are."""
    found = installed.python_client()
    assert found is not None
    return found


def generated(tools: Path, folder: Path, document: Told) -> subprocess.CompletedProcess[str]:
    (folder / "openapi.json").write_bytes(orjson.dumps(document))
    (folder / "settings.yaml").write_text(SETTINGS)
    return run(
        *(tools / "openapi-python-client", "generate", "--meta", "none", "--fail-on-warning"),
        *("--config", folder / "settings.yaml", "--path", folder / "openapi.json"),
        *("--output-path", folder / "berdaya_client"),
    )


def test_the_client_has_every_property_and_reads_every_answer(
    tools: Path, tmp_path: Path, document: Told
) -> None:
    made = generated(tools, tmp_path, document)
    digest = run(tools / "python", DIGEST, tmp_path, tmp_path / "openapi.json")

    assert made.returncode == 0, made.stdout + made.stderr
    assert digest.returncode == 0, digest.stderr
    found = json.loads(digest.stdout)
    assert found["modules"] > 100
    assert found["lost"] == []
    assert found["misread"] == []


def test_the_client_reads_calculates_and_writes_at_a_running_server(
    tools: Path, tmp_path: Path, document: Told, templates: Templates
) -> None:
    generated(tools, tmp_path, document)
    url = templates.fresh("sqlite")
    token = berdaya("tokens", "create", "--role", "admin", "--name", "Contoh", url=url).stdout.strip()

    with served(url) as (client, _):
        asked = run(tools / "python", SMOKE, tmp_path, str(client.base_url), token)

    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == {
        "total": 237,
        "first": "Perian",
        "status": "mandiri",
        "group": "Kelompok Contoh",
    }


def test_a_lost_property_would_be_noticed(tools: Path, tmp_path: Path, document: Told) -> None:
    told = orjson.loads(orjson.dumps(document))
    del told["components"]["schemas"]["Village"]["properties"]["latitude"]
    told["components"]["schemas"]["Village"]["required"].remove("latitude")
    generated(tools, tmp_path, told)
    (tmp_path / "whole.json").write_bytes(orjson.dumps(document))

    digest = run(tools / "python", DIGEST, tmp_path, tmp_path / "whole.json")

    assert json.loads(digest.stdout)["lost"] == ["Village.latitude"]
