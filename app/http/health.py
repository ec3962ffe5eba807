"""Whether the process lives, whether it can serve, and what it measures."""

from typing import Literal

from pydantic import BaseModel, Field

from app import clock
from app.database import Database
from app.database.replica import Replicated
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

    status: str = Field(
        description="`live`; `ready`; or `reading`, while only a replica answers and nothing can be written",
        examples=["live"],
    )
    replica: Literal["serving", "lagging", "lost"] | None = Field(
        default=None,
        description="where reads go to a replica, whether it answers them; otherwise the primary does",
    )


async def _serving(database: Database) -> dict[str, str]:
    """What the database can do; raises `Unserved` for another schema."""
    replicated = database if isinstance(database, Replicated) else None
    alone = replicated is not None and replicated.standby.alone
    revision = await (replicated.revision_beside() if replicated and alone else database.revision())
    if revision != HEAD:
        raise Unserved
    status = "reading" if alone else "ready"
    return {"status": status, "replica": replicated.standby.state} if replicated else {"status": status}


def health(measures: Measures) -> Operations:
    """The operations for supervisors, proxies and operators."""
    operations = Operations("Operation")

    @operations.get("/health/live", summary="Is the process alive?", permission=None, response_model=Health)
    async def live(ask: Ask) -> Answer:
        """Answers as long as the process runs, whatever the database does."""
        return json_answer({"status": "live"})

    @operations.get("/health/ready", summary="Can it serve?", permission=None, response_model=Health)
    async def ready(ask: Ask) -> Answer:
        """200 when the database answers and has the schema this version needs; 503 otherwise and while stopping.

        Also 200, and `reading`, while a replica answers without its primary: what is open to anybody is then shown as
        it was last known, and everything else is 503.
        """
        place = ask.place
        if place.stopping or not place.gate.is_open:
            raise Unserved
        return json_answer(await _serving(place.database))

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
        """Requests by route and status, their time, how many are in flight; how long what waits has been waiting.

        One worker answers for all workers of its host. `docs/operation.md` says what to watch.
        Off with `BERDAYA_METRICS=false`.
        """
        if not ask.place.settings.metrics:
            raise NotFound("route.not_found")
        await measures.ask(ask.database, now=clock.now())
        return Answer(
            body=measures.text(), media=b"text/plain; version=0.0.4; charset=utf-8", cache=b"no-store"
        )

    return operations
