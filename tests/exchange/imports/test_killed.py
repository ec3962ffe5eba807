"""A server that is killed in the middle of an import: the next one finishes it, once and whole."""

import time
from typing import Any

import httpx
import pytest

from tests.exchange.imports.sending import ENDED, csv_of
from tests.operation.running import served, token_in

SEPATIN = "64.02.04.2001"
PATIENCE = 60.0


def until(client: httpx.Client, address: str, *statuses: str) -> dict[str, Any]:
    """The import once it has one of these statuses."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        job: dict[str, Any] = client.get(address).json()
        if job.get("status") in statuses:
            return job
        time.sleep(0.02)
    raise AssertionError("the import did not get there")


@pytest.mark.timeout(180)
@pytest.mark.parametrize("partial", ["false", pytest.param("true", marks=pytest.mark.soak)])
def test_an_import_that_was_cut_off_is_finished_by_the_next_server_once_and_whole(
    database_url: str, partial: str
) -> None:
    header = {"authorization": f"Bearer {token_in(database_url)}"}
    rows = [(SEPATIN, f"UKM Contoh {n}", "kelompok") for n in range(1000)]
    body = csv_of(("village_code", "name", "owner_kind"), *rows)

    with served(database_url) as (client, process):
        answer = client.post(
            f"/v1/imports/ukms?mode=commit&partial={partial}",
            content=body,
            headers={**header, "content-type": "text/csv"},
        )
        address = answer.headers["location"]
        client.headers.update(header)
        until(client, address, "running")
        time.sleep(0.3)
        process.kill()
    with served(database_url) as (client, _):
        client.headers.update(header)
        before = client.get(address).json()["status"]
        job = until(client, address, *ENDED)
        there = client.get("/v1/ukms?count=exact&q=ukm contoh&limit=1").json()["total"]
        trail = f"/v1/audit?request_id=import-{job['id']}&count=exact&limit=1"
        written = client.get(trail).json()["total"]

    assert before == "running"
    assert job["status"] == "committed"
    assert job["counts"]["create"] == there == written == len(rows)
