"""The list of trainings."""

import httpx

from tests.trainings.making import SUNGAI_MERIAM, TIMBAU, faults, training


async def test_trainings_are_found_by_region_focus_status_year_and_title(office: httpx.AsyncClient) -> None:
    wanted = await training(office, title="Pelatihan percobaan Kerupuk Udang", status="selesai")
    for other in (
        {"title": "Pelatihan percobaan anyaman"},
        {"focus": "lainnya"},
        {"status": "rencana"},
        {"year": 2023},
        {"village_code": TIMBAU},
    ):
        await training(office, **{"title": wanted["title"], "status": "selesai", **other})

    answer = await office.get(
        "/v1/trainings",
        params={
            "region": "64.02.04",
            "focus": "kewirausahaan",
            "status": "selesai",
            "year": "2024",
            "q": "udang kerup",
            "count": "exact",
        },
    )

    assert answer.json()["total"] == 1
    assert answer.json()["items"] == [wanted]


async def test_the_list_begins_with_the_latest_year_and_can_be_walked(office: httpx.AsyncClient) -> None:
    made = [(await training(office, year=year))["id"] for year in (2022, 2025, 2023, 2025, 2024)]

    first = (await office.get("/v1/trainings", params={"limit": "3"})).json()
    rest = (await office.get("/v1/trainings", params={"limit": "3", "cursor": first["next_cursor"]})).json()

    shown = [*first["items"], *rest["items"]]
    assert [one["year"] for one in shown] == [2025, 2025, 2024, 2023, 2022]
    assert {one["id"] for one in shown} == set(made)
    assert rest["next_cursor"] is None


async def test_the_list_sorts_by_what_it_says(office: httpx.AsyncClient) -> None:
    await training(office, title="B", village_code=SUNGAI_MERIAM)
    await training(office, title="a")

    by_title = await office.get("/v1/trainings", params={"sort": "title"})
    by_place = await office.get("/v1/trainings", params={"sort": "-village_code"})
    by_colour = await office.get("/v1/trainings", params={"sort": "colour"})

    assert [one["title"] for one in by_title.json()["items"]] == ["a", "B"]
    assert [one["title"] for one in by_place.json()["items"]] == ["B", "a"]
    assert faults(by_colour) == {("/query/sort", "sort.unknown")}


async def test_the_list_says_what_is_wrong_with_its_parameters(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(
        "/v1/trainings", params={"year": "99999", "focus": "x", "status": "y", "updated_since": "z"}
    )

    assert {pointer for pointer, _ in faults(answer)} == {
        "/query/year",
        "/query/focus",
        "/query/status",
        "/query/updated_since",
    }


async def test_the_whole_list_comes_as_csv(office: httpx.AsyncClient) -> None:
    await training(office, funds=[{"source": "apbn", "amount_idr": 5}])

    answer = await office.get("/v1/trainings", params={"format": "csv"})

    assert answer.headers["content-type"].startswith("text/csv")
    assert "Pelatihan percobaan" in answer.text
