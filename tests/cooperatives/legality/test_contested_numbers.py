"""A number that several cooperatives claim: nobody holds it until an officer says whose it is."""

from typing import Any

import httpx
import pytest

from tests.conftest import Callers
from tests.cooperatives.legality.pushing import (
    OF_MERIAM,
    OF_TANI_BARU,
    OTHER_SK,
    SK,
    event,
    legality,
    new,
    shown,
    tell,
)
from tests.cooperatives.registering import OF_SEPATIN, faults


@pytest.fixture
async def three(office: httpx.AsyncClient) -> list[str]:
    """Three cooperatives that claim one SK number."""
    ids = [await new(office, base) for base in (OF_SEPATIN, OF_MERIAM, OF_TANI_BARU)]
    for place, id in enumerate(ids):
        await tell(office, id, event(f"sk {place}", "sk_ahu", f"2025-06-0{place + 1}", number=SK))
    return ids


async def _case(office: httpx.AsyncClient) -> dict[str, Any]:
    (case,) = (await office.get("/v1/legality-conflicts")).json()["items"]
    told: dict[str, Any] = case
    return told


async def _decide(office: httpx.AsyncClient, case: str, holder: str, reason: str = "Salinan SK") -> Any:
    return await office.post(
        f"/v1/legality-conflicts/{case}/resolution", json={"holder": holder, "reason": reason}
    )


async def _numbers(office: httpx.AsyncClient, ids: list[str]) -> list[Any]:
    return [(await shown(office, id))["sk_number"] for id in ids]


async def test_three_claim_and_the_milestone_stands_for_all_but_the_number_for_none(
    office: httpx.AsyncClient, three: list[str]
) -> None:
    case = await _case(office)
    told = [await legality(office, id) for id in three]

    assert (case["state"], case["claimants"], case["holder"]) == ("open", sorted(three), None)
    assert await _numbers(office, three) == [None] * 3
    assert {one["legality_stage"] for one in told} == {"berbadan_hukum"}
    assert [[open_one["id"] for open_one in one["conflicts"]] for one in told] == [[case["id"]]] * 3


async def test_an_officer_decides_and_decides_again(office: httpx.AsyncClient, three: list[str]) -> None:
    case = await _case(office)

    first = await _decide(office, case["id"], three[0])
    after_first = await _numbers(office, three)
    second = await _decide(office, case["id"], three[1], "Menkum menjawab")
    after_second = await _numbers(office, three)

    assert (first.status_code, second.status_code) == (201, 201)
    assert after_first == [SK, None, None]
    assert after_second == [None, SK, None]
    assert {**await _case(office), "decided_at": ""} == {
        **case,
        "state": "resolved",
        "holder": three[1],
        "reason": "Menkum menjawab",
        "decided_at": "",
    }


async def test_a_holder_that_gives_the_number_up_leaves_the_others_contesting_it(
    office: httpx.AsyncClient, three: list[str]
) -> None:
    await _decide(office, (await _case(office))["id"], three[0])

    await tell(office, three[0], event("fixed", "sk_ahu", "2025-06-01", number=OTHER_SK, supersedes="sk 0"))

    case = await _case(office)
    assert await _numbers(office, three) == [OTHER_SK, None, None]
    assert (case["state"], case["claimants"]) == ("open", sorted(three[1:]))


async def test_when_one_claim_is_left_it_holds_without_a_decision(
    office: httpx.AsyncClient, three: list[str]
) -> None:
    for place in (0, 1):
        await tell(
            office, three[place], event(f"end {place}", "sk_ahu", "2025-06-10", "revoked", reason="keliru")
        )

    assert await _numbers(office, three) == [None, None, SK]
    assert (await office.get("/v1/legality-conflicts")).json()["items"] == []


async def test_before_anyone_else_claimed_it_the_first_held_it(
    office: httpx.AsyncClient, three: list[str]
) -> None:
    first = await legality(office, three[0], "?as_of=2025-06-01")
    then = await legality(office, three[0], "?as_of=2025-06-02")

    assert first["identifiers"]["sk_number"] == SK
    assert then["identifiers"]["sk_number"] is None


async def test_a_decision_names_a_claimant_and_a_reason(office: httpx.AsyncClient, three: list[str]) -> None:
    case = await _case(office)
    stranger = await new(office, {**OF_SEPATIN, "name": "Koperasi Lain", "kind": "lainnya"})

    wrong = await _decide(office, case["id"], stranger)
    empty = await _decide(office, case["id"], three[0], " ")
    nowhere = await _decide(office, "00000000-0000-7000-8000-000000000000", three[0])

    assert faults(wrong) == [("/holder", "conflict.not_claimant")]
    assert faults(empty) == [("/reason", "text.blank")]
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "conflict.not_found")


async def test_only_an_officer_of_the_place_decides(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers, three: list[str]
) -> None:
    case = (await _case(office))["id"]
    operator = await callers.holding("operator")
    elsewhere = await callers.holding("officer", region="64.03")

    answers = [await _decide(client, case, three[0]) for client in (visitor, operator, elsewhere)]

    assert [answer.status_code for answer in answers] == [401, 403, 404]
    assert (await _case(office))["state"] == "open"


async def test_cases_are_found_by_region_and_state(office: httpx.AsyncClient, three: list[str]) -> None:
    async def found(query: str) -> int:
        return len((await office.get(f"/v1/legality-conflicts?{query}")).json()["items"])

    assert await found("region=64.02.04") == 1
    assert await found("region=64.02.05") == 0
    assert await found("state=open") == 1
    assert await found("state=resolved") == 0
    assert (await office.get("/v1/legality-conflicts?state=torn")).status_code == 422
