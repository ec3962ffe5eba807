"""One sealer chains what is committed, in the order of the feed, and nobody waits for it."""

import asyncio

import asyncpg
import httpx
import pytest
from sqlalchemy import select

from app.access.audit.chain import FIELDS, link
from app.access.audit.sealing import Sealer, head, seal, seal_all
from app.access.audit.verifying import verify
from app.database import Database, Statement, connect
from app.database.ledgers import audit
from app.main import Berdaya, create_app
from app.settings import Settings
from tests.access.audit.noting import noted
from tests.access.audit.tampering import COLUMNS, asked, said, tampered
from tests.conftest import Callers

VILLAGES = [f"/v1/villages/64.02.04.200{number}" for number in range(1, 9)]
EACH = 12

_newest = Statement(select(*(audit.c[name] for name in FIELDS)).order_by(audit.c.position.desc()).limit(1))


async def numbers(url: str) -> list[int]:
    """The numbers of the chain."""
    return [row[0] for row in await asked(url, "SELECT number FROM audit_chain ORDER BY number")]


async def test_each_row_is_sealed_once_behind_the_one_before_it(bare: Database, database_url: str) -> None:
    before = await head(bare)
    await noted(bare, 3)

    first = await seal(bare)
    again = await seal(bare, first.place)

    assert (first.rows, again.rows) == (3, 0)
    assert await numbers(database_url) == list(range(1, before.number + 4))


async def test_a_link_is_the_hash_of_the_one_before_and_the_row(bare: Database) -> None:
    before = await head(bare)
    await noted(bare)
    await seal_all(bare)

    row = await bare.row(_newest, {})

    assert row is not None
    assert (await head(bare)).hash == link(bytes.fromhex(before.hash), list(row)).hex()


async def test_writers_at_once_break_no_link(
    application: Berdaya, office: httpx.AsyncClient, database_url: str
) -> None:
    other = connect(database_url)
    await other.open()
    writing = asyncio.Event()

    async def write(address: str) -> list[int]:
        return [
            (await office.patch(address, json={"households": number})).status_code
            for number in range(1, EACH + 1)
        ]

    async def seal_meanwhile(database: Database) -> None:
        while not writing.is_set():
            await seal(database)
            await asyncio.sleep(0)

    sealers = [asyncio.create_task(seal_meanwhile(one)) for one in (application.place.database, other)]
    statuses = await asyncio.gather(*(write(address) for address in VILLAGES))
    writing.set()
    await asyncio.gather(*sealers)
    await seal_all(other)

    verdict = await verify(other)
    await other.close()
    assert {status for each in statuses for status in each} == {200}
    assert (verdict.wrong, verdict.unsealed) == (0, 0)
    assert await numbers(database_url) == list(range(1, verdict.sealed + 1))
    assert await asked(database_url, "SELECT count(*) FROM audit WHERE action = 'amend_village'") == [
        (EACH * len(VILLAGES),)
    ]


async def test_two_applications_on_one_database_seal_once(bare: Database, database_url: str) -> None:
    both = [create_app(Settings(database_url=database_url)) for _ in range(2)]
    await noted(bare, 700)
    before = await head(bare)

    for one in both:
        await one.place.database.open()
    await asyncio.gather(*(Sealer(one.place.database).work() for one in both))
    await seal_all(bare)

    verdict = await verify(bare)
    for one in both:
        await one.place.database.close()
        one.place.limits.close()
    assert (verdict.wrong, verdict.unsealed, verdict.sealed) == (0, 0, before.number + 700)


async def test_a_running_application_seals_by_itself(
    application: Berdaya, office: httpx.AsyncClient, database_url: str
) -> None:
    await office.patch(VILLAGES[0], json={"households": 4})
    query = {"action": "amend_village"}

    [row] = (await office.get("/v1/audit", params=query)).json()["items"]
    while row["number"] is None:
        await asyncio.sleep(0.05)
        [row] = (await office.get("/v1/audit", params=query)).json()["items"]

    assert (row["number"], row["hash"]) == (await head(application.place.database))


async def test_an_application_that_stops_seals_what_was_written_last(
    bare: Database, settings: Settings
) -> None:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        callers = Callers(app)
        office = await callers.holding("admin")
        answer = await office.patch(VILLAGES[0], json={"households": 4})
        await callers.leave()

    assert answer.status_code == 200
    verdict = await verify(bare)
    assert (verdict.wrong, verdict.unsealed) == (0, 0)


@pytest.mark.engine("postgresql")
async def test_what_an_older_transaction_may_still_come_before_waits(
    bare: Database, database_url: str
) -> None:
    await seal_all(bare)
    writing = await asyncpg.connect(database_url)
    begun = writing.transaction()
    await begun.start()
    values = COLUMNS.replace("transaction_id", "pg_current_xact_id()::text::bigint", 1)
    text = "INSERT INTO audit (:columns) SELECT :values FROM audit ORDER BY position LIMIT 1"
    await writing.execute(said(text, columns=COLUMNS, values=values))
    await noted(bare)

    early = await seal(bare)
    await begun.commit()
    late = await seal(bare)

    await writing.close()
    verdict = await verify(bare)
    assert (early.rows, late.rows) == (0, 2)
    assert (verdict.wrong, verdict.unsealed) == (0, 0)


@pytest.mark.engine("postgresql")
async def test_a_cluster_that_counts_its_transactions_anew_goes_on_behind_the_last_link(
    bare: Database, database_url: str
) -> None:
    await noted(bare, 20)
    # What a younger transaction wrote at a lower position stands behind: the order is not that of positions alone.
    ends = "(SELECT min(transaction_id) + max(transaction_id) FROM audit WHERE action = 'read')"
    turned = "UPDATE audit SET transaction_id = :ends - transaction_id WHERE action = 'read'"
    swapped = said(turned, ends=ends)
    await tampered(database_url, swapped)
    await seal_all(bare)
    restored = [said("UPDATE :table SET transaction_id = 0", table=one) for one in ("audit", "audit_chain")]
    await tampered(database_url, *restored)
    sealed = await head(bare)
    await noted(bare, 2)

    await seal_all(bare)

    verdict = await verify(bare)
    assert (verdict.wrong, verdict.unsealed, verdict.sealed) == (0, 0, sealed.number + 2)


async def test_the_trail_refuses_to_be_changed(bare: Database, database_url: str) -> None:
    await seal_all(bare)
    before = await asked(database_url, "SELECT count(*), max(position) FROM audit")
    attempts = [
        said(text, table=table)
        for table in ("audit", "audit_chain")
        for text in ("UPDATE :table SET transaction_id = 5", "DELETE FROM :table", "TRUNCATE :table")
        if not (database_url.startswith("sqlite") and text.startswith("TRUNCATE"))
    ]

    for attempt in attempts:
        with pytest.raises(Exception, match="the audit trail is never changed"):
            await asked(database_url, attempt)

    assert await asked(database_url, "SELECT count(*), max(position) FROM audit") == before
    assert (await verify(bare)).wrong == 0
