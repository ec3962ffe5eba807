"""Imports as jobs: sent once, seen by their sender, taken back, purged; parts are whole, and nothing is half."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from app import clock
from app.database import Database, Statement, Transaction
from app.exchange.imports import keeping
from app.exchange.imports.tables import import_jobs
from app.subjects.erasing import erase
from tests.conftest import Callers, act_of
from tests.exchange.imports.sending import BOOK, csv_of, ended, places, sent

SEPATIN, PERIAN = "64.02.04.2001", "64.02.01.2001"
HEADER = ("village_code", "name", "owner_kind", "owner_name", "members")


def ukms(count: int, *, first: int = 1) -> list[tuple[object, ...]]:
    """Rows of UKM that are not there yet."""
    return [(SEPATIN, f"UKM Contoh {n}", "kelompok", "Contoh", n % 50) for n in range(first, first + count)]


async def total(client: httpx.AsyncClient) -> int:
    """How many of them there are."""
    return int((await client.get("/v1/ukms?count=exact&q=ukm contoh&limit=1")).json()["total"])


async def test_a_file_is_accepted_and_its_job_followed(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/imports/ukms?mode=commit", content=csv_of(HEADER, *ukms(3)), headers={"content-type": "text/csv"}
    )
    job = await ended(office, answer.json())
    listed = (await office.get("/v1/imports")).json()["items"]

    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/imports/{job['id']}"
    assert answer.json()["status"] == "queued"
    assert job["progress"] == {"done": 3, "of": 3}
    assert listed[0]["id"] == job["id"]
    assert await total(office) == 3


async def test_a_job_that_is_sent_again_with_its_key_has_one_effect(office: httpx.AsyncClient) -> None:
    request = {
        "content": csv_of(HEADER, *ukms(2)),
        "headers": {"content-type": "text/csv", "idempotency-key": "contoh", "prefer": "wait=3"},
    }

    first = await office.post("/v1/imports/ukms?mode=commit", **request)  # type: ignore[arg-type]  # content and headers
    again = await office.post("/v1/imports/ukms?mode=commit", **request)  # type: ignore[arg-type]  # content and headers

    assert first.headers["preference-applied"] == "wait=3"
    assert again.headers["idempotent-replayed"] == "true"
    assert first.json()["id"] == again.json()["id"]
    assert len((await office.get("/v1/imports")).json()["items"]) == 1
    assert await total(office) == 2


async def test_a_form_with_one_file_is_as_good_as_the_file(office: httpx.AsyncClient) -> None:
    file = ("ukm.csv", csv_of(HEADER, *ukms(1)), "application/vnd.ms-excel")

    answer = await office.post("/v1/imports/ukms", files={"file": file}, headers={"prefer": "wait=3"})
    none = await office.post("/v1/imports/ukms", data={"x": "y"}, files={"file": b""})
    empty = await office.post("/v1/imports/ukms", content=b"", headers={"content-type": BOOK})
    other = await office.post("/v1/imports/ukms", content=b"{}", headers={"content-type": "application/json"})

    assert (await ended(office, answer.json()))["status"] == "planned"
    assert none.status_code in (202, 415, 422)
    assert (empty.status_code, empty.json()["errors"][0]["code"]) == (422, "import.empty")
    assert other.status_code == 415


async def test_a_file_that_cannot_be_read_fails_and_says_why(office: httpx.AsyncClient) -> None:
    job = await sent(office, "ukms", b"PK\x03\x04 no workbook", media=BOOK)

    assert job["status"] == "failed"
    assert job["problem"]["code"].startswith("import.")
    assert job["counts"] == dict.fromkeys(("create", "update", "unchanged", "refused"), 0)


async def test_good_rows_are_written_beside_bad_ones_where_that_is_asked_for(
    office: httpx.AsyncClient,
) -> None:
    rows = ukms(6)
    rows[2] = ("64.02.1", "UKM Contoh", "kelompok", "", "")

    whole = await sent(office, "ukms", csv_of(HEADER, *rows), mode="commit")
    there = await total(office)
    parts = await sent(office, "ukms", csv_of(HEADER, *rows), mode="commit", partial="true")

    assert (whole["status"], there) == ("refused", 0)
    assert (parts["status"], await total(office)) == ("committed", 5)
    assert parts["errors"] == whole["errors"]
    assert places(parts) == {(4, "village_code", "code.malformed")}


async def test_an_import_is_seen_by_its_sender_and_by_who_reads_the_trail(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    here = await callers.holding("operator", region="64.02.04", name="here")
    there = await callers.holding("operator", region="64.02.04", name="there")
    elsewhere = await callers.holding("admin", region="64.02.05", name="elsewhere")
    job = await sent(here, "ukms", csv_of(HEADER, *ukms(1)))

    statuses = [
        (await who.get(f"/v1/imports/{job['id']}")).status_code for who in (here, there, elsewhere, office)
    ]
    lists = [len((await who.get("/v1/imports")).json()["items"]) for who in (here, there, elsewhere, office)]

    assert statuses == [200, 404, 404, 200]
    assert lists == [1, 0, 0, 1]


async def test_imports_are_listed_page_by_page(office: httpx.AsyncClient) -> None:
    jobs = [(await sent(office, "ukms", csv_of(HEADER, *ukms(1))))["id"] for _ in range(3)]

    first = (await office.get("/v1/imports?limit=2")).json()
    second = (await office.get(f"/v1/imports?limit=2&cursor={first['next_cursor']}")).json()

    assert [one["id"] for one in (*first["items"], *second["items"])] == jobs[::-1]
    assert second["next_cursor"] is None


async def test_a_commit_carries_out_its_plan_and_refuses_what_changed_since(
    office: httpx.AsyncClient,
) -> None:
    await sent(office, "ukms", csv_of(HEADER, *ukms(2)), mode="commit")
    plan = await sent(office, "ukms", csv_of(HEADER, *((*row[:4], 49) for row in ukms(2))))
    ukm = (await office.get("/v1/ukms?q=ukm contoh 1")).json()["items"][0]
    await office.patch(f"/v1/ukms/{ukm['id']}", json={"capital_idr": 5})

    refused = await sent(office, "ukms", b"", media="text/csv", mode="commit", plan=plan["id"])
    replanned = await sent(office, "ukms", csv_of(HEADER, *((*row[:4], 49) for row in ukms(2))))
    commit = await sent(office, "ukms", b"", media="text/csv", mode="commit", plan=replanned["id"])
    other = await office.post(
        f"/v1/imports/ukms?mode=commit&plan={plan['id']}", content=b"x", headers={"content-type": "text/csv"}
    )

    assert plan["counts"]["update"] == 2
    assert refused["status"] == "refused"
    assert places(refused) == {(2, None, "import.stale")}
    assert (commit["status"], commit["counts"]["update"]) == ("committed", 2)
    assert other.json()["errors"][0]["code"] == "import.other_file"


async def test_a_commit_is_taken_back_as_if_it_had_not_been(office: httpx.AsyncClient) -> None:
    old = {
        "name": "UKM Contoh 1",
        "village_code": SEPATIN,
        "owner_kind": "perorangan",
        "phone": "+6281200000000",
    }
    before = (await office.post("/v1/ukms", json=old)).json()
    job = await sent(office, "ukms", csv_of(HEADER, *ukms(3)), mode="commit")
    assert job["counts"] == {"create": 2, "update": 1, "unchanged": 0, "refused": 0}

    answer = await office.post(f"/v1/imports/{job['id']}/undo", headers={"prefer": "wait=3"})
    undone = await ended(office, answer.json())
    after = (await office.get(f"/v1/ukms/{before['id']}")).json()
    again = await office.post(f"/v1/imports/{job['id']}/undo")

    assert undone["status"] == "undone"
    assert await total(office) == 1
    changing = ("version", "updated_at")
    assert {k: v for k, v in after.items() if k not in changing} == {
        k: v for k, v in before.items() if k not in changing
    }
    assert again.json()["code"] == "import.nothing_to_undo"


async def test_what_changed_since_is_named_and_the_commit_stands(office: httpx.AsyncClient) -> None:
    job = await sent(office, "ukms", csv_of(HEADER, *ukms(3)), mode="commit")
    ukm = (await office.get("/v1/ukms?q=ukm contoh 2")).json()["items"][0]
    await office.patch(f"/v1/ukms/{ukm['id']}", json={"capital_idr": 5})

    answer = await office.post(f"/v1/imports/{job['id']}/undo")

    assert (answer.status_code, answer.json()["code"]) == (409, "import.changed_since")
    assert answer.json()["changed"] == [{"row": 3, "type": "ukm", "id": ukm["id"], "version": 2}]
    assert await total(office) == 3


@pytest.mark.parametrize("kind", ["villages", "idm", "cooperatives", "trainings"])
async def test_every_kind_but_the_ledger_can_be_taken_back(office: httpx.AsyncClient, kind: str) -> None:
    files: dict[str, bytes] = {
        "villages": csv_of(
            ("code", "name", "population"), (SEPATIN, "Sepatin", 9), ("64.02.04.2099", "Contoh", 1)
        ),
        "idm": csv_of(("village_code", "year", "published_idm", "source"), (SEPATIN, 2023, "0.7", "Contoh")),
        "cooperatives": csv_of(("village_code", "name", "kind"), (SEPATIN, "Koperasi Contoh", "lainnya")),
        "trainings": csv_of(("village_code", "title", "focus", "year"), (SEPATIN, "Contoh", "lainnya", 2024)),
    }
    before = (await office.get(f"/v1/villages/{SEPATIN}")).json()
    job = await sent(office, kind, files[kind], mode="commit")
    assert job["status"] == "committed", job

    answer = await office.post(f"/v1/imports/{job['id']}/undo", headers={"prefer": "wait=3"})

    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "undone"
    after = (await office.get(f"/v1/villages/{SEPATIN}")).json()
    assert (after["population"], after["idm_year"]) == (before["population"], before["idm_year"])
    assert (await sent(office, kind, files[kind]))["counts"] == job["counts"]


async def test_files_go_after_thirty_days_and_the_import_stays_on_record(
    office: httpx.AsyncClient, database: Database
) -> None:
    job = await sent(office, "ukms", csv_of(HEADER, *ukms(1)), mode="commit")
    aged = Statement(update(import_jobs).values(created_at=clock.earlier(clock.now(), days=31)))

    async def age(tx: Transaction) -> None:
        await tx.execute(aged, {})

    await database.write(act_of("age"), age)
    await keeping.purge(database, lambda unit: database.write(act_of("purge"), unit))
    kept = (await office.get(f"/v1/imports/{job['id']}")).json()
    marked = await office.get(f"/v1/imports/{job['id']}/annotated")
    undone = await office.post(f"/v1/imports/{job['id']}/undo")

    assert kept["digest"] == job["digest"]
    assert marked.status_code == 410
    assert undone.json()["code"] == "import.file_gone"


async def test_an_erasure_takes_the_files_that_told_of_somebody(
    office: httpx.AsyncClient, database: Database
) -> None:
    job = await sent(office, "ukms", csv_of(HEADER, *ukms(2)), mode="commit")
    ukm = (await office.get("/v1/ukms?q=ukm contoh 1")).json()["items"][0]

    await database.write(act_of("erase"), lambda tx: erase(tx, "ukm", ukm["id"], "asked"))

    assert await keeping.file_of(database, job["id"]) is None
    assert (await office.get(f"/v1/imports/{job['id']}/annotated")).status_code == 410


async def test_the_same_file_twice_at_once_makes_each_thing_once(office: httpx.AsyncClient) -> None:
    body = csv_of(HEADER, *ukms(20))

    jobs: list[dict[str, Any]] = await asyncio.gather(
        *(sent(office, "ukms", body, mode="commit") for _ in range(3))
    )

    assert sorted(job["status"] for job in jobs) == ["committed", "unchanged", "unchanged"]
    assert await total(office) == 20


async def test_each_row_leaves_a_change_and_an_audit_row_that_names_the_import(
    office: httpx.AsyncClient,
) -> None:
    job = await sent(office, "ukms", csv_of(HEADER, *ukms(3)), mode="commit")

    rows = (await office.get(f"/v1/audit?request_id=import-{job['id']}")).json()["items"]

    assert [row["type"] for row in rows] == ["ukm"] * 3
    assert {(row["action"], row["actor_name"]) for row in rows} == {("import_ukms", "office")}
