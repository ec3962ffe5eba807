"""Reports."""

from tests.docs.session.step import SEPATIN, Step

REPORTS = (
    Step(200, "GET", "/v1/reports/legality?region=64.02.04"),
    Step(200, "GET", "/v1/reports/legality?region=64.02.04&as_of=2025-06-30&format=csv"),
    Step(422, "GET", "/v1/reports/legality?as_of=kemarin"),
    Step(200, "GET", f"/v1/reports/legality-stalled?region={SEPATIN}"),
    Step(200, "GET", f"/v1/reports/legality-stalled?region={SEPATIN}&format=csv"),
)
