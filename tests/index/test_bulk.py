"""Many village-years at once leave what single PUTs leave, write only what differs, and refuse nothing in silence."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace as with_other
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.database import Act, Database, Statement
from app.database.face import T, Unit
from app.database.ledgers import audit, changes
from app.index import bulk
from app.index.bulk import Entered, VillageYear, publish_many
from app.index.schemas import IdmRecord
from app.index.tables import idm_summaries
from tests.conftest import act_of
from tests.index.told import (
    BADAK_MEKAR,
    ITS_OLD_CODE,
    JAHAB,
    KEDANG_IPIL,
    PERIAN,
    SEPATIN,
    at,
    only_published,
    record,
    rows,
)

_counts = Statement(
    select(
        select(func.count()).select_from(changes).scalar_subquery(),
        select(func.count()).select_from(audit).scalar_subquery(),
    )
)
_summaries = Statement(select(idm_summaries).order_by(idm_summaries.c.year, idm_summaries.c.district_code))


def told(code: str, year: int, body: dict[str, Any], origin: Any = None) -> VillageYear:
    """A line as the service takes it."""
    return VillageYear(code, year, IdmRecord.model_validate(body), origin)


async def enter(database: Database, *lines: VillageYear, replace: bool = True) -> Entered:
    """Enter these lines."""
    return await publish_many(database, act_of("load"), lines, replace=replace)


def counts(entered: Entered) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, refused."""
    return entered.created, entered.updated, entered.unchanged, len(entered.refused)


async def written(database: Database) -> tuple[int, int]:
    """How many changes and how many audit rows there are."""
    row = await database.row(_counts, {})
    assert row is not None
    return row[0], row[1]


LINES = (
    told(PERIAN, 2023, only_published(0.9, "mandiri")),
    told(PERIAN, 2024, record("Perian")),
    told(SEPATIN, 2024, {**rows("Jongkang"), "source": "our own count"}),
    told(BADAK_MEKAR, 2022, record("Jongkang")),
)


async def test_entering_the_same_again_writes_nothing(database: Database, visitor: httpx.AsyncClient) -> None:
    first = await enter(database, *LINES)
    before = await written(database)
    series = (await visitor.get(at(PERIAN))).content

    second = await enter(database, *LINES)

    assert counts(first) == (4, 0, 0, 0)
    assert counts(second) == (0, 0, 4, 0)
    assert await written(database) == before
    assert (await visitor.get(at(PERIAN))).content == series


async def test_only_what_differs_is_updated_and_each_written_row_is_recorded_once(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    await enter(database, *LINES)
    before = await written(database)

    entered = await enter(
        database,
        told(PERIAN, 2023, only_published(0.8, "maju")),
        told(PERIAN, 2024, record("Perian")),
        told(SEPATIN, 2024, record("Perian")),
        told(SEPATIN, 2021, only_published(0.5, "tertinggal")),
    )

    after = await written(database)
    assert counts(entered) == (1, 2, 1, 0)
    # Three records, and Sepatin, which shows another figure now; Perian shows its 2024 as before.
    assert [now - then for now, then in zip(after, before, strict=True)] == [4, 4]
    assert (await visitor.get(at(PERIAN, 2023))).json()["version"] == 2


async def test_a_village_shows_its_latest_year_however_the_lines_are_ordered(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    await enter(database, told(PERIAN, 2024, record("Perian")), told(PERIAN, 2022, record("Jongkang")))
    await enter(database, told(PERIAN, 2023, only_published(0.5, "tertinggal")))

    village = (await visitor.get(f"/v1/villages/{PERIAN}")).json()

    assert (village["idm_year"], village["idm_score"], village["idm_status"]) == (2024, 0.9159, "mandiri")
    assert village["version"] == 2


async def test_a_code_that_was_given_up_leads_to_the_present_village(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    entered = await enter(database, told(ITS_OLD_CODE, 2024, record("Perian")))

    assert counts(entered) == (1, 0, 0, 0)
    assert (await visitor.get(at(KEDANG_IPIL, 2024))).json()["village_code"] == KEDANG_IPIL


async def test_what_cannot_be_entered_is_given_back_with_the_reason(database: Database) -> None:
    ahead = {**record("Perian"), "as_of": "2999-01-01"}
    entered = await enter(
        database,
        told("99.99.99.2999", 2024, record("Perian"), "nowhere"),
        told(JAHAB, 2024, record("Perian"), "a kelurahan"),
        told(KEDANG_IPIL, 2024, record("Perian"), "first"),
        told(ITS_OLD_CODE, 2024, record("Jongkang"), "again by its old code"),
        told(PERIAN, 2024, ahead, "ahead of its time"),
    )

    refused = {one.origin: [(fault.pointer, fault.code) for fault in one.faults] for one in entered.refused}
    assert entered.created == 1
    assert refused == {
        "nowhere": [("/code", "village.not_found")],
        "a kelurahan": [("/code", "idm.kelurahan")],
        "again by its old code": [("/code", "idm.repeated")],
        "ahead of its time": [("/as_of", "value.date_future")],
    }


async def test_a_year_that_is_there_is_left_alone_where_nothing_may_be_replaced(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    await enter(database, told(PERIAN, 2024, record("Perian")))

    entered = await enter(
        database,
        told(PERIAN, 2024, record("Jongkang")),
        told(SEPATIN, 2024, record("Perian")),
        replace=False,
    )

    assert counts(entered) == (1, 0, 1, 0)
    assert (await visitor.get(at(PERIAN, 2024))).json()["scores"] == rows("Perian")


async def test_a_load_that_breaks_off_leaves_the_earlier_batches_whole_and_can_be_repeated(
    database: Database, visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)

    def broken() -> Iterator[VillageYear]:
        yield from LINES[:3]
        raise ValueError("the file ends here")

    with pytest.raises(ValueError, match="ends here"):
        await publish_many(database, act_of("load"), broken())
    whole = (await visitor.get(at(PERIAN))).json()["items"]
    absent = await visitor.get(at(SEPATIN, 2024))
    again = await enter(database, *LINES)

    assert [item["year"] for item in whole] == [2023, 2024]
    assert absent.status_code == 404
    assert counts(again) == (2, 0, 2, 0)


class Beaten:
    """A database where somebody else always writes between the look and the write."""

    def __init__(self, database: Database, first: Callable[[], Awaitable[object]]) -> None:
        self._database = database
        self._first = first
        self.fetch = database.fetch

    async def write(self, act: Act, unit: Unit[T]) -> T:
        """Let the other one write first."""
        await self._first()
        return await self._database.write(act, unit)


async def test_a_village_that_changes_between_the_look_and_the_write_is_planned_anew(
    database: Database, office: httpx.AsyncClient
) -> None:
    beaten: Any = Beaten(database, lambda: office.put(at(PERIAN, 2024), json=record("Jongkang")))

    entered = await enter(beaten, told(PERIAN, 2024, record("Perian")))

    kept = (await office.get(at(PERIAN, 2024))).json()
    assert counts(entered) == (0, 1, 0, 0)
    assert (kept["version"], kept["scores"]) == (2, rows("Perian"))


async def test_a_village_that_is_gone_when_its_batch_is_written_is_refused_and_the_others_entered(
    database: Database, office: httpx.AsyncClient
) -> None:
    beaten: Any = Beaten(database, lambda: office.delete(f"/v1/villages/{SEPATIN}"))
    before = await written(database)

    entered = await enter(beaten, *LINES)

    assert counts(entered) == (3, 0, 0, 1)
    # Three records, two villages that show one, and Sepatin gone.
    assert [now - then for now, then in zip(await written(database), before, strict=True)] == [6, 6]


_bodies = st.sampled_from(
    [
        record("Perian"),
        record("Jongkang"),
        only_published(0.5, "tertinggal"),
        {**rows("Perian"), "source": "our own count"},
        {"published": {"ike": 0.25}, "source": "yearly file"},
    ]
)
_lines = st.dictionaries(
    st.tuples(st.sampled_from([PERIAN, BADAK_MEKAR, KEDANG_IPIL]), st.sampled_from([2022, 2023, 2024])),
    _bodies,
    min_size=1,
    max_size=9,
)
_timeless = ("created_at", "updated_at")


async def _left(client: httpx.AsyncClient, code: str) -> list[dict[str, Any]]:
    """The series and the village, without times; a village's version counts writes, of which many share one."""
    series = (await client.get(at(code))).json()["items"]
    village = (await client.get(f"/v1/villages/{code}")).json()
    shown = {name: village[name] for name in ("idm_year", "idm_score", "idm_status")}
    return [*({name: item[name] for name in item if name not in _timeless} for item in series), shown]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_lines, second=_lines)
async def test_many_at_once_leave_what_single_puts_leave(
    database: Database,
    office: httpx.AsyncClient,
    first: dict[tuple[str, int], dict[str, Any]],
    second: dict[tuple[str, int], dict[str, Any]],
) -> None:
    left = []
    for many in (True, False):
        for lines in (first, second):
            if many:
                await enter(database, *(told(code, year, body) for (code, year), body in lines.items()))
            else:
                for (code, year), body in lines.items():
                    await office.put(at(code, year), json=body)
        kept = [await _left(office, code) for code in (PERIAN, BADAK_MEKAR, KEDANG_IPIL)]
        counted = [tuple(row) for row in await database.fetch(_summaries, {})]
        left.append((kept, counted))
        for code, year in {*first, *second}:
            await office.delete(at(code, year))

    assert left[0] == left[1]
    assert any(left[0][0])


async def test_only_villages_within_reach_are_entered(database: Database) -> None:
    near = with_other(act_of("load"), reach="64.02.04")

    entered = await publish_many(database, near, LINES)

    assert counts(entered) == (1, 0, 0, 3)
    assert {fault.code for one in entered.refused for fault in one.faults} == {"village.not_found"}
