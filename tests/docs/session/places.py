"""Regions and villages."""

from tests.docs.session.step import CONTOH, MOVED, SEPATIN, UNKNOWN, Step

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
