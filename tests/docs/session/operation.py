"""Health and the problem types."""

from tests.docs.session.step import Step

OPERATION = (
    Step(200, "GET", "/health/live"),
    Step(200, "GET", "/health/ready"),
    Step(200, "GET", "/problems/village.not_found"),
    Step(404, "GET", "/problems/village.blue"),
)
