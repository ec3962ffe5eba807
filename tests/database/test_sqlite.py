"""SQLite in the loop: writers that wait share one COMMIT, a lock elsewhere freezes nobody, no half group stays."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import bindparam, text

from app.database import Busy, Statement, Transaction, Unavailable
from app.database.sqlite import SQLite
from app.database.sqlite_driver import sqlite
from app.main import create_app
from app.settings import Settings
from tests.conftest import Callers, act_of

pytestmark = pytest.mark.engine("sqlite")

SEPATIN = "/v1/villages/64.02.04.2001"

_heavy = Statement(
    text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
        "INSERT INTO scratch SELECT i, hex(zeroblob(:wide)) FROM n"
    ).bindparams(bindparam("many"), bindparam("wide"))
)
_endless = Statement(
    text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
)
_count = Statement(text("SELECT count(*) FROM scratch"))


@pytest.fixture
async def file(database: SQLite) -> SQLite:
    """The application's database with a table to fill."""
    database._writer.say("CREATE TABLE scratch (i INTEGER, x TEXT)")
    return database


@contextmanager
def traced(database: SQLite) -> Iterator[list[str]]:
    """What the writing connection says to SQLite."""
    said: list[str] = []
    database._writer._raw.set_trace_callback(said.append)
    yield said
    database._writer._raw.set_trace_callback(None)


@contextmanager
def locked(database: SQLite) -> Iterator[sqlite3.Connection]:
    """Another connection that holds the write lock."""
    other = sqlite.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        if other.in_transaction:
            other.execute("ROLLBACK")
        other.close()


def filling(many: int, wide: int = 1) -> Any:
    async def unit(tx: Transaction) -> int:
        return await tx.execute(_heavy, {"many": many, "wide": wide})

    return unit


async def rows(database: SQLite) -> int:
    return int((await database.fetch(_count, {}))[0][0])


async def test_writers_that_wait_together_share_one_commit(
    database: SQLite, office: httpx.AsyncClient
) -> None:
    with traced(database) as said:
        answers = await asyncio.gather(
            *(office.patch(f"/v1/villages/64.02.04.200{n}", json={"households": n}) for n in range(1, 9))
        )

    assert [answer.status_code for answer in answers] == [200] * 8
    assert said.count("SAVEPOINT unit") == said.count("RELEASE unit") == 8
    assert (said.count("BEGIN IMMEDIATE"), said.count("COMMIT")) == (1, 1)


async def test_a_refusal_in_a_group_costs_the_others_nothing(
    database: SQLite, office: httpx.AsyncClient
) -> None:
    with traced(database) as said:
        answers = await asyncio.gather(
            office.patch(SEPATIN, json={"households": 5}),
            office.post("/v1/villages", json={"code": "64.02.04.2001", "name": "Sepatin"}),
            office.delete(SEPATIN, headers={"if-match": '"99"'}),
            office.patch("/v1/villages/64.02.04.2002", json={"households": 6}),
        )

    assert [answer.status_code for answer in answers] == [200, 409, 412, 200]
    assert said.count("ROLLBACK TO unit") == 2
    assert said.count("COMMIT") == 1


async def test_every_commit_is_flushed_and_foreign_keys_hold(database: SQLite) -> None:
    for connection in (database._writer, database._reader):
        asked = {
            name: connection._raw.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

        assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 0}


async def test_the_reading_connection_cannot_write(database: SQLite) -> None:
    with pytest.raises(Unavailable, match="readonly"):
        await database.fetch(Statement(text("DELETE FROM tokens")), {})


async def test_a_reader_goes_on_while_another_process_holds_the_write_lock(
    database: SQLite, office: httpx.AsyncClient
) -> None:
    with locked(database) as other:
        write = asyncio.create_task(office.patch(SEPATIN, json={"households": 5}))
        reads = [await office.get(SEPATIN) for _ in range(20)]
        waiting = not write.done()
        other.execute("ROLLBACK")
        written = await write

    assert {answer.status_code for answer in reads} == {200}
    assert waiting
    assert (written.status_code, written.json()["version"]) == (200, 2)


async def test_another_program_may_write_between_two_requests(
    database: SQLite, office: httpx.AsyncClient
) -> None:
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "c.execute(\"UPDATE villages SET document = replace(document, 'Sepatin', 'Lain')\"); c.commit()"
    )
    before = await office.get(SEPATIN)

    subprocess.run([sys.executable, "-c", program, database.path], check=True, timeout=30)  # noqa: S603, ASYNC221

    after = await office.get(SEPATIN)
    assert (before.json()["name"], after.json()["name"]) == ("Sepatin", "Lain")
    assert (await office.patch(SEPATIN, json={"households": 5})).status_code == 200


async def test_a_lock_that_is_never_given_up_is_a_503_and_then_all_is_well_again(settings: Settings) -> None:
    application = create_app(settings.model_copy(update={"deadline_seconds": 0.3}))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        office = await callers.holding("admin")
        database = application.place.database
        assert isinstance(database, SQLite)

        with locked(database):
            refused = await asyncio.gather(*(office.patch(SEPATIN, json={"households": n}) for n in range(4)))
            ready = await office.get("/health/ready")
        written = await office.patch(SEPATIN, json={"households": 5})
        await callers.leave()

    assert [answer.status_code for answer in refused] == [503] * 4
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}
    assert ready.status_code == 200
    assert (written.status_code, written.json()["version"]) == (200, 2)


async def test_without_a_deadline_the_lock_is_waited_for_and_then_it_is_busy(database: SQLite) -> None:
    with locked(database), pytest.raises(Busy):
        await database.write(act_of("write"), filling(1))

    assert await database.write(act_of("write"), doing_nothing) == "nothing"


async def doing_nothing(tx: Transaction) -> str:
    """A unit that writes nothing."""
    return "nothing"


async def test_a_statement_without_an_end_is_interrupted(file: SQLite) -> None:
    with pytest.raises(Unavailable, match="interrupted"):
        await file.fetch(_endless, {})

    assert await rows(file) == 0


async def test_an_old_allowance_does_not_end_a_young_statement(file: SQLite) -> None:
    async def unit(tx: Transaction) -> int:
        await tx.fetch(_count, {})
        # As if the time that the read was given had passed since.
        file._writer._until = 0.0
        return await tx.execute(_heavy, {"many": 50_000, "wide": 1})

    assert await file.write(act_of("write"), unit) == 50_000


async def test_a_group_that_sqlite_rolls_back_by_itself_is_a_failure_for_all_of_it(file: SQLite) -> None:
    async def interrupted(tx: Transaction) -> None:
        await tx.fetch(_endless_write, {})

    outcomes = await asyncio.wait_for(
        asyncio.gather(
            file.write(act_of("before"), filling(10)),
            file.write(act_of("culprit"), interrupted),
            file.write(act_of("after"), filling(100)),
            return_exceptions=True,
        ),
        timeout=10,
    )

    assert isinstance(outcomes[0], Unavailable)
    assert isinstance(outcomes[1], Unavailable)
    assert outcomes[2] == 100
    assert await rows(file) == 100


_endless_write = Statement(
    text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "INSERT INTO scratch SELECT i, '' FROM n RETURNING i"
    )
)


async def test_a_full_disk_is_unavailable_and_the_same_server_goes_on_when_there_is_room(
    file: SQLite,
) -> None:
    raw = file._writer._raw
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count={pages + 5}")

    outcomes = await asyncio.gather(
        file.write(act_of("small"), filling(3)),
        file.write(act_of("large"), filling(1000, wide=1000)),
        return_exceptions=True,
    )
    raw.execute("PRAGMA max_page_count=1000000")
    again = await file.write(act_of("large"), filling(1000, wide=1000))

    assert isinstance(outcomes[1], Unavailable)
    assert await rows(file) == again + (3 if outcomes[0] == 3 else 0)
    assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


async def test_a_survey_leaves_the_loop_to_others_and_ends_with_whoever_waits_for_it(
    database: SQLite,
) -> None:
    survey = asyncio.ensure_future(database.survey(_endless, {}))
    await asyncio.sleep(0)

    between = await database.fetch(Statement(text("SELECT 1")), {})
    running = not survey.done()
    survey.cancel()
    with pytest.raises(asyncio.CancelledError):
        await survey
    after = await database.survey(Statement(text("SELECT 2")), {})

    assert [between, running, after] == [[(1,)], True, [(2,)]]
