"""A key is kept for seven days and then forgotten, a few at a time; while its request runs, nobody else gets in."""

import httpx
import pytest
from sqlalchemy import bindparam, func, insert, select, update

from app import clock
from app.database import Database, Statement, Transaction
from app.database.ledgers import kept_answers
from app.database.words import Instant
from tests.conftest import act_of

GROUP = {"name": "Kelompok percobaan", "kind": "kelompok_usaha", "village_code": "64.02.04.2001"}
_until = Statement(select(kept_answers.c.until, kept_answers.c.caller).where(kept_answers.c.key == "k"))
_ends = Statement(
    update(kept_answers).where(kept_answers.c.key == "k").values(until=bindparam("at", type_=Instant))
)
_count = Statement(select(func.count()).select_from(kept_answers))
_old = Statement(
    insert(kept_answers).values({one.name: bindparam(one.name, type_=one.type) for one in kept_answers.c})
)


async def register(client: httpx.AsyncClient, key: str = "k") -> httpx.Response:
    return await client.post("/v1/groups", json=GROUP, headers={"idempotency-key": key})


async def ends(database: Database, at: str) -> None:
    """Let the kept answer end at another instant."""

    async def unit(tx: Transaction) -> None:
        await tx.execute(_ends, {"at": at})

    await database.write(act_of("time"), unit)


async def test_an_answer_is_kept_for_seven_days(database: Database, office: httpx.AsyncClient) -> None:
    first = await register(office)

    ((until, _),) = await database.fetch(_until, {})

    assert until == clock.later(first.json()["created_at"], days=7)


async def test_a_key_holds_to_the_end_of_its_time_and_is_free_after_it(
    database: Database, office: httpx.AsyncClient
) -> None:
    first = await register(office)

    await ends(database, clock.later(clock.now(), hours=0.1))
    within = await register(office)
    await ends(database, clock.earlier(clock.now(), days=1))
    after = await register(office)
    again = await register(office)

    assert within.content == first.content
    assert after.status_code == 201
    assert after.json()["id"] != first.json()["id"]
    assert "idempotent-replayed" not in after.headers
    assert again.content == after.content


async def test_what_is_past_its_time_is_forgotten_twenty_at_a_time_the_oldest_first(
    database: Database, office: httpx.AsyncClient
) -> None:
    async def unit(tx: Transaction) -> None:
        for number in range(50):
            row = {
                "caller": "c",
                "route": "r",
                "fingerprint": "f",
                "status": 201,
                "headers": "{}",
                "body": b"",
            }
            until = clock.earlier(clock.now(), days=100 - number)
            await tx.execute(_old, {**row, "key": f"old-{number:02}", "until": until})
        row = {"caller": "c", "route": "r", "fingerprint": "f", "status": 201, "headers": "{}", "body": b""}
        await tx.execute(_old, {**row, "key": "young", "until": clock.later(clock.now(), days=1)})

    await database.write(act_of("fill"), unit)
    left = []

    for number in range(4):
        await register(office, f"k-{number}")
        left.append((await database.fetch(_count, {}))[0][0])

    # 51 and one more key each time, less twenty, twenty and ten.
    assert left == [32, 13, 4, 5]
    (row,) = await database.fetch(
        Statement(select(kept_answers.c.until).where(kept_answers.c.key == "young")), {}
    )
    assert row[0] > clock.now()


@pytest.mark.engine("postgresql")
async def test_while_the_request_of_a_key_runs_another_one_is_told_so(
    database: Database, office: httpx.AsyncClient
) -> None:
    await register(office)
    ((_, caller),) = await database.fetch(_until, {})

    async def unit(tx: Transaction) -> tuple[httpx.Response, httpx.Response]:
        assert await tx.claim(f"{caller}\nPOST /v1/groups\nother")
        return await register(office, "other"), await register(office, "free")

    running, free = await database.write(act_of("slow"), unit)
    after = await register(office, "other")

    assert (running.status_code, running.json()["code"]) == (409, "idempotency.running")
    assert running.headers["retry-after"] == "1"
    assert (free.status_code, after.status_code) == (201, 201)
