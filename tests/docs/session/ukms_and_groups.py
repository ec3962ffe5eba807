"""UKM with their years, and groups."""

from tests.docs.session.step import MAWAR, SEPATIN, UNKNOWN, Step

_YEAR = {
    "sales_idr": 180_000_000,
    "workers_male": 2,
    "workers_female": 5,
    "village_fund_support_idr": 9_000_000,
}
UKMS = (
    Step(200, "GET", "/v1/ukms?region=64.02.04"),
    Step(200, "GET", "/v1/ukms?region=64.02.04&format=csv"),
    Step(200, "GET", f"/v1/ukms/{MAWAR}"),
    Step(
        201,
        "POST",
        "/v1/ukms",
        {
            "name": "UKM Contoh",
            "village_code": SEPATIN,
            "owner_kind": "kelompok",
            "members": 8,
            "products": [{"name": "Kerupuk udang", "unit": "kg", "monthly_capacity": 250}],
            "channels": ["warung", "pasar"],
            "capital_idr": 75_000_000,
        },
        keep="ukm",
    ),
    Step(422, "POST", "/v1/ukms", {"name": "UKM Contoh", "village_name": "Bukit Raya"}),
    Step(200, "PATCH", f"/v1/ukms/{MAWAR}", {"channels": ["hotel_restoran"]}),
    Step(201, "PUT", "/v1/ukms/{ukm}/years/2024", _YEAR),
    Step(200, "PUT", "/v1/ukms/{ukm}/years/2024", _YEAR),
    Step(200, "GET", "/v1/ukms/{ukm}/years"),
    Step(200, "GET", "/v1/ukms/{ukm}/years?format=csv"),
    Step(200, "GET", "/v1/ukms/{ukm}/years/2024"),
    Step(404, "GET", "/v1/ukms/{ukm}/years/2023"),
)
GROUPS = (
    Step(
        201,
        "POST",
        "/v1/groups",
        {
            "name": "Kelompok Contoh",
            "kind": "kelompok_usaha",
            "village_code": SEPATIN,
            "members_male": 4,
            "members_female": 9,
        },
        keep="group",
    ),
    Step(
        404,
        "POST",
        "/v1/groups",
        {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": UNKNOWN},
    ),
    Step(200, "GET", "/v1/groups?region=64.02.04"),
    Step(200, "GET", "/v1/groups?region=64.02.04&format=csv"),
    Step(200, "GET", "/v1/groups/{group}"),
    Step(200, "PATCH", "/v1/groups/{group}", {"poor_households": 3}),
)
