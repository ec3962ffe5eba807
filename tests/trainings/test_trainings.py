"""Trainings over HTTP: what is known of them, and who may change it."""

import httpx

from tests.conftest import Callers
from tests.trainings.making import NOBODY, SEPATIN, TIMBAU, TRAINING, enrolment, faults, training


async def test_a_year_alone_is_a_valid_date_and_what_is_unknown_is_null(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient
) -> None:
    answer = await office.post("/v1/trainings", json=TRAINING)

    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/trainings/{answer.json()['id']}"
    assert list(answer.json().items())[1:-2] == [
        ("title", "Pelatihan percobaan"),
        ("focus", "kewirausahaan"),
        ("topic", None),
        ("village_code", SEPATIN),
        ("village_name", "Sepatin"),
        ("district_code", "64.02.04"),
        ("district_name", "Anggana"),
        ("venue", None),
        ("year", 2024),
        ("starts_on", None),
        ("ends_on", None),
        ("status", "rencana"),
        ("organiser", None),
        ("funds", []),
        ("quota", None),
        ("participants_male", None),
        ("participants_female", None),
        ("outcome", None),
        ("enrolled", 0),
        ("version", 1),
    ]
    assert (await visitor.get(answer.headers["location"])).json() == answer.json()


async def test_everything_that_can_be_known_is_kept(office: httpx.AsyncClient) -> None:
    known = {
        "title": "Pelatihan percobaan pengemasan",
        "focus": "lainnya",
        "topic": "Pengemasan",
        "venue": "Balai percobaan",
        "year": 2023,
        "starts_on": "2023-12-30",
        "ends_on": "2024-01-02",
        "status": "selesai",
        "organiser": "Penyelenggara percobaan",
        "funds": [
            {"source": "dana_desa", "amount_idr": 0, "fiscal_year": 2023},
            {"source": "csr", "amount_idr": 9_007_199_254_740_991, "fiscal_year": None},
        ],
        "quota": 30,
        "participants_male": 0,
        "participants_female": 12,
        "outcome": "Baris pertama\nBaris kedua",
    }

    answer = await training(office, **known)

    assert {name: answer[name] for name in known} == known


async def test_a_new_training_names_every_fault_at_once(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/trainings",
        json={
            "title": "",
            "focus": "memasak",
            "year": 1944,
            "starts_on": "2024-02-30",
            "status": "lupa",
            "funds": [{"source": "apbn", "amount_idr": -1}, {"amount_idr": 1.5, "payer": "x"}],
            "quota": 0,
            "participants_male": -1,
            "enrolled": 3,
        },
    )

    assert answer.status_code == 422
    assert faults(answer) == {
        ("/title", "text.too_short"),
        ("/focus", "value.choice"),
        ("/village_code", "field.required"),
        ("/year", "value.too_small"),
        ("/starts_on", "value.date"),
        ("/status", "value.choice"),
        ("/funds/0/amount_idr", "value.too_small"),
        ("/funds/1/source", "field.required"),
        ("/funds/1/amount_idr", "value.integer"),
        ("/funds/1/payer", "field.unknown"),
        ("/quota", "value.too_small"),
        ("/participants_male", "value.too_small"),
        ("/enrolled", "field.unknown"),
    }


async def test_what_must_be_told_is_named(office: httpx.AsyncClient) -> None:
    answer = await office.post("/v1/trainings", json={})

    assert faults(answer) == {
        (f"/{name}", "field.required") for name in ("title", "focus", "year", "village_code")
    }


async def test_a_stranger_changes_nothing(office: httpx.AsyncClient, visitor: httpx.AsyncClient) -> None:
    address = f"/v1/trainings/{(await training(office))['id']}"

    answers = [
        await visitor.post("/v1/trainings", json=TRAINING),
        await visitor.patch(address, json={"quota": 3}),
        await visitor.delete(address),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]


async def test_a_viewer_may_not_write(callers: Callers) -> None:
    viewer = await callers.holding("viewer")

    answer = await viewer.post("/v1/trainings", json=TRAINING)

    assert answer.status_code == 403


async def test_beyond_ones_region_a_training_does_not_exist(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    address = f"/v1/trainings/{(await training(office))['id']}"
    tenggarong = await callers.holding("operator", region="64.02.06")

    answers = [
        await tenggarong.post("/v1/trainings", json=TRAINING),
        await tenggarong.patch(address, json={"quota": 3}),
        await tenggarong.delete(address),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert faults(answers[0]) == {("/village_code", "village.not_found")}
    assert faults(answers[1]) == {("/path/id", "training.not_found")}


async def test_a_training_that_is_not_there_is_not_found(office: httpx.AsyncClient) -> None:
    answers = [
        await office.get(f"/v1/trainings/{NOBODY}"),
        await office.patch(f"/v1/trainings/{NOBODY}", json={}),
        await office.delete(f"/v1/trainings/{NOBODY}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_a_training_that_was_read_can_be_edited_and_sent_back_whole(office: httpx.AsyncClient) -> None:
    old = await training(office, funds=[{"source": "apbn"}], participants_male=4)
    await enrolment(office, old["id"])
    read = (await office.get(f"/v1/trainings/{old['id']}")).json()

    answer = await office.patch(
        f"/v1/trainings/{old['id']}", json={**read, "participants_male": None, "participants_female": 0}
    )

    assert answer.json() == read | {
        "participants_male": None,
        "participants_female": 0,
        "version": 3,
        "updated_at": answer.json()["updated_at"],
    }


async def test_a_patch_names_every_fault_and_changes_nothing(office: httpx.AsyncClient) -> None:
    old = await training(office, starts_on="2024-05-02")

    answer = await office.patch(
        f"/v1/trainings/{old['id']}",
        json={"title": None, "status": None, "year": 2025, "enrolled": 9, "village_name": "Timbau"},
    )

    assert faults(answer) == {
        ("/title", "field.null"),
        ("/status", "field.null"),
        ("/starts_on", "training.starts_in_another_year"),
        ("/enrolled", "read_only"),
        ("/village_name", "read_only"),
    }
    assert (await office.get(f"/v1/trainings/{old['id']}")).json() == old


async def test_null_clears_and_a_list_of_funds_is_replaced_whole(office: httpx.AsyncClient) -> None:
    old = await training(office, quota=3, funds=[{"source": "apbn"}, {"source": "csr"}])

    replaced = await office.patch(
        f"/v1/trainings/{old['id']}", json={"quota": None, "funds": [{"source": "csr", "amount_idr": 5}]}
    )
    cleared = await office.patch(f"/v1/trainings/{old['id']}", json={"funds": None})

    assert replaced.json()["quota"] is None
    assert replaced.json()["funds"] == [{"source": "csr", "amount_idr": 5, "fiscal_year": None}]
    assert cleared.json()["funds"] == []


async def test_an_operator_moves_no_training_out_of_the_region(callers: Callers) -> None:
    anggana = await callers.holding("operator", region="64.02.04")
    old = await training(anggana)

    answer = await anggana.patch(f"/v1/trainings/{old['id']}", json={"village_code": TIMBAU})

    assert answer.status_code == 404
    assert faults(answer) == {("/village_code", "village.not_found")}


async def test_a_stale_if_match_changes_and_removes_nothing(office: httpx.AsyncClient) -> None:
    address = f"/v1/trainings/{(await training(office))['id']}"
    await office.patch(address, json={"quota": 3})

    changed = await office.patch(address, json={"quota": 9}, headers={"if-match": '"1"'})
    removed = await office.delete(address, headers={"if-match": '"1"'})

    assert (changed.status_code, removed.status_code) == (412, 412)
    assert (await office.get(address)).json()["quota"] == 3


async def test_a_removed_training_is_gone(office: httpx.AsyncClient) -> None:
    address = f"/v1/trainings/{(await training(office))['id']}"

    answer = await office.delete(address)

    assert answer.status_code == 204
    assert (await office.get(address)).status_code == 404


async def test_a_retry_with_the_same_key_makes_no_second_training(office: httpx.AsyncClient) -> None:
    first = await office.post("/v1/trainings", json=TRAINING, headers={"idempotency-key": "once"})

    again = await office.post("/v1/trainings", json=TRAINING, headers={"idempotency-key": "once"})

    assert again.content == first.content
    assert (await office.get("/v1/trainings", params={"count": "exact"})).json()["total"] == 1
