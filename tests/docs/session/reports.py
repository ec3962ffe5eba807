"""Reports."""

from tests.docs.session.step import SEPATIN, Step

REPORTS = (
    Step(200, "GET", "/v1/reports/legality?region=64.02.04"),
    Step(200, "GET", "/v1/reports/legality?region=64.02.04&as_of=2025-06-30&format=csv"),
    Step(422, "GET", "/v1/reports/legality?as_of=kemarin"),
    Step(200, "GET", f"/v1/reports/legality-stalled?region={SEPATIN}"),
    Step(200, "GET", f"/v1/reports/legality-stalled?region={SEPATIN}&format=csv"),
    Step(200, "GET", "/v1/reports/idm-status?region=64.02.04&year=2024"),
    Step(200, "GET", "/v1/reports/idm-status?region=64.02&group_by=regency&format=csv"),
    Step(422, "GET", "/v1/reports/idm-status?year=dua"),
    Step(200, "GET", "/v1/reports/idm-transitions?region=64.02.04&from=2023&to=2024"),
    Step(
        200, "GET", "/v1/reports/idm-transitions?region=64.02&group_by=regency&from=2023&to=2024&format=csv"
    ),
    Step(422, "GET", "/v1/reports/idm-transitions?from=2024&to=2025"),
    Step(200, "GET", "/v1/reports/inequality?region=64.02.04&year=2024"),
    Step(200, "GET", "/v1/reports/inequality?region=64.02.04&year=2024&format=csv"),
    Step(200, "GET", "/v1/reports/training-impact?region=64.02&from=2023&to=2024"),
    Step(200, "GET", "/v1/reports/training-impact?region=64.02&from=2023&to=2024&format=csv"),
    Step(422, "GET", "/v1/reports/training-impact?from=2024"),
    Step(200, "GET", "/v1/reports/idm-status.svg?region=64.02.04"),
    Step(200, "GET", "/v1/reports/legality.svg?region=64.02.04&as_of=2025-06-30"),
    Step(200, "GET", "/v1/reports/idm-transitions.svg?region=64.02.04&from=2023&to=2024"),
    Step(422, "GET", "/v1/reports/idm-transitions.svg?from=2024&to=2023"),
)
