"""A stale operation changes nothing and shows both values of every field that the two differ in."""

import httpx
import pytest
from sqlalchemy import select

from app.database import Database, Statement
from app.database.ledgers import audit
from app.database.words import new_id
from app.exchange.operations.differing import Difference, differences
from app.exchange.operations.reading import Sent, read
from app.http.caller import Caller
from app.main import create_app
from app.settings import Settings
from app.ukms.tables import UKMS
from tests.conftest import Callers, act_of
from tests.exchange.operations.outbox import (
    GROUP,
    NEW_VILLAGE,
    SUNGAI_MERIAM,
    UKM,
    faults,
    operation,
    result,
    results,
)
from tests.personal import OTHER_OWNER, OTHER_PHONE, OWNER, PHONE

_read = Statement(select(audit.c.resource_id, audit.c.after).where(audit.c.action == "submit_operations"))


async def changed_meanwhile(office: httpx.AsyncClient) -> str:
    """A group that a client saw at version 1 and that is at version 2 now."""
    group = new_id()
    await results(
        office,
        operation("create", "group", group, {**GROUP, "members_male": 1}),
        operation("update", "group", group, {"members_male": 2, "poor_households": 5}, expected_version=1),
    )
    return group


async def test_a_conflict_shows_both_values_and_what_was_there_before(office: httpx.AsyncClient) -> None:
    group = await changed_meanwhile(office)
    late = {"members_male": 3, "members_female": 4, "poor_households": 5, "name": f" {GROUP['name']} "}

    told = await result(office, operation("update", "group", group, late, expected_version=1))

    assert (told["status"], told["version"]) == ("conflict", 2)
    assert told["conflicts"] == [
        {"field": "members_male", "yours": 3, "theirs": 2, "base": 1},
        {"field": "members_female", "yours": 4, "theirs": None, "base": None},
    ]
    assert (await office.get(f"/v1/groups/{group}")).json()["version"] == 2


async def test_who_has_decided_sends_a_new_operation_that_expects_the_present_version(
    office: httpx.AsyncClient,
) -> None:
    group = await changed_meanwhile(office)
    told = await result(office, operation("update", "group", group, {"members_male": 3}, expected_version=1))

    decided = operation("update", "group", group, {"members_male": 3}, expected_version=told["version"])

    assert (await result(office, decided))["status"] == "applied"


async def test_what_the_client_wants_already_holds_and_counts_as_done(office: httpx.AsyncClient) -> None:
    group = await changed_meanwhile(office)
    same = operation("update", "group", group, {"members_male": 2}, expected_version=1)

    first, again = await result(office, same), await result(office, same)

    assert [(one["status"], one["version"]) for one in (first, again)] == [("applied", 2), ("replayed", 2)]
    assert "data" not in first


async def test_a_thing_sent_back_whole_differs_only_where_it_may_be_changed(
    office: httpx.AsyncClient,
) -> None:
    group = new_id()
    made = (await result(office, operation("create", "group", group, GROUP)))["data"]
    await results(office, operation("update", "group", group, {"members_male": 2}))

    told = await result(
        office, operation("update", "group", group, {**made, "members_male": 7}, expected_version=1)
    )

    assert [one["field"] for one in told["conflicts"]] == ["members_male"]


async def test_a_delete_of_what_has_changed_is_a_conflict(office: httpx.AsyncClient) -> None:
    group = await changed_meanwhile(office)

    late = await result(office, operation("delete", "group", group, expected_version=1))
    decided = await result(office, operation("delete", "group", group, expected_version=2))

    assert (late["status"], late["version"], late["conflicts"]) == ("conflict", 2, [])
    assert (decided["status"], decided["version"]) == ("applied", 3)


async def test_the_records_that_are_written_whole_conflict_by_field_too(office: httpx.AsyncClient) -> None:
    ukm = new_id()
    idm = f"{NEW_VILLAGE}/2024"
    figures = {"published": {"idm": 0.7, "status": "maju"}, "source": "Percobaan"}
    await results(
        office,
        operation("create", "ukm", ukm, UKM),
        operation("create", "ukm_year", f"{ukm}/2024", {"sales_idr": 1, "workers_male": 1}),
        operation("update", "ukm_year", f"{ukm}/2024", {"sales_idr": 2, "workers_male": 1}),
        operation("create", "village", NEW_VILLAGE, {"name": "Percobaan"}),
        operation("create", "idm_record", idm, figures),
        operation("update", "idm_record", idm, {**figures, "source": "Lain"}),
    )

    year, record = await results(
        office,
        operation("update", "ukm_year", f"{ukm}/2024", {"sales_idr": 3}, expected_version=1),
        operation("update", "idm_record", idm, {**figures, "as_of": "2024-06-01"}, expected_version=1),
    )

    assert year["conflicts"] == [
        {"field": "sales_idr", "yours": 3, "theirs": 2, "base": 1},
        {"field": "workers_male", "yours": None, "theirs": 1, "base": 1},
    ]
    assert record["conflicts"] == [
        {"field": "source", "yours": "Percobaan", "theirs": "Lain", "base": "Percobaan"},
        {"field": "as_of", "yours": "2024-06-01", "theirs": None, "base": None},
    ]


async def test_a_personal_value_in_a_conflict_is_shown_to_who_may_see_it_and_leaves_its_row(
    database: Database, office: httpx.AsyncClient
) -> None:
    ukm = new_id()
    await results(
        office,
        operation("create", "ukm", ukm, {**UKM, "owner_name": OWNER}),
        operation("update", "ukm", ukm, {"phone": PHONE}),
    )

    told = await result(
        office, operation("update", "ukm", ukm, {"owner_name": OTHER_OWNER}, expected_version=1)
    )

    assert told["conflicts"] == [{"field": "owner_name", "yours": OTHER_OWNER, "theirs": OWNER}]
    reads = [row[1] for row in await database.fetch(_read, {}) if '"read"' in (row[1] or "")]
    assert len(reads) == 1
    assert ukm in reads[0]


async def test_a_conflict_that_shows_nothing_personal_leaves_no_row(
    database: Database, office: httpx.AsyncClient
) -> None:
    ukm = new_id()
    await results(
        office,
        operation("create", "ukm", ukm, {**UKM, "owner_name": OWNER}),
        operation("update", "ukm", ukm, {"members": 2}),
    )

    told = await result(office, operation("update", "ukm", ukm, {"members": 3}, expected_version=1))

    assert told["status"] == "conflict"
    assert not [row for row in await database.fetch(_read, {}) if '"read"' in (row[1] or "")]


async def test_who_may_not_see_a_personal_value_is_not_told_it_nor_whether_it_is_the_same(
    database: Database, office: httpx.AsyncClient
) -> None:
    ukm = new_id()
    await results(office, operation("create", "ukm", ukm, {**UKM, "owner_name": OWNER, "phone": PHONE}))
    caller = Caller("c", "c", "c", "", "", frozenset({"ukms:write"}))
    wanted = {"owner_name": OWNER, "phone": OTHER_PHONE, "members": 3}
    sent = read(0, operation("update", "ukm", ukm, wanted, expected_version=1), caller).found
    assert isinstance(sent, Sent)

    async def unit(tx: object) -> list[Difference]:
        now = await UKMS.find(tx, ukm)  # type: ignore[arg-type]  # a Transaction
        assert now is not None
        return list(await differences(tx, sent, now, None))  # type: ignore[arg-type]  # a Transaction

    found = await database.write(act_of("compare"), unit)

    assert [(one.field, one.theirs, one.base, one.masked) for one in found] == [
        ("owner_name", None, (), True),
        ("phone", None, (), True),
        ("members", None, (None,), False),
    ]


async def test_without_an_expected_version_the_last_one_wins(office: httpx.AsyncClient) -> None:
    group = await changed_meanwhile(office)

    told = await result(office, operation("update", "group", group, {"village_code": SUNGAI_MERIAM}))

    assert (told["status"], told["version"], told["data"]["village_name"]) == ("applied", 3, "Sungai Meriam")


@pytest.mark.parametrize("action", ["update", "delete"])
async def test_where_if_match_is_demanded_so_is_the_expected_version(action: str, settings: Settings) -> None:
    strict = settings.model_copy(update={"require_if_match": True})
    application = create_app(strict)
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        client = await callers.holding("admin")
        group = new_id()
        await results(client, operation("create", "group", group, GROUP))
        data = {"members_male": 1} if action == "update" else None

        told = await results(
            client,
            operation(action, "group", group, data),
            operation(action, "group", group, data, expected_version=1),
        )
        await callers.leave()

    assert [one["status"] for one in told] == ["refused", "applied"]
    assert told[0]["problem"]["status"] == 428
    assert faults(told[0]) == [("/expected_version", "operation.version_required")]
