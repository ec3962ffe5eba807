"""Calculations, the years of a village, the editions."""

from typing import Any

from app.seed import kukar_data
from tests.docs.session.step import MOVED, PERIAN, Step


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
    Step(200, "PUT", f"/v1/villages/{PERIAN}/idm/2024", _published(PERIAN, 2024)),
    Step(201, "PUT", f"/v1/villages/{MOVED}/idm/2024", {**_scores(PERIAN, 2024), "source": "Contoh"}),
    Step(200, "GET", "/v1/index-editions"),
    Step(200, "GET", "/v1/index-editions/idm-2016"),
    Step(404, "GET", "/v1/index-editions/idm-1945"),
)
