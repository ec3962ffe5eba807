"""A kelurahan is never paid by dana desa, and what was true of a desa stays true after it became a kelurahan."""

import httpx

from tests.trainings.making import SEPATIN, TIMBAU, TRAINING, faults, recode, training

DANA_DESA = [{"source": "apbn"}, {"source": "dana_desa", "amount_idr": 1_000_000}]
KELURAHAN = "64.02.04.1099"


async def test_a_kelurahan_is_not_paid_by_dana_desa(office: httpx.AsyncClient) -> None:
    answer = await office.post("/v1/trainings", json={**TRAINING, "village_code": TIMBAU, "funds": DANA_DESA})

    assert answer.status_code == 422
    assert faults(answer) == {("/funds/1/source", "training.dana_desa_kelurahan")}


async def test_it_is_told_together_with_the_faults_of_time(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/trainings",
        json={**TRAINING, "village_code": TIMBAU, "year": 2099, "status": "selesai", "funds": DANA_DESA * 2},
    )

    assert faults(answer) == {
        ("/status", "training.not_over"),
        ("/funds/1/source", "training.dana_desa_kelurahan"),
        ("/funds/3/source", "training.dana_desa_kelurahan"),
    }


async def test_no_patch_gives_dana_desa_to_a_kelurahan(office: httpx.AsyncClient) -> None:
    made = await training(office, village_code=TIMBAU)

    answer = await office.patch(f"/v1/trainings/{made['id']}", json={"funds": DANA_DESA})

    assert faults(answer) == {("/funds/1/source", "training.dana_desa_kelurahan")}


async def test_a_training_paid_by_dana_desa_does_not_move_to_a_kelurahan(office: httpx.AsyncClient) -> None:
    made = await training(office, funds=DANA_DESA)
    address = f"/v1/trainings/{made['id']}"

    refused = await office.patch(address, json={"village_code": TIMBAU})
    repaid = await office.patch(
        address, json={"village_code": TIMBAU, "funds": [{"source": "apbd_kabupaten"}]}
    )

    assert faults(refused) == {("/funds/1/source", "training.dana_desa_kelurahan")}
    assert repaid.json()["village_code"] == TIMBAU


async def test_a_desa_that_becomes_a_kelurahan_keeps_what_paid_its_trainings(
    office: httpx.AsyncClient,
) -> None:
    made = await training(office, year=2026, funds=DANA_DESA)
    address = f"/v1/trainings/{made['id']}"

    await recode(office, SEPATIN, KELURAHAN, effective_on="2025-06-01")
    moved = (await office.get(address)).json()
    amended = await office.patch(address, json={"outcome": "Percobaan"})

    assert (moved["village_code"], moved["funds"]) == (KELURAHAN, made["funds"])
    assert amended.status_code == 200
    assert amended.json()["funds"] == made["funds"]


async def test_after_the_change_dana_desa_is_right_for_the_years_before_it_alone(
    office: httpx.AsyncClient,
) -> None:
    await recode(office, SEPATIN, KELURAHAN, effective_on="2025-06-01")
    new = {**TRAINING, "village_code": KELURAHAN, "funds": DANA_DESA}

    answers = {
        year: await office.post("/v1/trainings", json={**new, "year": year}) for year in (2024, 2025, 2026)
    }

    assert {year: answer.status_code for year, answer in answers.items()} == {2024: 201, 2025: 201, 2026: 422}


async def test_the_year_of_the_fund_decides_and_not_that_of_the_training(office: httpx.AsyncClient) -> None:
    await recode(office, SEPATIN, KELURAHAN, effective_on="2025-06-01")
    funds = [{"source": "dana_desa", "fiscal_year": 2024}, {"source": "dana_desa", "fiscal_year": 2026}]

    answer = await office.post(
        "/v1/trainings", json={**TRAINING, "village_code": KELURAHAN, "year": 2025, "funds": funds}
    )

    assert faults(answer) == {("/funds/1/source", "training.dana_desa_kelurahan")}


async def test_a_kelurahan_that_became_a_desa_had_no_dana_desa_before(office: httpx.AsyncClient) -> None:
    await recode(office, TIMBAU, "64.02.06.2099", effective_on="2025-06-01")
    new = {**TRAINING, "village_code": "64.02.06.2099", "funds": DANA_DESA}

    before = await office.post("/v1/trainings", json={**new, "year": 2024})
    after = await office.post("/v1/trainings", json={**new, "year": 2026})

    assert faults(before) == {("/funds/1/source", "training.dana_desa_kelurahan")}
    assert after.status_code == 201


async def test_what_stands_is_judged_again_when_the_year_changes(office: httpx.AsyncClient) -> None:
    made = await training(office, year=2024, funds=DANA_DESA)
    await recode(office, SEPATIN, KELURAHAN, effective_on="2025-06-01")

    answer = await office.patch(f"/v1/trainings/{made['id']}", json={"year": 2026})

    assert faults(answer) == {("/funds/1/source", "training.dana_desa_kelurahan")}
