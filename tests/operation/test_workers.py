"""Two workers of one server are one server: what one of them does, refuses, counts or writes holds at the other.

Law: each client here has one connection, to a worker of its own; the other worker stands still while it is made.
"""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

import httpx
import pytest

from tests.access.audit.tampering import asked
from tests.backups.making import wrong_in_the_trail
from tests.changes.webhooks.receiving import receiver
from tests.conftest import Templates
from tests.exchange.imports.sending import csv_of, sent
from tests.index.told import record
from tests.operation.running import berdaya, served
from tests.operation.test_metrics import value_of

pytestmark = pytest.mark.engine("postgresql")

SEPATIN, PERIAN = "64.02.04.2001", "64.02.01.2001"
LIMIT = 300
SETTINGS = {
    "BERDAYA_WORKERS": "2",
    "BERDAYA_WEBHOOKS_ALLOW_PRIVATE": "true",
    # One more request every twelve seconds, so that nothing comes back while a test counts.
    "BERDAYA_RATE_LIMIT": f"{LIMIT}/hour",
    "BERDAYA_LOG_REQUESTS": "none",
}
NOT_YET = {409, 503}
"""The same request is under way at the other worker."""


class Server(NamedTuple):
    """A server of two workers."""

    address: str
    database: str
    token: str
    workers: tuple[int, int]


@pytest.fixture(scope="module")
def server(engine: str, templates: Templates) -> Iterator[Server]:
    """One for all of these tests."""
    url = templates.fresh(engine)
    token = berdaya("tokens", "create", "--role", "admin", "--name", "me", url=url).stdout.strip()
    with served(url, **SETTINGS) as (client, _):
        while len(found := set(re.findall(r'resident_bytes\{pid="(\d+)"', client.get("/metrics").text))) < 2:
            pass
        first, second = (int(pid) for pid in sorted(found))
        yield Server(str(client.base_url), url, token, (first, second))
    templates.drop(url)


@pytest.fixture
async def clients(server: Server) -> AsyncIterator[list[httpx.AsyncClient]]:
    """A client of each worker, with a token of this test's."""
    async with AsyncExitStack() as stack:
        made = [
            await stack.enter_async_context(
                httpx.AsyncClient(
                    base_url=server.address,
                    headers={"authorization": f"Bearer {server.token}"},
                    limits=httpx.Limits(max_connections=1),
                    timeout=30,
                )
            )
            for _ in server.workers
        ]
        for client, other in zip(made, reversed(server.workers), strict=True):
            os.kill(other, signal.SIGSTOP)
            try:
                assert (await client.get("/health/live")).status_code == 200
            finally:
                os.kill(other, signal.SIGCONT)
        token = await granted(made[0])
        for client in made:
            client.headers["authorization"] = f"Bearer {token['token']}"
        yield made


async def granted(client: httpx.AsyncClient) -> dict[str, str]:
    """A new token with every right."""
    answer = await client.post("/v1/tokens", json={"name": "Contoh", "role": "admin"})
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


async def entered(client: httpx.AsyncClient, name: str, **headers: str) -> httpx.Response:
    """The answer to a new group, once it is not about haste."""
    told = {"name": f"Contoh {name}", "kind": "kelompok_usaha", "village_code": SEPATIN}
    while (answer := await client.post("/v1/groups", json=told, headers=headers)).status_code in NOT_YET:
        pass
    return answer


async def total(client: httpx.AsyncClient, address: str, **query: str) -> int:
    """How many there are."""
    answer = await client.get(address, params={"count": "exact", "limit": "1", **query})
    return int(answer.json()["total"])


async def test_a_revocation_holds_at_once_at_the_other_worker(clients: list[httpx.AsyncClient]) -> None:
    for here, there in (clients, clients[::-1]):
        made = await granted(here)
        header = {"authorization": f"Bearer {made['token']}"}
        before = [await one.get("/v1/groups", headers=header) for one in (here, there)]

        await here.delete(f"/v1/tokens/{made['id']}")
        after = [await one.get("/v1/groups", headers=header) for one in (there, here)]

        assert [answer.status_code for answer in before] == [200, 200]
        assert [answer.status_code for answer in after] == [401, 401]


async def test_a_caller_is_counted_once_whichever_worker_answers(clients: list[httpx.AsyncClient]) -> None:
    spread = [clients[number % 2] for number in range(LIMIT + 2)]

    answers = [await client.get(f"/v1/villages/{SEPATIN}") for client in spread]

    assert [answer.status_code for answer in answers] == [200] * LIMIT + [429] * 2


async def test_what_one_worker_wrote_the_other_reads_at_once(clients: list[httpx.AsyncClient]) -> None:
    village, report = f"/v1/villages/{SEPATIN}", "/v1/reports/idm-status?year=2020&region=64.02"
    for number in range(4):
        here, there = clients[number % 2], clients[(number + 1) % 2]
        before = await there.get(village)
        groups, measured = await total(there, "/v1/groups"), await there.get(report)

        written = await here.patch(village, json={"households": 100 + number})
        await entered(here, f"tulis {number}")
        put = await here.put(f"/v1/villages/{PERIAN[:-1]}{number + 1}/idm/2020", json=record("Perian"))
        after = await there.get(village, headers={"if-none-match": before.headers["etag"]})

        assert (written.status_code, put.status_code) == (200, 201)
        assert (after.status_code, after.json()["households"]) == (200, 100 + number)
        assert after.headers["etag"] == written.headers["etag"]
        assert await total(there, "/v1/groups") == groups + 1
        newer = await there.get(report)
        assert newer.json()["total"]["measured"] == measured.json()["total"]["measured"] + 1


async def test_a_key_that_both_workers_get_at_once_has_one_effect(clients: list[httpx.AsyncClient]) -> None:
    before = await total(clients[0], "/v1/groups")

    answers = [
        await asyncio.gather(*(entered(client, key, **{"idempotency-key": key}) for client in clients))
        for key in (f"k-{number}" for number in range(10))
    ]

    assert await total(clients[1], "/v1/groups") == before + len(answers)
    for pair in answers:
        assert {answer.status_code for answer in pair} == {201}
        assert len({answer.content for answer in pair}) == 1
        assert sum("idempotent-replayed" in answer.headers for answer in pair) == 1


async def test_each_notice_is_sent_by_one_of_the_workers(clients: list[httpx.AsyncClient]) -> None:
    async with receiver() as there:
        made = (await clients[0].post("/v1/webhook-subscriptions", json={"url": there.url})).json()
        groups = [(await entered(clients[n % 2], f"kabar {n}")).json()["id"] for n in range(20)]
        deliveries: list[dict[str, Any]] = []
        while [one["status"] for one in deliveries] != ["delivered"] * len(groups):
            await asyncio.sleep(0.2)
            answer = await clients[1].get(f"/v1/webhook-subscriptions/{made['id']}/deliveries?limit=100")
            deliveries = answer.json()["items"]

    assert sorted(one["data"]["resource_id"] for one in there.heard) == sorted(groups)
    assert {one["attempts"] for one in deliveries} == {1}


async def test_each_sheet_is_carried_out_by_one_of_the_workers(clients: list[httpx.AsyncClient]) -> None:
    header = ("village_code", "name", "owner_kind")
    sheets = [
        csv_of(header, *((SEPATIN, f"UKM {n} {row}", "kelompok") for row in range(20))) for n in range(6)
    ]

    jobs = await asyncio.gather(
        *(sent(clients[n % 2], "ukms", sheet, mode="commit") for n, sheet in enumerate(sheets))
    )

    assert [(job["status"], job["counts"]["create"]) for job in jobs] == [("committed", 20)] * 6
    assert await total(clients[0], "/v1/ukms") == 120
    for job in jobs:
        assert await total(clients[1], "/v1/audit", request_id=f"import-{job['id']}") == 20


async def test_the_trail_has_one_chain_whichever_worker_seals(
    server: Server, clients: list[httpx.AsyncClient]
) -> None:
    for number in range(20):
        await entered(clients[number % 2], f"segel {number}")
    unsealed = 1.0
    while unsealed:
        await asyncio.sleep(0.2)
        unsealed = value_of((await clients[0].get("/metrics")).text, "berdaya_audit_unsealed_seconds")

    [[rows]] = await asked(server.database, "SELECT count(*) FROM audit")
    [[number, digits]] = await asked(
        server.database, "SELECT number, hash FROM audit_chain ORDER BY number DESC LIMIT 1"
    )
    wrong = await wrong_in_the_trail(server.database, f"{number}:{digits}")

    assert (number, wrong) == (rows, 0)
