"""What a person may ask about their own data: all of it, who saw it, and that it goes and stays gone."""

import json
from typing import Any

import httpx
import pytest
from sqlalchemy import MetaData, select

import app.tables  # noqa: F401  # every table of the register
from app.database import Database, Statement
from app.database.words import metadata, new_id
from app.exchange.operations.tables import operations_done
from app.subjects.erasing import Erasure, erase, reapply, recorded
from app.subjects.exporting import held_on
from app.subjects.finding import find
from app.subjects.kinds import UnknownSubject
from tests.conftest import Callers, act_of
from tests.cooperatives import registering as cooperatives
from tests.personal import EMAIL, OTHER_OWNER, OTHER_PHONE, OWNER, PHONE
from tests.trainings.making import enrolment, follow_up, training
from tests.ukms.registering import NOBODY, SEPATIN, UKM, address, at, registered

WHY = "Permintaan pemilik"
TOLD = {"owner_kind": "perorangan", "owner_name": OWNER, "phone": PHONE}


async def erased(database: Database, type: str, id: str) -> Erasure:
    return await database.write(act_of("erase"), lambda tx: erase(tx, type, id, WHY))


async def everything(database: Database) -> str:
    """The text of every row of every table, bytes too."""
    tables: MetaData = metadata
    rows = [await database.fetch(Statement(select(table)), {}) for table in tables.sorted_tables]
    return "\n".join(
        bytes(value).decode() if isinstance(value, bytes | memoryview) else str(value)
        for table in rows
        for row in table
        for value in row
    )


async def test_an_export_holds_all_of_it_and_who_saw_it(
    office: httpx.AsyncClient, callers: Callers, database: Database
) -> None:
    ukm = await registered(office, **TOLD)
    await office.put(at(ukm, 2023), json={"sales_idr": 5})
    held = await training(office)
    place = await enrolment(office, held["id"], ukm_id=ukm["id"])
    later = await follow_up(office, held["id"])
    await office.delete(f"/v1/trainings/{held['id']}/enrolments/{place['id']}")
    again = await enrolment(office, held["id"], ukm_id=ukm["id"])
    await registered(office, owner_name=OTHER_OWNER)
    reader = await callers.holding("operator", region=SEPATIN, name="Pembaca Contoh")
    await reader.get(address(ukm))
    await reader.get("/v1/ukms")

    told = await held_on(database, act_of("export"), "ukm", ukm["id"])

    assert (told["record"]["owner_name"], told["record"]["phone"]) == (OWNER, PHONE)
    assert [year["sales_idr"] for year in told["years"]] == [5]
    assert [one["id"] for one in told["enrolments"]] == [again["id"]]
    assert [one["id"] for one in told["follow_ups"]] == [later["id"]]
    assert {(one["type"], one["operation"]) for one in told["changes"]} == {
        ("ukm", "created"),
        ("ukm", "updated"),
        ("ukm_year", "created"),
        ("enrolment", "created"),
        ("enrolment", "deleted"),
    }
    reads = [deed for deed in told["trail"] if deed["actor_name"] == "Pembaca Contoh"]
    assert [deed["action"] for deed in reads] == ["get_ukm", "list_ukms"]
    assert [deed["resource_id"] for deed in reads] == [ukm["id"]] * 2
    assert (
        told["trail"][-1]["action"] in {"export", "enrol_party", "withdraw_enrolment", "put_ukm_year"}
        or told["trail"]
    )
    assert OTHER_OWNER not in json.dumps(told)
    assert json.loads(json.dumps(told)) == told


async def test_an_export_is_a_reading_of_its_own(office: httpx.AsyncClient, database: Database) -> None:
    ukm = await registered(office, **TOLD)

    told = await held_on(database, act_of("export"), "ukm", ukm["id"])

    assert [deed["action"] for deed in told["trail"]] == ["register_ukm", "export"]
    assert told["trail"][-1]["after"] == {"read": ["owner_name", "phone"]}


async def test_after_an_erasure_nothing_in_the_database_holds_it(
    office: httpx.AsyncClient, database: Database
) -> None:
    ukm = (await office.post("/v1/ukms", json={**UKM, **TOLD}, headers={"idempotency-key": "once"})).json()
    await office.patch(address(ukm), json={"phone": OTHER_PHONE})
    before = await everything(database)

    await erased(database, "ukm", ukm["id"])

    after = await everything(database)
    assert [value in before for value in (OWNER, PHONE, OTHER_PHONE)] == [True, True, True]
    assert [value in after for value in (OWNER, PHONE, OTHER_PHONE)] == [False, False, False]
    shown = (await office.get(address(ukm))).json()
    assert (shown["owner_name"], shown["phone"], shown["masked"], shown["version"]) == (None, None, [], 3)
    told = await held_on(database, act_of("export"), "ukm", ukm["id"])
    assert [(one["fields"], one["reason"]) for one in told["erasures"]] == [(["owner_name", "phone"], WHY)]
    assert [one["operation"] for one in told["changes"]] == ["created", "updated", "updated"]
    assert [deed["action"] for deed in told["trail"]][:3] == ["register_ukm", "amend_ukm", "erase"]


async def test_a_retry_of_what_was_erased_acts_no_second_time_and_shows_nothing(
    office: httpx.AsyncClient, database: Database
) -> None:
    sent: Any = {"json": {**UKM, **TOLD}, "headers": {"idempotency-key": "once"}}
    ukm = (await office.post("/v1/ukms", **sent)).json()
    await erased(database, "ukm", ukm["id"])

    again = await office.post("/v1/ukms", **sent)

    assert (again.status_code, again.json()["code"]) == (409, "idempotency.erased")
    assert (await office.get("/v1/ukms?count=exact")).json()["total"] == 1


async def test_what_came_in_an_outbox_goes_too(office: httpx.AsyncClient, database: Database) -> None:
    told = {**UKM, **TOLD}
    create = {"id": new_id(), "action": "create", "type": "ukm", "resource_id": new_id(), "data": told}
    outbox = {"operations": [create]}
    made = await office.post("/v1/operations", json=outbox)

    await erased(database, "ukm", str(create["resource_id"]))
    again = await office.post("/v1/operations", json=outbox)

    assert made.json()["results"][0]["status"] == "applied", made.text
    assert again.json()["results"][0]["status"] == "replayed", again.text
    assert [OWNER in again.text, OWNER in await everything(database)] == [False, False]
    fingerprints = await database.fetch(Statement(select(operations_done.c.fingerprint)), {})
    assert [row[0] for row in fingerprints] == [None]


async def test_a_cooperative_forgets_how_its_people_are_reached(
    office: httpx.AsyncClient, database: Database
) -> None:
    told = await cooperatives.registered(office, phone=PHONE, email=EMAIL)

    await erased(database, "cooperative", told["id"])

    held = await held_on(database, act_of("export"), "cooperative", told["id"])
    assert (held["record"]["phone"], held["record"]["email"], held["record"]["name"]) == (
        None,
        None,
        told["name"],
    )
    assert EMAIL not in await everything(database)


async def test_what_never_was_is_not_erased_and_what_is_deleted_is_put_on_record(
    office: httpx.AsyncClient, database: Database
) -> None:
    gone = await registered(office, **TOLD)
    await office.delete(address(gone))

    with pytest.raises(UnknownSubject):
        await erased(database, "ukm", NOBODY.rpartition("/")[2])
    with pytest.raises(UnknownSubject):
        await held_on(database, act_of("export"), "ukm", NOBODY.rpartition("/")[2])
    await erased(database, "ukm", gone["id"])

    assert [one.resource_id for one in await recorded(database)] == [gone["id"]]
    assert (await held_on(database, act_of("export"), "ukm", gone["id"]))["record"] is None


async def test_a_restored_database_is_brought_up_to_what_was_erased_since(
    office: httpx.AsyncClient, database: Database
) -> None:
    restored = await registered(office, **TOLD)
    seen = await registered(office, owner_name=OTHER_OWNER)
    known = await erased(database, "ukm", seen["id"])
    await office.patch(address(seen), json={"owner_name": OTHER_OWNER})
    since = Erasure(
        NOBODY.rpartition("/")[2],
        "2026-01-02T00:00:00.000000Z",
        "ukm",
        restored["id"],
        ("owner_name", "phone"),
        WHY,
    )

    first = await reapply(database, act_of("reapply"), [known, since])
    second = await reapply(database, act_of("reapply"), [known, since])

    assert (first, second) == (1, 0)
    assert (await office.get(address(restored))).json()["owner_name"] is None
    assert (await office.get(address(seen))).json()["owner_name"] == OTHER_OWNER
    assert since in await recorded(database)


@pytest.mark.parametrize(
    "asked",
    [OWNER, "zqxwa contoh", OWNER.upper(), PHONE, "0812-0000 0917"],
)
async def test_a_person_is_found_by_name_or_number(
    asked: str, office: httpx.AsyncClient, database: Database
) -> None:
    ukm = await registered(office, **TOLD)
    await registered(office, owner_name=OTHER_OWNER, phone=OTHER_PHONE)
    await registered(office)

    assert await find(database, asked) == [("ukm", ukm["id"], SEPATIN)]


async def test_a_cooperative_is_found_by_its_address_and_nobody_by_a_part_of_a_number(
    office: httpx.AsyncClient, database: Database
) -> None:
    told = await cooperatives.registered(office, phone=PHONE, email=EMAIL)

    assert await find(database, EMAIL.upper()) == [("cooperative", told["id"], SEPATIN)]
    assert [await find(database, asked) for asked in ("0917", "+62", "  ", "Contoh", "?")] == [[]] * 5
