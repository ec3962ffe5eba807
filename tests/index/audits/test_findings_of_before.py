"""Years that were stored before there were findings get theirs with the migration, as if they were written now."""

import asyncio
from collections.abc import Sequence
from typing import Any

from alembic import command
from sqlalchemy import select

from app.database import Database, Statement, connect
from app.database.migrate import alembic_config, migrate
from app.index.tables import FLAGS, idm_records
from app.seed import kukar_data
from tests.conftest import Templates, act_of

_found = Statement(
    select(idm_records.c.village_code, idm_records.c.year, *(idm_records.c[name] for name in FLAGS))
    .where(idm_records.c.found.is_not(None))
    .order_by(idm_records.c.village_code, idm_records.c.year)
)


def test_years_of_before_are_found_by_the_migration(engine: str, templates: Templates) -> None:
    url = templates.fresh(engine)
    asyncio.run(_with(url, enter=True))
    written = asyncio.run(_with(url))

    command.downgrade(alembic_config(url), "0005")
    migrate(url)

    migrated = asyncio.run(_with(url))
    assert migrated == written
    assert len(migrated) == 16


async def _with(url: str, *, enter: bool = False) -> Sequence[tuple[Any, ...]]:
    database: Database = connect(url)
    await database.open()
    if enter:
        await kukar_data.load_idm(database, act_of("seed"))
    rows = [tuple(row) for row in await database.fetch(_found, {})]
    await database.close()
    return rows
