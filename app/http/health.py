"""Whether the process lives, whether it can serve, and what it measures."""

from pydantic import BaseModel, Field

from app import clock
from app.database.lag import feed_lag
from app.database.schema import HEAD
from app.http.answers import Answer, json_answer
from app.http.ask import Ask
from app.http.measures import Measures
from app.http.operation import Operations
from app.http.problems import NotFound, Unserved

_SOME_METRICS = """# HELP berdaya_requests_in_flight Requests being served
# TYPE berdaya_requests_in_flight gauge
berdaya_requests_in_flight 1.0
"""


class Health(BaseModel):
    """How the service feels."""

    status: str = Field(description="`live` or `ready`", examples=["live"])


def health(measures: Measures) -> Operations:
    """The operations for supervisors, proxies and operators."""
    operations = Operations("Operation")

    @operations.get("/health/live", summary="Is the process alive?", permission=None, response_model=Health)
    async def live(ask: Ask) -> Answer:
        """Answers as long as the process runs, whatever the database does."""
        return json_answer({"status": "live"})

    @operations.get("/health/ready", summary="Can it serve?", permission=None, response_model=Health)
    async def ready(ask: Ask) -> Answer:
        """200 when the database answers and has the schema this version needs; 503 otherwise and while stopping."""
        if ask.place.stopping or await ask.database.revision() != HEAD:
            raise Unserved
        return json_answer({"status": "ready"})

    @operations.get(
        "/metrics",
        summary="Metrics for Prometheus",
        permission=None,
        responses={
            200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": _SOME_METRICS}}}
        },
        refuses=(404,),
    )
    async def metrics(ask: Ask) -> Answer:
        """Requests by route, their time, how many are in flight; how far the feed lags.

        Off with `BERDAYA_METRICS=false`.
        """
        if not ask.place.settings.metrics:
            raise NotFound("route.not_found")
        measures.feed_lag.set(await feed_lag(ask.database, now=clock.now()))
        return Answer(
            body=measures.text(), media=b"text/plain; version=0.0.4; charset=utf-8", cache=b"no-store"
        )

    return operations
