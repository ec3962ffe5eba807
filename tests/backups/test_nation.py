"""The nation's register goes into a file and back within the half hour that an office may be without it."""

import os
import time
from collections.abc import Iterator, Sequence
from typing import Any

import anyio.to_thread
import pytest

from app.database.migrate import migrate
from app.database.whole import Section, Whole, filling, reading
from app.database.words import new_id
from app.index.bulk import VillageYear, publish_many
from app.index.schemas import IdmRecord
from tests.backups.conftest import Move
from tests.backups.making import backed_up, opened, restored
from tests.conftest import Templates, act_of
from tests.index.told import PERIAN, record

VILLAGES, YEARS = 84_000, 10
HALF_AN_HOUR = 1_800
Rows = Iterator[Sequence[Any]]


@pytest.mark.soak
@pytest.mark.timeout(3_600)
async def test_eighty_four_thousand_villages_in_ten_years_are_backed_up_and_restored_in_time(
    engine: str, move: Move, templates: Templates
) -> None:
    nation = templates.empty(engine)
    await anyio.to_thread.run_sync(migrate, nation)
    async with opened(move.url) as database:
        line = VillageYear(PERIAN, 2024, IdmRecord.model_validate(record("Perian")))
        await publish_many(database, act_of("load"), [line])
    async with reading(move.url) as few, filling(nation) as many:
        await multiply(few, many)

    began = time.monotonic()
    manifest = await backed_up(nation, move.file)
    written = time.monotonic() - began
    templates.drop(nation)  # two of them would fill a small machine
    began = time.monotonic()
    await restored(move.place, move.file)
    back = time.monotonic() - began
    templates.drop(move.place)

    size = move.file.stat().st_size / 1e6
    print(  # noqa: T201  # the figures
        f"backup of {VILLAGES} villages in {YEARS} years on {engine}: {manifest.rows} rows in {written:.0f} s, "
        f"{size:.0f} MB; restored, each table compared, in {back:.0f} s"
    )
    assert manifest.tables["idm_records"]["rows"] == VILLAGES * YEARS
    assert back < HALF_AN_HOUR


async def multiply(few: Whole, many: Whole) -> None:
    """Fill a register with villages, records, changes and audit rows of the kind that another one has."""
    for section in await few.sections():
        rows = [tuple(row) async for batch in few.rows(section) for row in batch]
        make = MADE.get(section.table)
        if make is not None:
            await many.fill(section, make(section, max(rows, key=lambda row: len(str(row)))))
        elif section.table in ("feed", "regions"):
            await many.fill(section, rows)


def _id(place: int) -> str:
    return f"00000000-0000-7000-8000-{place:012d}"


def _villages(section: Section, sample: Sequence[Any]) -> Rows:
    for place in range(VILLAGES):
        yield _changed(section, sample, village_id=_id(place), code=f"90.{place // 1000:02d}.00.{place:06d}")


def _records(section: Section, sample: Sequence[Any]) -> Rows:
    for place in range(VILLAGES * YEARS):
        village, year = divmod(place, YEARS)
        yield _changed(section, sample, id=_id(place), village_id=_id(village), year=2015 + year)


def _ledger(section: Section, sample: Sequence[Any]) -> Rows:
    for place in range(VILLAGES * YEARS):
        yield _changed(section, sample, position=place + 1, id=new_id(), resource_id=_id(place))


def _changed(section: Section, sample: Sequence[Any], **values: Any) -> Sequence[Any]:
    row = list(sample)
    for name, value in values.items():
        row[section.columns.index(name)] = value
    for name in {"document", "data", "after"} & set(section.columns):
        # No two villages are alike: without this, everything would shrink to nothing.
        place = section.columns.index(name)
        row[place] = f'{row[place][:-1]},"contoh":"{os.urandom(32).hex()}"}}'
    return row


MADE = {"villages": _villages, "idm_records": _records, "changes": _ledger, "audit": _ledger}
