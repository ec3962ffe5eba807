"""The days of a training lie in order, and what is not over is not finished."""

import httpx

from tests.trainings.making import TRAINING, faults, training


async def test_the_days_lie_in_order_and_begin_in_the_year(office: httpx.AsyncClient) -> None:
    backwards = await office.post(
        "/v1/trainings", json={**TRAINING, "starts_on": "2024-05-02", "ends_on": "2024-05-01"}
    )
    elsewhen = await office.post("/v1/trainings", json={**TRAINING, "starts_on": "2023-05-02"})
    before = await office.post("/v1/trainings", json={**TRAINING, "ends_on": "2023-12-31"})

    assert faults(backwards) == {("/ends_on", "training.ends_before_it_starts")}
    assert faults(elsewhen) == {("/starts_on", "training.starts_in_another_year")}
    assert faults(before) == {("/ends_on", "training.ends_before_it_starts")}


async def test_a_training_of_one_day_starts_and_ends_on_it(office: httpx.AsyncClient) -> None:
    answer = await training(office, starts_on="2024-05-02", ends_on="2024-05-02")

    assert answer["starts_on"] == answer["ends_on"]


async def test_only_what_is_over_is_finished(office: httpx.AsyncClient) -> None:
    sent = (
        {"year": 2098, "ends_on": "2099-01-01"},
        {"year": 2099, "starts_on": "2099-01-01"},
        {"year": 2099},
    )

    answers = [
        await office.post("/v1/trainings", json={**TRAINING, **dates, "status": "selesai"}) for dates in sent
    ]

    assert [faults(answer) for answer in answers] == [{("/status", "training.not_over")}] * 3


async def test_a_plan_becomes_finished_only_once_it_is_over(office: httpx.AsyncClient) -> None:
    plan = await training(office, year=2099, ends_on="2099-03-01")

    answer = await office.patch(f"/v1/trainings/{plan['id']}", json={"status": "selesai"})

    assert faults(answer) == {("/status", "training.not_over")}


async def test_faults_of_time_are_told_before_a_village_that_is_not_there(office: httpx.AsyncClient) -> None:
    answer = await office.post(
        "/v1/trainings",
        json={**TRAINING, "year": 2099, "status": "selesai", "village_code": "64.02.04.2999"},
    )

    assert answer.status_code == 422
    assert faults(answer) == {("/status", "training.not_over")}
