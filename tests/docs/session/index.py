"""Calculations, the years of a village, the editions."""

from typing import Any

from app.seed import kukar_data
from tests.docs.session.step import MOVED, PERIAN, SEPATIN, Step

JONGKANG = "64.02.02.2015"

MUHURAN = "64.02.08.2008"
_WISH = {"target_status": "maju", "payers": ["dana_desa"]}


# A made-up village with a doctor missing: every row that depends on it should be 1, and one is not.
_CONTOH = {
    "layanan_dasar": [
        4,
        4,
        5,
        5,
        5,
        4,
        5,
        3,
        4,
        4,
        5,
        4,
        5,
        5,
        5,
        1,
        1,
        1,
        5,
        5,
        5,
        5,
        5,
        1,
        1,
        1,
        1,
        4,
        5,
        5,
        3,
        3,
        5,
        5,
    ],
    "sosial": [5, 3, 5, 3, 5, 2, 5, 5, 5, 5, 5, 5, 3, 5, 4, 3, 1],
    "ekonomi": [
        5,
        5,
        5,
        5,
        1,
        1,
        1,
        5,
        1,
        1,
        1,
        3,
        5,
        5,
        5,
        4,
        1,
        2,
        5,
        4,
        5,
        5,
        4,
        5,
        1,
        5,
        1,
        1,
        5,
        1,
        1,
        5,
    ],
    "lingkungan": [3, 5, 5, 1, 5, 1, 1, 5, 5, 5, 5, 5, 1, 5, 1, 3, 3, 5],
    "aksesibilitas": [5, 4, 5, 4, 5, 4, 5, 5, 5, 5],
    "tata_kelola": [3, 5, 5, 5, 5, 3, 5, 5, 5, 5, 5, 5, 1, 5, 4, 5],
}


def _published(code: str, year: int) -> dict[str, Any]:
    return kukar_data.idm_years()[code][year].model_dump(exclude_none=True)


def _scores(code: str, year: int) -> dict[str, Any]:
    return {name: rows for name, rows in _published(code, year).items() if name in ("iks", "ike", "ikl")}


INDEX = (
    Step(200, "POST", "/v1/idm/calculations", _scores(PERIAN, 2024)),
    Step(422, "POST", "/v1/idm/calculations", {**_scores(PERIAN, 2024), "ikl": [4, 5, 9]}),
    Step(200, "GET", f"/v1/villages/{PERIAN}/idm"),
    Step(200, "GET", f"/v1/villages/{PERIAN}/idm?format=csv"),
    Step(200, "GET", f"/v1/villages/{PERIAN}/idm/2024"),
    Step(404, "GET", f"/v1/villages/{PERIAN}/idm/2016"),
    Step(200, "GET", f"/v1/villages/{MUHURAN}/idm/2024/explanation"),
    Step(409, "GET", f"/v1/villages/{MUHURAN}/idm/2023/explanation"),
    Step(200, "GET", f"/v1/villages/{MUHURAN}/idm/2024/recommendations"),
    Step(409, "GET", f"/v1/villages/{MUHURAN}/idm/2023/recommendations"),
    Step(200, "POST", f"/v1/villages/{MUHURAN}/idm/2024/simulations", {"changes": {"ikl_02": 5}}),
    Step(422, "POST", f"/v1/villages/{MUHURAN}/idm/2024/simulations", {"changes": {"ike_09": 2}}),
    Step(409, "POST", f"/v1/villages/{MUHURAN}/idm/2023/simulations", {"changes": {"ikl_02": 5}}),
    Step(200, "POST", f"/v1/villages/{MUHURAN}/idm/2024/plans", _WISH),
    Step(422, "POST", f"/v1/villages/{MUHURAN}/idm/2024/plans", {**_WISH, "budget_idr": 50_000_000}),
    Step(409, "POST", f"/v1/villages/{MUHURAN}/idm/2023/plans", _WISH),
    Step(404, "POST", f"/v1/villages/{MUHURAN}/idm/2016/plans", _WISH),
    Step(200, "PUT", f"/v1/villages/{PERIAN}/idm/2024", _published(PERIAN, 2024)),
    Step(201, "PUT", f"/v1/villages/{MOVED}/idm/2024", {**_scores(PERIAN, 2024), "source": "Contoh"}),
    Step(200, "GET", f"/v1/villages/{SEPATIN}/idm/2024/evidence"),
    Step(404, "GET", f"/v1/villages/{SEPATIN}/idm/2016/evidence"),
    Step(200, "GET", "/v1/idm/audits?region=64.02.02&year=2024"),
    Step(200, "GET", f"/v1/villages/{JONGKANG}/idm/2024/audit"),
    Step(404, "GET", f"/v1/villages/{JONGKANG}/idm/2016/audit"),
    Step(200, "GET", "/v1/index-editions"),
    Step(200, "GET", "/v1/index-editions/idm-2016"),
    Step(404, "GET", "/v1/index-editions/idm-1945"),
    Step(200, "POST", "/v1/index-editions/indeks-desa-2025/calculations", {"scores": _CONTOH}),
    Step(
        422,
        "POST",
        "/v1/index-editions/indeks-desa-2025/calculations",
        {"scores": {**_CONTOH, "sosial": [5]}},
    ),
    Step(404, "POST", "/v1/index-editions/idm-1945/calculations", {"scores": {}}),
    Step(200, "POST", "/v1/index-editions/idm-2016/plans", {**_WISH, "scores": _scores(MUHURAN, 2024)}),
    Step(422, "POST", "/v1/index-editions/idm-2016/plans", {**_WISH, "scores": {}}),
    Step(404, "POST", "/v1/index-editions/idm-1945/plans", {**_WISH, "scores": {}}),
)
