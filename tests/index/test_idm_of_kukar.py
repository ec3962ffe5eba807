"""The IDM that comes with the project: Kukar's 193 desa in 2023 and 2024, as published."""

from collections import Counter

from sqlalchemy import select

from app.database import Database, Statement
from app.index.tables import IDM_RECORDS, idm_records
from app.seed import kukar_data
from app.villages.tables import villages
from tests.conftest import act_of

_all = Statement(select(*IDM_RECORDS.published))
_shown = Statement(select(villages.c.kind, villages.c.idm_year, villages.c.idm_status, villages.c.version))
_inconsistent = Statement(
    select(idm_records.c.year, idm_records.c.village_code).where(idm_records.c.consistent == 0)
)


async def test_each_of_193_desa_has_its_published_years(database: Database) -> None:
    entered = await kukar_data.load_idm(database, act_of("seed"))

    records = [IDM_RECORDS.state(row) for row in await database.fetch(_all, {})]
    status = {year: Counter[str]() for year in (2023, 2024)}
    for found in records:
        status[found["year"]][found["published"]["status"]] += 1
    mean = {
        year: sum(found["published"]["idm"] for found in records if found["year"] == year) / 193
        for year in status
    }
    assert entered == 386
    assert status == {
        2023: {"mandiri": 76, "maju": 69, "berkembang": 48},
        2024: {"mandiri": 87, "maju": 83, "berkembang": 23},
    }
    assert {year: round(value, 4) for year, value in mean.items()} == {2023: 0.7759, 2024: 0.7969}


async def test_the_rows_of_three_villages_differ_from_what_was_published(database: Database) -> None:
    await kukar_data.load_idm(database, act_of("seed"))

    records = [IDM_RECORDS.state(row) for row in await database.fetch(_all, {})]

    named = {found["village_name"] for found in records if found["audit"]["consistent"] is False}
    consistent = Counter((found["year"], found["audit"]["consistent"]) for found in records)
    assert named == {"Jongkang", "Bila Talang", "Tukung Ritan"}
    assert consistent == {(2023, None): 193, (2024, True): 190, (2024, False): 3}
    assert len(await database.fetch(_inconsistent, {})) == 3


async def test_every_desa_shows_2024_as_its_second_version_and_no_kelurahan_shows_any(
    database: Database,
) -> None:
    await kukar_data.load_idm(database, act_of("seed"))

    told = Counter((row[0], row[1], row[3]) for row in await database.fetch(_shown, {}))

    assert told == {("desa", 2024, 2): 193, ("kelurahan", None, 1): 44}


async def test_what_is_there_already_is_left_as_it_is(database: Database) -> None:
    await kukar_data.load_idm(database, act_of("seed"))
    before = [tuple(row) for row in await database.fetch(_all, {})]

    entered = await kukar_data.load_idm(database, act_of("seed"))

    assert entered == 0
    assert [tuple(row) for row in await database.fetch(_all, {})] == before
