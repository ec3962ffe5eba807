"""Cooperatives and their legality."""

from tests.docs.session.step import SEPATIN, Step

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
