"""The list of groups."""

import httpx

from tests.groups.making import TIMBAU, faults, made


async def test_groups_are_found_by_region_kind_and_any_part_of_the_name(office: httpx.AsyncClient) -> None:
    wanted = await made(office, name="Kelompok Nelayan Cahaya", kind="kelompok_usaha")
    await made(office, name="Kelompok Tani Cahaya", kind="kelompok_usaha")
    await made(office, name="Kelompok Nelayan Cahaya", kind="kelompok_masyarakat")
    await made(office, name="Kelompok Nelayan Cahaya", kind="kelompok_usaha", village_code=TIMBAU)

    answer = await office.get(
        "/v1/groups",
        params={"region": "640204", "kind": "kelompok_usaha", "q": "layan CAHA", "count": "exact"},
    )

    assert answer.json()["total"] == 1
    assert [group["id"] for group in answer.json()["items"]] == [wanted["id"]]


async def test_the_list_says_what_is_wrong_with_its_parameters(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/v1/groups", params={"kind": "arisan", "limit": "0", "colour": "red"})

    assert answer.status_code == 422
    assert {pointer for pointer, _ in faults(answer)} == {"/query/kind", "/query/limit", "/query/colour"}


async def test_a_walk_shows_groups_of_one_name_each_once(office: httpx.AsyncClient) -> None:
    ids = {(await made(office))["id"] for _ in range(7)}

    seen: list[str] = []
    query = {"limit": "3", "sort": "-name"}
    while True:
        page = (await office.get("/v1/groups", params=query)).json()
        seen += [group["id"] for group in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]

    assert len(seen) == 7
    assert set(seen) == ids


async def test_the_whole_list_comes_as_csv(office: httpx.AsyncClient) -> None:
    await made(office, name="=1+1", members_male=3)

    answer = await office.get("/v1/groups", params={"format": "csv"})

    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="groups-' in answer.headers["content-disposition"]
    assert "64.02.04.2001" in answer.text
    assert ",=1+1" not in answer.text
