"""The page for integrators: its words are the server's, and every sample on it runs as it stands."""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cooperatives.milestones import MILESTONES, OUTCOMES, REASONED
from app.http.catalogue import TEXTS
from app.http.openapi.words import LEGALITY
from app.http.signature import sign
from app.main import create_app
from app.settings import Settings
from tests.operation.running import berdaya, served

PAGE = (Path(__file__).parents[2] / "docs" / "integrators.md").read_text(encoding="utf-8")
SEPATIN = "/v1/cooperatives?region=64.02.04.2001"
EVENT = {
    "event_id": "demo-ts",
    "cooperative": {"village_code": "64.02.04.2001"},
    "milestone": "berkas_notaris",
    "outcome": "achieved",
    "occurred_on": "2025-05-28",
    "note": "demo",
}


def samples(language: str, of: str = PAGE) -> list[str]:
    """The code of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", of, re.DOTALL | re.MULTILINE)


def ran(*words: str, **environment: str) -> str:
    """What a sample prints."""
    done = subprocess.run(
        words, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def environment(database_url: str) -> Iterator[dict[str, str]]:
    """A served register of Kukar, and what an integrator is given, by the very commands of the page."""
    berdaya("seed", url=database_url)
    shell = "".join(samples("sh"))
    of_token, of_secret = (
        re.findall(rf"^berdaya ({command} .*?)\s*(?:#.*)?$", shell, re.MULTILINE)[0].split()
        for command in ("tokens create", "webhooks secret")
    )
    token = berdaya(*of_token, url=database_url).stdout.strip()
    secret = berdaya(*of_secret, url=database_url).stdout.strip()
    with served(database_url, BERDAYA_LOG_REQUESTS="none") as (client, _):
        id = client.get(SEPATIN).json()["items"][0]["id"]
        address = str(client.base_url).rstrip("/")
        yield {"BERDAYA_URL": address, "TOKEN": token, "WEBHOOK_SECRET": secret, "ID": id}


def requests() -> list[str]:
    """The samples that ask with curl."""
    return [one for one in samples("sh") if one.startswith("curl")]


@pytest.mark.curl
def test_the_first_event_and_the_first_batch_are_taken(environment: dict[str, str]) -> None:
    first, batch = [json.loads(ran("sh", "-c", one, **environment)) for one in requests()]
    again = json.loads(ran("sh", "-c", requests()[1], **environment))

    assert (first["source"], first["legality_stage"]) == ("simkopdes", "terbentuk")
    assert (batch["applied"], batch["results"][0]["legality_stage"]) == (1, "akta_terbit")
    assert again["duplicates"] == 1


def test_the_python_sample_signs_a_delivery_that_is_taken(environment: dict[str, str]) -> None:
    (sample,) = samples("python")

    first = json.loads(ran(sys.executable, "-c", sample, **environment))
    again = json.loads(ran(sys.executable, "-c", sample, **environment))

    assert [one["status"] for one in first["results"]] == ["applied"]
    assert again == first


@pytest.mark.javascript
def test_the_typescript_sample_signs_a_delivery_that_is_taken(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (sample,) = samples("ts")
    # Node 20 reads no types; the sample has them in its first line only.
    head, _, rest = sample.partition("\n")
    plain = re.sub(r": (string|object\[\]|Promise<string>)", "", head)
    call = (
        'const url = process.env.BERDAYA_URL + "/v1/webhooks/legality/simkopdes";\n'
        f'console.log(await deliver(url, process.env.WEBHOOK_SECRET, "delivery-2", [{json.dumps(EVENT)}]));\n'
    )
    (tmp_path / "sample.mjs").write_text(f"{plain}\n{rest}{call}", encoding="utf-8")

    told = json.loads(ran("node", str(tmp_path / "sample.mjs"), **environment))

    assert [one["status"] for one in told["results"]] == ["applied"]


def signature_by(told: dict[str, str]) -> str:
    """The signature that the server's own words make."""
    key = base64.b64decode(told["secret"].removeprefix("whsec_"))
    signed = sign(
        body=told["body"].encode(), id=told["delivery_id"], timestamp=int(told["timestamp"]), keys=[key]
    )
    return signed["webhook-signature"]


DELIVERY = {
    "secret": "whsec_" + base64.b64encode(bytes(range(32))).decode(),
    "delivery_id": "delivery-3",
    "timestamp": "1750000000",
    "body": json.dumps({"events": [EVENT]}),
}


def test_the_document_s_python_signs_as_the_server_does() -> None:
    (sample,) = samples("python", of=LEGALITY)
    given = "".join(f"{name} = {value!r}\n" for name, value in DELIVERY.items())

    told = ran(
        sys.executable,
        "-c",
        f"import base64, hmac\n{given}body = body.encode()\n{sample}print(signature)",
    )

    assert told.strip() == signature_by(DELIVERY)


@pytest.mark.javascript
def test_the_document_s_typescript_signs_as_the_server_does(tmp_path: Path) -> None:
    (sample,) = samples("ts", of=LEGALITY)
    names = {"delivery_id": "deliveryId"}
    given = "".join(
        f"const {names.get(name, name)} = {json.dumps(value)};\n" for name, value in DELIVERY.items()
    )
    (tmp_path / "sample.mjs").write_text(f"{given}{sample}console.log(signature);\n", encoding="utf-8")

    told = ran("node", str(tmp_path / "sample.mjs"))

    assert told.strip() == signature_by(DELIVERY)


def test_every_word_and_code_on_the_page_is_the_server_s() -> None:
    words = set(re.findall(r"`([^`\n]+)`", PAGE))
    codes = {word for word in words if re.fullmatch(r"[a-z]+\.[a-z_]+", word)}
    codes |= set(re.findall(r"`?(?:401|404|409|422) `([a-z._]+)`", PAGE))
    paths = {
        operation.path for operation in create_app(Settings(database_url="sqlite:///never.db")).operations
    }

    assert {row.name for row in MILESTONES} <= words
    assert {*OUTCOMES, *REASONED} <= words
    assert {"applied", "duplicate", "waiting", "conflict", "rejected"} <= words
    assert len(codes) > 4
    assert codes <= TEXTS.keys()
    assert {"/v1/webhooks/legality/{source}", "/v1/legality-events/receipts/{event_id}"} <= paths
    assert {
        word.removeprefix("POST ").removeprefix("GET ") for word in words if word.startswith(("POST", "GET"))
    } <= {
        *paths,
        SEPATIN,
    }
