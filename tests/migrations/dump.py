"""`python -m tests.migrations.dump` keeps a dump of each revision that has none yet: run it before a new migration.

The application of today fills a database over HTTP with one of everything; what an earlier revision had no place for
is left out of its dump.
"""

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory

from app import clock
from app.access.audit.sealing import seal_all
from app.access.webhooks import keep, new_key
from app.database.migrate import alembic_config, migrate
from app.database.words import metadata, new_id
from app.main import create_app
from app.seed import kukar_data, regions
from app.settings import Settings
from app.subjects.erasing import erase
from tests.access.people import admitted, tried
from tests.access.things import placed
from tests.conftest import Callers, act_of
from tests.exchange.imports.sending import csv_of, sent
from tests.migrations.dumps import FOLDER, Row, Tables, held, write

SEPATIN, KEDANG_IPIL = "64.02.04.2001", "64.02.19.2001"
PLACES = ("64", "64.02", "64.02.04", "64.02.19", SEPATIN, KEDANG_IPIL)
_GROUP = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": SEPATIN}


def main() -> None:
    """Write the dumps that are missing."""
    revisions = [one.revision for one in ScriptDirectory.from_config(alembic_config("")).walk_revisions()]
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/head.db"
        migrate(url)
        asyncio.run(_filled(url))
        tables = held(url)
        for revision in revisions:
            if not (FOLDER / f"{revision}.json").exists():
                write(revision, _at(Path(folder), revision, tables))


def _at(folder: Path, revision: str, tables: Tables) -> Tables:
    """The rows as they would stand at a revision, parents before children."""
    path = folder / f"{revision}.db"
    migrate(f"sqlite:///{path}", revision)
    found: Tables = {}
    with closing(sqlite3.connect(path)) as file:
        for table in (one.name for one in metadata.sorted_tables):
            columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
            if columns:
                found[table] = [
                    {name: _value(row, name) for name in columns}
                    for row in tables[table]
                    if _stood(row, columns)
                ]
    return {table: rows for table, rows in found.items() if rows}


def _stood(row: Row, columns: list[str]) -> bool:
    # Before users there were no sessions.
    return "revoked_at" not in columns or row["kind"] == "token"


def _value(row: Row, name: str) -> Any:
    # Two columns of before are no more: when an answer was kept, and when a token was revoked.
    return clock.later(row["until"], days=-7) if name == "at" and "until" in row else row.get(name)


async def _filled(url: str) -> None:
    application = create_app(Settings(database_url=url, webhooks=False))
    callers = Callers(application)
    async with application.router.lifespan_context(application):
        database = application.place.database
        lines = [line for line in kukar_data.lines("regions.csv") if line["code"] in PLACES]
        places = [regions.Place(line["code"], line["name"], None, None) for line in lines]
        moved = regions.Recoding("64.02.08.2001", KEDANG_IPIL, kukar_data.RECODED_ON, kukar_data.RECODED_BY)
        await regions.load(database, act_of("seed"), places, [moved])
        office = await callers.holding("admin", name="office")
        things = await placed(office, SEPATIN)
        case = things.at("/v1/legality-conflicts/{id}/resolution")
        told: list[tuple[str, str, dict[str, Any]]] = [
            ("POST", case, {"holder": things.ids["cooperatives"], "reason": "Contoh"}),
            ("PATCH", things.at("/v1/groups/{id}"), {"village_code": KEDANG_IPIL}),
            ("POST", "/v1/webhook-subscriptions", {"url": "https://8.8.8.8/contoh"}),
            ("POST", "/v1/operations", {"operations": [_operation()]}),
        ]
        for verb, address, body in told:
            answer = await office.request(verb, address, json=body, headers={"if-match": "*"})
            assert answer.is_success, (address, answer.text)
        assert (
            await office.post("/v1/groups", json=_GROUP, headers={"idempotency-key": "contoh"})
        ).is_success
        rows = csv_of(("village_code", "name", "owner_kind"), (SEPATIN, "UKM Contoh", "kelompok"))
        assert (await sent(office, "ukms", rows, mode="commit"))["status"] == "committed"
        await admitted(office, region=SEPATIN)
        assert (await tried(callers)).is_success
        assert (await office.get("/v1/ukms")).is_success
        await database.write(act_of("erase"), lambda tx: erase(tx, "ukm", things.ids["ukms"], "Contoh"))
        await database.write(
            act_of("secret"), lambda tx: keep(tx, new_key(), source="contoh", region="", overlap_hours=0)
        )
        await seal_all(database)
        await callers.leave()


def _operation() -> dict[str, Any]:
    return {"id": new_id(), "action": "create", "type": "group", "resource_id": new_id(), "data": _GROUP}


if __name__ == "__main__":
    main()
