"""What an operator reads at /metrics: of one worker, of several, and while the database is away."""

import asyncio

import httpx
import pytest

from app.database import Database, Transaction
from tests.conftest import act_of
from tests.operation.running import berdaya, served

PATCHED = "/v1/villages/64.02.04.2001"


def value_of(told: str, metric: str) -> float:
    """The value of one line, by its name and labels."""
    return next(float(line.rpartition(" ")[2]) for line in told.splitlines() if line.startswith(metric + " "))


async def test_an_answer_is_counted_by_its_route_and_status(visitor: httpx.AsyncClient) -> None:
    await visitor.get("/v1/villages/64.02.04.2001")
    await visitor.get("/v1/villages/64.02.99.2001")
    await visitor.get("/nowhere")
    told = (await visitor.get("/metrics")).text

    counted = "berdaya_requests_total{{route={route},status={status}}}"
    village = '"/v1/villages/{code}"'
    assert value_of(told, counted.format(route=village, status='"200"')) == 1
    assert value_of(told, counted.format(route=village, status='"404"')) == 1
    assert value_of(told, counted.format(route='"unknown"', status='"404"')) == 1
    assert value_of(told, f"berdaya_request_seconds_count{{route={village}}}") == 2
    assert value_of(told, "berdaya_requests_in_flight") == 1


async def test_what_waits_has_an_age_and_what_is_done_has_none(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    await visitor.get("/metrics")
    told = (await visitor.get("/metrics")).text

    assert value_of(told, "berdaya_database_up") == 1
    assert value_of(told, "berdaya_import_waiting_seconds") == 0
    assert value_of(told, "berdaya_outbox_oldest_seconds") == 0
    # The token of `office` is a deed of this moment, which the sealer links within a second or two.
    assert 0 < value_of(told, "berdaya_audit_unsealed_seconds") < 60


@pytest.mark.engine("postgresql")
async def test_waiting_for_a_connection_is_told(database: Database, visitor: httpx.AsyncClient) -> None:
    async def slow(tx: Transaction) -> None:
        await asyncio.sleep(0.05)

    await asyncio.gather(*(database.write(act_of("slow"), slow) for _ in range(9)))
    told = (await visitor.get("/metrics")).text

    assert value_of(told, "berdaya_database_wait_seconds_count") >= 1


def test_metrics_answer_while_the_database_is_away() -> None:
    with served("postgresql://nobody@127.0.0.1:1/nothing") as (client, _):
        answer = client.get("/metrics")

    assert answer.status_code == 200
    assert value_of(answer.text, "berdaya_database_up") == 0


@pytest.mark.engine("postgresql")
def test_any_worker_answers_for_all_of_its_host(database_url: str) -> None:
    with served(database_url, BERDAYA_WORKERS="2") as (client, _):
        token = berdaya(
            "tokens", "create", "--role", "admin", "--name", "me", url=database_url
        ).stdout.strip()
        for number in range(20):
            with httpx.Client(base_url=client.base_url, headers={"connection": "close"}) as other:
                other.patch(
                    PATCHED, json={"households": number}, headers={"authorization": f"Bearer {token}"}
                )
        tellings = []
        for _ in range(6):
            with httpx.Client(base_url=client.base_url, headers={"connection": "close"}) as other:
                tellings.append(other.get("/metrics").text)

    counted = 'berdaya_requests_total{route="/v1/villages/{code}",status="200"}'
    assert {value_of(told, counted) for told in tellings} == {20}
    assert (
        len({line.partition(" ")[0] for line in tellings[0].splitlines() if "resident_bytes{" in line}) == 2
    )
