"""A session at the office that asks every operation once: what is asked and answered becomes the document's examples.

Whatever it writes about a real place is what the register already holds, so that trying the page changes nothing;
whatever it makes up is called Contoh (example). `{name}` stands for an id that an earlier answer gave.
"""

from typing import Any, NamedTuple

from app.seed import kukar_data

SEPATIN, PERIAN, CONTOH, MOVED, UNKNOWN = (
    "64.02.04.2001",
    "64.02.01.2001",
    "64.02.04.2099",
    "64.02.04.2098",
    "64.02.04.2097",
)
MAWAR = "01976747-d400-7a10-8a10-6b1f2c0d0003"
TRAINING = "01976747-d400-7a10-8a10-6b1f2c0d0002"


class Step(NamedTuple):
    """One request; `keep` names the id in its answer, `signed` ones are deliveries of the source `contoh`."""

    status: int
    method: str
    target: str
    body: dict[str, Any] | None = None
    keep: str = ""
    signed: bool = False


def _published(code: str, year: int) -> dict[str, Any]:
    return kukar_data.idm_years()[code][year].model_dump(exclude_none=True)


def _scores(code: str, year: int) -> dict[str, Any]:
    return {name: rows for name, rows in _published(code, year).items() if name in ("iks", "ike", "ikl")}


REGIONS = (
    Step(200, "GET", "/v1/regions?parent=64.02&limit=2&count=exact"),
    Step(200, "GET", "/v1/regions?parent=64.02&format=csv"),
    Step(422, "GET", "/v1/regions?parent=Anggana"),
    Step(200, "GET", "/v1/regions/64.02.04"),
    Step(404, "GET", "/v1/regions/64.99"),
)
VILLAGES = (
    Step(200, "GET", "/v1/villages?region=64.02.04&limit=2&count=exact"),
    Step(200, "GET", "/v1/villages?region=64.02.04&format=csv"),
    Step(200, "GET", "/v1/villages?region=64.02.04&format=geojson"),
    Step(422, "GET", "/v1/villages?limit=1000&page=2"),
    Step(200, "GET", f"/v1/villages/{SEPATIN}"),
    Step(308, "GET", "/v1/villages/6402082001"),
    Step(404, "GET", f"/v1/villages/{UNKNOWN}"),
    Step(422, "GET", "/v1/villages/6403010001"),
    Step(201, "POST", "/v1/villages", {"code": CONTOH, "name": "Contoh", "population": 1200}),
    Step(409, "POST", "/v1/villages", {"code": SEPATIN, "name": "Sepatin"}),
    Step(422, "POST", "/v1/villages", {"code": "6403010001", "population": -1}),
    Step(200, "PATCH", f"/v1/villages/{SEPATIN}", {"latitude": -0.76527, "longitude": 117.45616}),
    Step(422, "PATCH", f"/v1/villages/{SEPATIN}", {"version": 99, "latitude": 117.45616}),
    Step(
        200,
        "POST",
        f"/v1/villages/{CONTOH}/recode",
        {"new_code": MOVED, "effective_on": "2026-01-05", "legal_basis": "Contoh 1/2026"},
    ),
    Step(
        409,
        "POST",
        f"/v1/villages/{MOVED}/recode",
        {"new_code": SEPATIN, "effective_on": "2026-01-05", "legal_basis": "Contoh 1/2026"},
    ),
)
_NEW_COOPERATIVE = {
    "name": "Koperasi Contoh",
    "kind": "lainnya",
    "village_code": SEPATIN,
    "management": "syariah",
    "members_male": 12,
    "members_female": 15,
    "units": [{"unit": "sembako", "status": "aktif"}, {"unit": "cold_storage"}],
}
COOPERATIVES = (
    Step(200, "GET", f"/v1/cooperatives?region={SEPATIN}", keep="merah_putih"),
    Step(200, "GET", f"/v1/cooperatives?region={SEPATIN}&format=csv"),
    Step(200, "GET", "/v1/cooperatives/{merah_putih}"),
    Step(201, "POST", "/v1/cooperatives", _NEW_COOPERATIVE, keep="cooperative"),
    Step(409, "POST", "/v1/cooperatives", _NEW_COOPERATIVE),
    Step(422, "POST", "/v1/cooperatives", {**_NEW_COOPERATIVE, "kind": "desa_merah_putih"}),
    Step(200, "PATCH", "/v1/cooperatives/{cooperative}", {"members_female": 16}),
    Step(409, "PATCH", "/v1/cooperatives/{cooperative}", {"name": "Koperasi Desa Merah Putih Sepatin"}),
)
_FORMED = {
    "event_id": "contoh-1",
    "milestone": "musdesus",
    "outcome": "achieved",
    "occurred_on": "2025-05-20",
}
_NUMBERED = {
    "milestone": "nib",
    "outcome": "achieved",
    "occurred_on": "2025-07-14",
    "number": "0000000000000",
}
LEGALITY = (
    Step(201, "POST", "/v1/cooperatives", {**_NEW_COOPERATIVE, "name": "Koperasi Contoh Dua"}, keep="second"),
    Step(201, "POST", "/v1/cooperatives", {**_NEW_COOPERATIVE, "name": "Koperasi Contoh Tiga"}, keep="third"),
    Step(201, "POST", "/v1/cooperatives/{second}/legality-events", _FORMED, keep="event"),
    Step(200, "POST", "/v1/cooperatives/{second}/legality-events", _FORMED),
    Step(409, "POST", "/v1/cooperatives/{second}/legality-events", {**_FORMED, "occurred_on": "2025-05-21"}),
    Step(422, "POST", "/v1/cooperatives/{second}/legality-events", {**_FORMED, "milestone": "sk_ahu"}),
    Step(
        200,
        "POST",
        "/v1/legality-events",
        {
            "events": [
                {"event_id": "contoh-2", "cooperative": {"id": "{second}"}, **_NUMBERED},
                {"event_id": "contoh-3", "cooperative": {"id": "{third}"}, **_NUMBERED},
            ]
        },
    ),
    Step(
        200,
        "POST",
        "/v1/webhooks/legality/contoh",
        {"events": [{**_FORMED, "event_id": "contoh-4", "cooperative": {"id": "{third}"}}]},
        signed=True,
    ),
    Step(200, "GET", "/v1/legality-events/receipts/contoh-1"),
    Step(404, "GET", "/v1/legality-events/receipts/contoh-9"),
    Step(200, "GET", "/v1/cooperatives/{second}/legality-events"),
    Step(200, "GET", "/v1/cooperatives/{second}/legality-events?format=csv"),
    Step(200, "GET", "/v1/cooperatives/{second}/legality-events/{event}"),
    Step(200, "GET", "/v1/cooperatives/{second}/legality"),
    Step(200, "GET", "/v1/legality-conflicts", keep="case"),
    Step(200, "GET", "/v1/legality-conflicts/{case}"),
    Step(
        201,
        "POST",
        "/v1/legality-conflicts/{case}/resolution",
        {"holder": "{second}", "reason": "Contoh: NIB dicocokkan dengan OSS."},
    ),
)
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
TRAININGS = (
    Step(200, "GET", "/v1/trainings?year=2024"),
    Step(200, "GET", "/v1/trainings?year=2024&format=csv"),
    Step(200, "GET", f"/v1/trainings/{TRAINING}"),
    Step(
        201,
        "POST",
        "/v1/trainings",
        {
            "title": "Pelatihan contoh",
            "focus": "kewirausahaan",
            "village_code": SEPATIN,
            "year": 2024,
            "status": "selesai",
            "funds": [{"source": "dana_desa", "amount_idr": 15_000_000}],
            "quota": 1,
        },
        keep="training",
    ),
    Step(200, "PATCH", f"/v1/trainings/{TRAINING}", {"focus": "kewirausahaan"}),
    Step(
        201, "POST", "/v1/trainings/{training}/enrolments", {"ukm_id": "{ukm}", "role": "ketua"}, keep="place"
    ),
    Step(409, "POST", "/v1/trainings/{training}/enrolments", {"group_id": "{group}"}),
    Step(422, "POST", "/v1/trainings/{training}/enrolments", {"role": "ketua"}),
    Step(200, "GET", "/v1/trainings/{training}/enrolments"),
    Step(200, "GET", "/v1/trainings/{training}/enrolments?format=csv"),
    Step(200, "GET", "/v1/trainings/{training}/enrolments/{place}"),
    Step(200, "PATCH", "/v1/trainings/{training}/enrolments/{place}", {"attended": True}),
    Step(
        201,
        "POST",
        "/v1/trainings/{training}/follow-ups",
        {"held_on": "2024-11-20", "kind": "pemasaran", "note": "Contoh: dikunjungi di warung."},
        keep="visit",
    ),
    Step(200, "GET", "/v1/trainings/{training}/follow-ups"),
    Step(200, "GET", "/v1/trainings/{training}/follow-ups?format=csv"),
    Step(200, "GET", "/v1/trainings/{training}/follow-ups/{visit}"),
    Step(200, "PATCH", "/v1/trainings/{training}/follow-ups/{visit}", {"note": None}),
)
INDEX = (
    Step(200, "POST", "/v1/idm/calculations", _scores(PERIAN, 2024)),
    Step(422, "POST", "/v1/idm/calculations", {**_scores(PERIAN, 2024), "ikl": [4, 5, 9]}),
    Step(200, "GET", f"/v1/villages/{PERIAN}/idm"),
    Step(200, "GET", f"/v1/villages/{PERIAN}/idm?format=csv"),
    Step(200, "GET", f"/v1/villages/{PERIAN}/idm/2024"),
    Step(404, "GET", f"/v1/villages/{PERIAN}/idm/2016"),
    Step(200, "PUT", f"/v1/villages/{PERIAN}/idm/2024", _published(PERIAN, 2024)),
    Step(201, "PUT", f"/v1/villages/{MOVED}/idm/2024", {**_scores(PERIAN, 2024), "source": "Contoh"}),
    Step(200, "GET", "/v1/index-editions"),
    Step(200, "GET", "/v1/index-editions/idm-2016"),
    Step(404, "GET", "/v1/index-editions/idm-1945"),
)
REPORTS = (
    Step(200, "GET", "/v1/reports/legality?region=64.02.04"),
    Step(200, "GET", "/v1/reports/legality?region=64.02.04&as_of=2025-06-30&format=csv"),
    Step(422, "GET", "/v1/reports/legality?as_of=kemarin"),
    Step(200, "GET", f"/v1/reports/legality-stalled?region={SEPATIN}"),
    Step(200, "GET", f"/v1/reports/legality-stalled?region={SEPATIN}&format=csv"),
)
FAREWELL = (
    Step(409, "DELETE", "/v1/trainings/{training}"),
    Step(409, "DELETE", "/v1/ukms/{ukm}"),
    Step(409, "DELETE", f"/v1/villages/{SEPATIN}"),
    Step(204, "DELETE", "/v1/trainings/{training}/enrolments/{place}"),
    Step(204, "DELETE", "/v1/trainings/{training}/follow-ups/{visit}"),
    Step(204, "DELETE", "/v1/trainings/{training}"),
    Step(204, "DELETE", "/v1/ukms/{ukm}/years/2024"),
    Step(204, "DELETE", "/v1/ukms/{ukm}"),
    Step(204, "DELETE", "/v1/groups/{group}"),
    Step(204, "DELETE", "/v1/cooperatives/{cooperative}"),
    Step(404, "DELETE", "/v1/cooperatives/{cooperative}"),
    Step(204, "DELETE", f"/v1/villages/{MOVED}/idm/2024"),
    Step(204, "DELETE", f"/v1/villages/{MOVED}"),
)
OPERATION = (
    Step(200, "GET", "/health/live"),
    Step(200, "GET", "/health/ready"),
    Step(200, "GET", "/problems/village.not_found"),
    Step(404, "GET", "/problems/village.blue"),
)

SESSION = (
    *REGIONS,
    *VILLAGES,
    *COOPERATIVES,
    *LEGALITY,
    *UKMS,
    *GROUPS,
    *TRAININGS,
    *INDEX,
    *REPORTS,
    *FAREWELL,
    *OPERATION,
)
