"""The application: one database, all features, one dispatcher. Nothing else happens here."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from threading import Lock
from typing import Any

import orjson
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

import app.villages.router as villages
from app.access.audit import router as audit
from app.access.audit.sealing import SEAL_SECONDS, Sealer
from app.access.last_use import WRITE_SECONDS, LastUse
from app.access.sessions import router as sessions
from app.access.token_admin import router as token_admin
from app.access.tokens import authenticate
from app.access.users import router as users
from app.ages import AGES
from app.background import Work, run_every
from app.changes import router as changes
from app.changes.webhooks import router as subscriptions
from app.changes.webhooks.dispatching import LOOK_SECONDS
from app.changes.webhooks.dispatching import Dispatcher as Notices
from app.changes.webhooks.sending import Sender
from app.constraints import CODES
from app.cooperatives import router as cooperatives
from app.cooperatives.legality import router as legality
from app.database import connect
from app.database.replica import Replicated
from app.exchange.imports import router as imports
from app.exchange.imports.worker import LANES, Worker
from app.exchange.operations import router as outbox
from app.groups import router as groups
from app.http import offline_docs, opening, problem_types
from app.http.answers import Answer
from app.http.ask import Ask, Place
from app.http.caller import Caller
from app.http.dispatch import Dispatcher
from app.http.door import Door
from app.http.fair_use import Limits, policy_of
from app.http.gate import Gate
from app.http.health import health
from app.http.measures import PULSE_SECONDS, Measures
from app.http.openapi import build
from app.http.operation import Operation, Operations
from app.http.read_after import HEADER
from app.http.replica_measures import measure
from app.http.routing import Addresses
from app.http.slots import Own, Slots
from app.index import router as index
from app.index.advice import router as advice
from app.index.audits import router as audits
from app.index.evidence import router as evidence
from app.index.methods import router as methods
from app.index.plans import router as plans
from app.regions import router as regions
from app.reports import picture_router as pictures
from app.reports import router as reports
from app.settings import Settings
from app.trainings import router as trainings
from app.trainings.enrolments import router as enrolments
from app.trainings.follow_ups import router as follow_ups
from app.ukms import router as ukms
from app.villages.service import present_code

FEATURES: tuple[Operations, ...] = (
    regions.operations,
    villages.operations,
    cooperatives.operations,
    legality.operations,
    ukms.operations,
    groups.operations,
    trainings.operations,
    enrolments.operations,
    follow_ups.operations,
    outbox.operations,
    index.operations,
    methods.operations,
    audits.operations,
    evidence.operations,
    advice.operations,
    plans.operations,
    reports.operations,
    pictures.operations,
    changes.operations,
    subscriptions.operations,
    imports.operations,
    token_admin.operations,
    users.operations,
    sessions.operations,
    audit.operations,
)

_DOCUMENT_SECONDS = 30.0
_documents: dict[str, bytes] = {}
_describing = Lock()


def _issuer(settings: Settings) -> Callable[[bytes], Awaitable[Caller]]:
    from app.access.oidc.reading import Issuer  # noqa: PLC0415  # 12 MB of cryptography that most places do without

    return Issuer(settings).caller


class Berdaya(FastAPI):
    """FastAPI with its routes served by our dispatcher; the OpenAPI document stays FastAPI's."""

    def __init__(self, settings: Settings) -> None:
        self.measures = Measures(AGES)
        self.place = Place(
            settings=settings,
            database=connect(
                settings.database_url,
                pool_size=settings.pool_size,
                audit_key=settings.audit_key_bytes,
                read_url=settings.read_database_url,
            ),
            limits=Limits(Slots(settings.limits_file) if settings.limits_file else Own()),
            gate=Gate(
                at_once=settings.in_flight,
                queue=settings.queue,
                patience=settings.queue_seconds,
                queued=self.measures.queued.set,
                crowded=self.measures.crowded.inc,
            ),
            fair_use=policy_of("caller", settings.rate_limit) if settings.rate_limit else None,
            present_code=present_code,
            constraints=CODES,
            verify=_issuer(settings) if settings.oidc_issuer else None,
        )
        if isinstance(self.place.database, Replicated):
            measure(self.place.database.standby, self.measures.registry)
        self.place.database.waited = self.measures.database_wait.observe
        super().__init__(
            title="Berdaya",
            docs_url=None,
            redoc_url=None,
            openapi_url=None,
            lifespan=_lifespan,
            version=version("berdaya"),
        )
        self.operations = self._operations(settings)
        self.router.routes[:] = self.operations

    def _operations(self, settings: Settings) -> list[Operation]:
        rooms = [*FEATURES, health(self.measures), problem_types.operations]
        if settings.docs:
            rooms += [offline_docs.operations, self._document()]
        return [operation for room in rooms for operation in room.routes]

    def _document(self) -> Operations:
        operations = Operations("Operation")

        @operations.get("/openapi.json", permission=None, include_in_schema=False)
        async def openapi_document(ask: Ask) -> Answer:
            """This document."""
            # Made in a thread, as the first time takes a second, and longer while others are served.
            ask.grant(_DOCUMENT_SECONDS)
            body, tag = await asyncio.to_thread(self._written)
            return Answer(body=body, etag=tag)

        return operations

    def _written(self) -> tuple[bytes, str]:
        body = self._described()
        return body, hashlib.sha256(body).hexdigest()[:16]

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        document: dict[str, Any] = orjson.loads(self._described())
        return document

    def _described(self) -> bytes:
        """It as text, built once a process: it is the code's, but for the issuer it may name."""
        issuer = self.place.settings.oidc_issuer
        # Routes are described where they are built into it, which is for one thread.
        with _describing:
            if issuer not in _documents:
                shown = [operation for operation in self.operations if operation.include_in_schema]
                told = build(routes=shown, version=self.version, issuer=issuer)
                _documents[issuer] = orjson.dumps(told)
            return _documents[issuer]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request without FastAPI's telemetry, which would look up the environment each time."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        if self.middleware_stack is None:
            self.middleware_stack = self.build_middleware_stack()
        await self.middleware_stack(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """The dispatcher, behind CORS where origins are set."""
        settings = self.place.settings
        dispatcher = Dispatcher(
            addresses=Addresses(self.operations),
            place=self.place,
            authenticate=authenticate,
            lifespan=self.router,
            measures=self.measures,
        )
        if not settings.cors_origins:
            return dispatcher
        return CORSMiddleware(
            dispatcher,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "If-Match",
                "If-None-Match",
                "Idempotency-Key",
                "Prefer",
                HEADER,
            ],
            expose_headers=[
                "ETag",
                "Link",
                "Location",
                "X-Request-ID",
                "Idempotent-Replayed",
                "Preference-Applied",
                "Retry-After",
                "RateLimit",
                "RateLimit-Policy",
                HEADER,
            ],
        )


@asynccontextmanager
async def _lifespan(application: Any) -> AsyncIterator[dict[str, Any]]:
    place: Place = application.place
    await place.database.open()
    # The database may come later: the process starts, and everything but the health of it is 503 until then.
    found = await opening.look(place)
    sealer = Sealer(place.database)
    sender = Sender(subscriptions.rules_of(place.settings))
    notices = Notices(place.database, sender, depth=application.measures.outbox_depth.set)
    tasks = [
        asyncio.create_task(run_every(seconds, work))
        for seconds, work in _by_itself(place, application.measures, sealer, notices)
    ]
    if not found:
        tasks.append(asyncio.create_task(opening.look_again(place)))
    # With origins set, answers need headers that only the middleware before the dispatcher knows.
    yield {} if place.settings.cors_origins else {"door": Door(place.gate)}
    place.stopping = True
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await notices.stop()
    await sealer.stop()
    await place.database.close()
    place.limits.close()


def _by_itself(
    place: Place, measures: Measures, sealer: Sealer, notices: Notices
) -> list[tuple[float, Work]]:
    """What the application does without being asked, and the seconds between."""
    telling = [(LOOK_SECONDS, notices.turn)] if place.settings.webhooks else []
    lanes = [(0.0, Worker(place).turn) for _ in range(LANES)]
    own = [
        (WRITE_SECONDS, LastUse(place).write),
        (SEAL_SECONDS, sealer.work),
        (PULSE_SECONDS, measures.pulse),
    ]
    return [*own, *telling, *lanes]


def create_app(settings: Settings | None = None) -> Berdaya:
    """A new application for these settings, by default those of the environment."""
    return Berdaya(settings or Settings())
