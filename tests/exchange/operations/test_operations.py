"""An outbox does what its operations would have done one by one, each by the rules of its single request."""

import httpx
import pytest

from app.access.policy import ROLES
from app.database import Database
from app.database.words import new_id
from app.exchange.operations.kinds import KINDS
from app.exchange.operations.schemas import TYPES
from app.main import Berdaya
from tests.conftest import Callers
from tests.exchange.operations.outbox import (
    GROUP,
    NEW_VILLAGE,
    SEPATIN,
    SUNGAI_MERIAM,
    UKM,
    faults,
    lives,
    operation,
    recorded,
    result,
    results,
    sent,
)

SINGLE = {
    "village": ("register_village", "amend_village", "remove_village"),
    "cooperative": ("register_cooperative", "amend_cooperative", "remove_cooperative"),
    "ukm": ("register_ukm", "amend_ukm", "remove_ukm"),
    "ukm_year": ("put_ukm_year", "put_ukm_year", "remove_ukm_year"),
    "group": ("register_group", "amend_group", "remove_group"),
    "training": ("register_training", "amend_training", "remove_training"),
    "enrolment": ("enrol", "amend_enrolment", "withdraw_enrolment"),
    "follow_up": ("record_follow_up", "amend_follow_up", "remove_follow_up"),
    "idm_record": ("put_idm_year", "put_idm_year", "remove_idm_year"),
}


async def test_every_type_is_created_changed_and_deleted_as_by_single_requests(
    office: httpx.AsyncClient,
) -> None:
    things = lives()

    made = await results(
        office, *(operation("create", one.type, one.resource_id, one.first) for one in things)
    )
    shown = [(await office.get(one.path)).json() for one in things]
    changed = await results(
        office,
        *(
            operation("update", one.type, one.resource_id, one.then, expected_version=seen["version"])
            for one, seen in zip(things, shown, strict=True)
        ),
    )
    seen = [(await office.get(one.path)).json() for one in things]
    gone = await results(
        office, *(operation("delete", one.type, one.resource_id) for one in reversed(things))
    )

    assert {one["status"] for one in [*made, *changed, *gone]} == {"applied"}
    assert [one["resource_id"] for one in made] == [one.resource_id for one in things]
    for one, then in zip(things, seen, strict=True):
        assert {name: then[name] for name in one.then if name != "published"} == {
            name: value for name, value in one.then.items() if name != "published"
        }
        assert (await office.get(one.path)).status_code == 404


async def test_the_things_of_an_outbox_show_what_single_requests_show(office: httpx.AsyncClient) -> None:
    things = [one for one in lives() if one.type != "idm_record"]

    made = await results(
        office, *(operation("create", one.type, one.resource_id, one.first) for one in things)
    )

    for one, told in zip(things, made, strict=True):
        shown = (await office.get(one.path)).json()
        later = {"version", "updated_at"} | ({"enrolled", "scale", "scale_basis"} & shown.keys())
        assert {k: v for k, v in told["data"].items() if k not in later} == {
            k: v for k, v in shown.items() if k not in later
        }


async def test_an_operation_leaves_one_change_and_one_audit_row(
    database: Database, office: httpx.AsyncClient
) -> None:
    group = new_id()
    before = await recorded(database)

    await results(
        office,
        operation("create", "group", group, GROUP),
        operation("update", "group", group, {"members_male": 1}, expected_version=1),
        operation("delete", "group", group, expected_version=2),
    )

    assert await recorded(database) == {name: count + 3 for name, count in before.items()}


async def test_each_operation_needs_the_permission_of_its_single_request(application: Berdaya) -> None:
    needed = {one.name: one.permission for one in application.operations}

    assert SINGLE.keys() == KINDS.keys() == set(TYPES)
    for type, names in SINGLE.items():
        assert list(KINDS[type].permissions.values()) == [needed[name] for name in names], type


async def test_whoever_may_write_nothing_may_send_no_outbox(
    visitor: httpx.AsyncClient, callers: Callers
) -> None:
    one = operation("create", "group", new_id(), GROUP)

    stranger = await sent(visitor, one)
    others = [await sent(await callers.holding(role), one) for role in ("viewer", "integrator")]

    assert stranger.status_code == 401
    assert {answer.status_code for answer in others} == {403}
    assert [role for role in ROLES if "operations:write" in ROLES[role]] == ["operator", "officer", "admin"]


async def test_an_operation_that_a_role_may_not_do_is_refused_and_the_others_are_done(
    callers: Callers,
) -> None:
    operator = await callers.holding("operator", region="64.02.04")

    told = await results(
        operator,
        operation("create", "village", NEW_VILLAGE, {"name": 5}),
        operation("update", "village", SEPATIN, {"households": 12}),
    )

    assert [one["status"] for one in told] == ["refused", "applied"]
    assert (told[0]["problem"]["status"], told[0]["problem"]["code"]) == (403, "access.forbidden")


async def test_what_is_beyond_reach_does_not_exist(callers: Callers, office: httpx.AsyncClient) -> None:
    group = new_id()
    await results(office, operation("create", "group", group, GROUP))
    elsewhere = await callers.holding("operator", region="64.02.05")

    there = await results(
        elsewhere,
        operation("update", "group", group, {"members_male": 1}),
        operation("delete", "group", group),
        operation("create", "ukm", new_id(), UKM),
        operation("create", "ukm_year", f"{new_id()}/2024", {}),
    )
    nowhere = await results(elsewhere, operation("update", "group", new_id(), {"members_male": 1}))

    assert [(one["status"], one["problem"]["status"], one["problem"]["code"]) for one in there] == [
        ("refused", 404, "group.not_found"),
        ("refused", 404, "group.not_found"),
        ("refused", 404, "village.not_found"),
        ("refused", 404, "ukm.not_found"),
    ]
    assert [faults(one) for one in there[:3]] == [
        [("/resource_id", "group.not_found")],
        [("/resource_id", "group.not_found")],
        [("/data/village_code", "village.not_found")],
    ]
    assert nowhere[0]["problem"] == there[0]["problem"]


async def test_a_bad_operation_blocks_no_other(office: httpx.AsyncClient) -> None:
    group, ukm, training = new_id(), new_id(), new_id()

    told = await results(
        office,
        operation("create", "group", group, {**GROUP, "kind": "salah"}),
        "not an operation",
        operation("update", "group", group, {"members_male": 1}, expected_version=1),
        operation("create", "ukm", ukm, UKM),
        {"id": 7},
        operation("create", "enrolment", f"{training}/{new_id()}", {"ukm_id": ukm}),
        operation("update", "ukm", ukm, {"members": 4}, expected_version=1),
    )

    assert [one["status"] for one in told] == [*["refused"] * 3, "applied", *["refused"] * 2, "applied"]
    assert told[2]["problem"]["code"] == "group.not_found"
    assert told[5]["problem"]["code"] == "training.not_found"
    assert (await office.get(f"/v1/ukms/{ukm}")).json()["members"] == 4


async def test_operations_are_done_in_the_order_in_which_they_are_given(office: httpx.AsyncClient) -> None:
    group = new_id()

    await results(
        office,
        operation("create", "group", group, GROUP),
        *(
            operation("update", "group", group, {"members_male": number}, expected_version=number)
            for number in range(1, 6)
        ),
    )

    shown = (await office.get(f"/v1/groups/{group}")).json()
    assert (shown["members_male"], shown["version"]) == (5, 6)


async def test_every_fault_of_an_operation_is_named_where_it_stands(office: httpx.AsyncClient) -> None:
    told = await results(
        office,
        {"id": "1", "action": "burn", "type": "castle", "resource_id": "", "more": 1, "expected_version": 0},
        operation("create", "group", "a1b2", {"name": "", "kind": "x"}, expected_version=3),
        operation("create", "group", "01976747-d400-4a10-8a10-6b1f2c0d0003", GROUP),
        operation("create", "ukm_year", "2024", {}),
        operation("delete", "group", new_id(), {}),
        operation("update", "group", new_id()),
        operation("create", "village", NEW_VILLAGE, {"name": "Percobaan", "code": SEPATIN}),
        operation("update", "village", "6403042001", {"households": -1}),
    )

    assert {one["problem"]["status"] for one in told} == {422}
    assert [sorted(faults(one)) for one in told] == [
        [
            ("/action", "value.choice"),
            ("/expected_version", "value.too_small"),
            ("/id", "operation.uuid7"),
            ("/more", "field.unknown"),
            ("/resource_id", "text.too_short"),
            ("/type", "value.choice"),
        ],
        [
            ("/data/kind", "value.choice"),
            ("/data/name", "text.too_short"),
            ("/data/village_code", "field.required"),
            ("/expected_version", "field.unknown"),
            ("/resource_id", "value.pattern"),
        ],
        [("/resource_id", "operation.uuid7")],
        [("/resource_id", "operation.address")],
        [("/data", "field.unknown")],
        [("/data", "field.required")],
        [("/data/code", "operation.other_address")],
        [("/data/households", "value.too_small")],
    ]


async def test_a_refusal_is_told_in_the_sender_s_language_with_all_that_the_single_one_has(
    office: httpx.AsyncClient,
) -> None:
    one = operation(
        "create",
        "group",
        new_id(),
        {"name": "Percobaan", "kind": "kelompok_usaha", "village_name": "Bukit Raya"},
    )

    told = (await sent(office, one, **{"accept-language": "id"})).json()["results"][0]

    assert faults(told) == [("/data/village_name", "village.ambiguous")]
    assert len(told["problem"]["candidates"]) == 2
    assert "errors" in told["problem"]["detail"]
    assert "Permintaan" in told["problem"]["detail"]


async def test_a_create_never_replaces_what_is_there(office: httpx.AsyncClient) -> None:
    things = lives()
    await results(office, *(operation("create", one.type, one.resource_id, one.first) for one in things))

    told = await results(
        office, *(operation("create", one.type, one.resource_id, one.first) for one in things)
    )

    assert {one["problem"]["status"] for one in told} == {409}
    assert {one["problem"]["code"] for one in told} == {"village.exists", "operation.exists"}


async def test_an_update_never_begins_what_is_not_there(office: httpx.AsyncClient) -> None:
    things = lives()
    village, *others = [operation("create", one.type, one.resource_id, one.first) for one in things]
    await results(office, village, *others)
    await results(office, *(operation("delete", one.type, one.resource_id) for one in reversed(things[1:])))

    told = await results(
        office,
        *(
            operation("update", one.type, one.resource_id, one.then, **version)
            for one in things[1:]
            for version in ({}, {"expected_version": 1})
        ),
    )

    assert {one["problem"]["status"] for one in told} == {404}


async def test_a_constraint_that_only_the_database_sees_is_told_by_its_field(
    office: httpx.AsyncClient,
) -> None:
    name = {"name": "Koperasi Percobaan", "kind": "lainnya", "village_code": SEPATIN}

    told = await results(office, *(operation("create", "cooperative", new_id(), name) for _ in range(2)))

    assert [one["status"] for one in told] == ["applied", "refused"]
    assert faults(told[1]) == [("/data/name", "cooperative.name_taken")]


async def test_two_hundred_operations_fit_and_one_more_does_not(office: httpx.AsyncClient) -> None:
    long = "Percobaan. " * 360
    followed = new_id()
    made = operation(
        "create",
        "training",
        followed,
        {"title": "Percobaan", "focus": "lainnya", "village_code": SUNGAI_MERIAM, "year": 2024},
    )
    notes = [
        operation(
            "create",
            "follow_up",
            f"{followed}/{new_id()}",
            {"held_on": "2024-11-20", "kind": "lainnya", "note": long},
        )
        for _ in range(199)
    ]

    told = await sent(office, made, *notes)
    more = await sent(office, made, *notes, made)

    assert told.status_code == 200
    assert told.json()["applied"] == 200
    assert more.status_code == 422
    assert more.json()["errors"][0]["code"] == "list.too_long"


@pytest.mark.parametrize(
    "body", [{}, {"operations": []}, {"operations": {}}, {"operations": [], "more": 1}, []]
)
async def test_what_is_no_outbox_is_refused_whole(body: object, office: httpx.AsyncClient) -> None:
    answer = await office.post("/v1/operations", json=body)

    assert answer.status_code == 422


async def test_nothing_personal_of_an_outbox_is_kept_by_a_cache(office: httpx.AsyncClient) -> None:
    told = await sent(office, operation("create", "ukm", new_id(), UKM))

    assert told.headers["cache-control"] == "no-store"


async def test_a_former_code_is_understood(office: httpx.AsyncClient) -> None:
    told = await result(office, operation("update", "village", "6402082001", {"households": 3}))

    assert told["status"] == "applied"
    assert told["data"]["code"] != "64.02.08.2001"
