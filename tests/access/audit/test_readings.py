"""Whoever is shown personal values in the clear leaves one audit row before the answer; a masked answer leaves none."""

from typing import Any

import httpx
import orjson
import pytest

from app.database import Database
from app.settings import Settings
from tests.access.audit.tampering import asked, tampered
from tests.conftest import Callers
from tests.cooperatives.registering import registered as cooperative_registered
from tests.personal import EMAIL, OWNER, PHONE
from tests.ukms.registering import SEPATIN, TIMBAU, address, registered

FIELDS = ["owner_name", "phone"]
COLUMNS = (
    "action",
    "type",
    "resource_id",
    "village_code",
    "version",
    "before",
    "after",
    "actor_name",
    "role",
    "address",
    "request_id",
)


class Trail:
    """What was added to the trail since it was made."""

    def __init__(self, url: str, after: int) -> None:
        self._url = url
        self._after = after

    async def since(self) -> list[dict[str, Any]]:
        """The rows since then, but for those of the tokens that a test makes."""
        columns = ", ".join(f'"{name}"' for name in COLUMNS)
        question = f"SELECT position, {columns} FROM audit ORDER BY position"  # noqa: S608  # names of our own
        rows = [row[1:] for row in await asked(self._url, question) if row[0] > self._after]
        told = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        return [row for row in told if row["type"] != "token"]


@pytest.fixture
async def ukms(office: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Two in Anggana, one in Tenggarong."""
    places = (SEPATIN, SEPATIN, TIMBAU)
    return [
        await registered(office, name=f"Contoh {number}", village_code=code, owner_name=OWNER, phone=PHONE)
        for number, code in enumerate(places)
    ]


@pytest.fixture
async def trail(database_url: str, ukms: list[dict[str, Any]]) -> Trail:
    """The trail from here on."""
    [[last]] = await asked(database_url, "SELECT max(position) FROM audit")
    return Trail(database_url, last)


async def test_one_thing_shown_in_the_clear_is_one_row(
    office: httpx.AsyncClient, ukms: list[dict[str, Any]], trail: Trail
) -> None:
    await office.get(address(ukms[0]), headers={"x-request-id": "who-looks"})

    assert await trail.since() == [
        {
            "action": "get_ukm",
            "type": "ukm",
            "resource_id": ukms[0]["id"],
            "village_code": SEPATIN,
            "version": 1,
            "before": None,
            "after": orjson.dumps({"read": FIELDS}).decode(),
            "actor_name": "office",
            "role": "admin",
            "address": "127.0.0.1",
            "request_id": "who-looks",
        }
    ]


async def test_a_list_is_one_row_that_names_what_it_showed_in_the_clear(
    callers: Callers, ukms: list[dict[str, Any]], trail: Trail
) -> None:
    anggana = await callers.holding("operator", region="64.02.04")

    shown = (await anggana.get("/v1/ukms")).json()["items"]

    [row] = await trail.since()
    clear = [one["id"] for one in shown if not one["masked"]]
    assert orjson.loads(row["after"]) == {"read": FIELDS, "ids": clear}
    assert (row["action"], row["type"], row["resource_id"], row["version"]) == ("list_ukms", "ukm", "", 0)
    assert row["village_code"] == SEPATIN
    assert sorted(clear) == sorted(one["id"] for one in ukms[:2])


async def test_a_list_lies_in_the_region_that_holds_all_of_it(
    office: httpx.AsyncClient, trail: Trail
) -> None:
    await office.get("/v1/ukms")

    assert [row["village_code"] for row in await trail.since()] == ["64.02"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_sheet_is_a_row_for_each_batch_of_it(
    office: httpx.AsyncClient, ukms: list[dict[str, Any]], trail: Trail, form: str
) -> None:
    answer = await office.get(f"/v1/ukms?format={form}")

    assert answer.status_code == 200
    [row] = await trail.since()
    assert sorted(orjson.loads(row["after"])["ids"]) == sorted(one["id"] for one in ukms)


async def test_what_is_masked_leaves_nothing(
    callers: Callers, visitor: httpx.AsyncClient, ukms: list[dict[str, Any]], trail: Trail
) -> None:
    elsewhere = await callers.holding("operator", region="64.02.01")
    viewer = await callers.holding("viewer")

    for client in (visitor, viewer, elsewhere):
        for target in (address(ukms[0]), "/v1/ukms", "/v1/ukms?format=csv"):
            assert OWNER not in (await client.get(target)).text

    assert await trail.since() == []


async def test_what_is_not_personal_leaves_nothing(office: httpx.AsyncClient, trail: Trail) -> None:
    for target in ("/v1/villages", f"/v1/villages/{SEPATIN}", "/v1/groups", "/v1/villages?format=csv"):
        await office.get(target)

    assert await trail.since() == []


async def test_an_answer_without_a_body_shows_nothing(
    office: httpx.AsyncClient, ukms: list[dict[str, Any]], trail: Trail
) -> None:
    tag = (await office.get(address(ukms[0]))).headers["etag"]

    same = await office.get(address(ukms[0]), headers={"if-none-match": tag})
    heads = [await office.head(target) for target in (address(ukms[0]), "/v1/ukms", "/v1/ukms?format=csv")]

    assert (same.status_code, [one.status_code for one in heads]) == (304, [200] * 3)
    assert len(await trail.since()) == 1


async def test_a_write_has_its_own_row_and_no_other(
    office: httpx.AsyncClient, ukms: list[dict[str, Any]], trail: Trail
) -> None:
    told = await registered(office, name="Contoh 9", phone=PHONE)
    await office.patch(address(told), json={"members": 3})

    assert [(row["action"], row["version"]) for row in await trail.since()] == [
        ("register_ukm", 1),
        ("amend_ukm", 2),
    ]


async def test_a_write_that_changes_nothing_is_a_reading(
    office: httpx.AsyncClient, ukms: list[dict[str, Any]], trail: Trail
) -> None:
    answer = await office.patch(address(ukms[0]), json={})

    assert answer.json()["phone"] == PHONE
    assert [(row["action"], row["after"]) for row in await trail.since()] == [
        ("amend_ukm", orjson.dumps({"read": FIELDS}).decode())
    ]


async def test_an_answer_that_is_given_again_is_a_reading(office: httpx.AsyncClient, trail: Trail) -> None:
    headers = {"idempotency-key": "once"}
    new = {"name": "Contoh 9", "village_code": SEPATIN, "owner_kind": "perorangan", "phone": PHONE}

    answers = [await office.post("/v1/ukms", json=new, headers=headers) for _ in range(2)]

    assert answers[0].content == answers[1].content
    rows = await trail.since()
    assert [(row["action"], row["resource_id"]) for row in rows] == [
        ("register_ukm", answers[0].json()["id"])
    ] * 2
    assert orjson.loads(rows[1]["after"]) == {"read": FIELDS}


async def test_a_cooperatives_telephone_is_personal_too(office: httpx.AsyncClient, trail: Trail) -> None:
    told = await cooperative_registered(office, phone=PHONE, email=EMAIL)

    await office.get(f"/v1/cooperatives/{told['id']}")

    assert [row["action"] for row in await trail.since()] == ["register_cooperative", "get_cooperative"]


async def test_an_answer_that_cannot_be_put_on_record_is_not_given(
    office: httpx.AsyncClient,
    visitor: httpx.AsyncClient,
    ukms: list[dict[str, Any]],
    database_url: str,
) -> None:
    await tampered(database_url, "ALTER TABLE audit RENAME TO audit_elsewhere")

    answers = [
        await office.get(target)
        for target in (
            address(ukms[0]),
            "/v1/ukms",
            "/v1/ukms?format=csv",
            "/v1/ukms?format=csv&dialect=excel",
        )
    ]
    masked = await visitor.get(address(ukms[0]))
    await tampered(database_url, "ALTER TABLE audit_elsewhere RENAME TO audit")

    assert [answer.status_code for answer in answers] == [503] * 4
    assert not [answer for answer in answers if OWNER in answer.text or PHONE in answer.text]
    assert masked.status_code == 200


async def test_personal_values_are_digests_that_match_and_hide(
    office: httpx.AsyncClient, database_url: str, database: Database
) -> None:
    one = await registered(office, name="Contoh 1", owner_name=OWNER, phone=PHONE)
    await cooperative_registered(office, phone=PHONE, email=EMAIL)
    await office.patch(address(one), json={"phone": None})

    rows = await asked(database_url, 'SELECT "before", "after" FROM audit ORDER BY position')
    told = [[value and orjson.loads(value) for value in row] for row in rows[-3:]]

    (_, ukm), (_, cooperative), (before, after) = told
    assert ukm["phone"].startswith("hmac-sha256:")
    assert len(ukm["phone"]) == len("hmac-sha256:") + 22
    assert ukm["phone"] == cooperative["phone"] == before["phone"]
    assert len({ukm["phone"], ukm["owner_name"], cooperative["email"]}) == 3
    assert after == {"phone": None}
    assert not [row for row in rows for value in row if value and (OWNER in value or PHONE in value)]


@pytest.fixture
def settings(database_url: str) -> Settings:
    """With a key, on either engine."""
    return Settings(database_url=database_url, audit_key="kunci contoh untuk uji coba saja")  # type: ignore[arg-type]  # pydantic makes the SecretStr
