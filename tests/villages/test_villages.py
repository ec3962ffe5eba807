"""Villages over HTTP: official codes, retired codes, recoding, names that several villages have."""

import httpx


async def test_kukar_has_237_villages(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/villages", params={"region": "64.02", "count": "exact", "limit": "500"})

    assert answer.json()["total"] == 237
    assert len(answer.json()["items"]) == 237


async def test_a_retired_code_leads_to_the_present_one_with_its_query(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/villages/6402082001")

    assert answer.status_code == 308
    assert answer.headers["location"] == "/v1/villages/64.02.19.2001"
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_changed_village_is_one_version_up(office: httpx.AsyncClient) -> None:
    before = await office.get("/v1/villages/6402042001")

    after = await office.patch("/v1/villages/6402042001", json={"households": 412})

    assert after.json() == before.json() | {
        "households": 412,
        "version": before.json()["version"] + 1,
        "updated_at": after.json()["updated_at"],
    }
