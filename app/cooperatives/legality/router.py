"""Legality over HTTP: one event, a batch, what became of it, what it adds up to, and contested numbers."""

from typing import Annotated

from pydantic import Field

import app.cooperatives.legality.labels  # its labels enter the sheets
import app.cooperatives.legality.texts  # noqa: F401  # its codes enter the catalogue
from app.access.webhooks import signed
from app.cooperatives.legality import service
from app.cooperatives.legality.doors import batch_of, event_of, receipt, sender_of, single_of, standing_at
from app.cooperatives.legality.presenting import applied, cases, one_case, pushed, resolved, standing
from app.cooperatives.legality.queries import LISTING
from app.cooperatives.legality.schemas import (
    CaseQuery,
    EventQuery,
    LegalityBatch,
    LegalityEvent,
    LegalityQuery,
    Resolution,
)
from app.cooperatives.legality.shapes import (
    CaseOut,
    CasePage,
    EventApplied,
    LegalityEventOut,
    LegalityOut,
    PushOut,
    ReceiptOut,
    ResolutionOut,
)
from app.cooperatives.tables import COOPERATIVES
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Identifier, Reference
from app.http.lists import listed
from app.http.operation import Operations, Query
from app.http.shapes import listing_of

Source = Annotated[
    str, Field(description="who sends, as named when its secret was made", examples=["contoh"])
]

operations = Operations("Legality")


@operations.post(
    "/v1/cooperatives/{id}/legality-events",
    summary="Push one event",
    response_model=EventApplied,
    responses={200: {"model": EventApplied, "description": "It was told before; nothing happened"}},
    permission="legality:push",
    refuses=(404, 409),
)
async def push_legality_event(id: Identifier, event: LegalityEvent, ask: Ask) -> Answer:
    """Tell one event of a cooperative: 201 applied, 200 told before, 409 another body under an id of yours.

    The order of arrival does not matter and nothing is overwritten: the stage follows from all events. `conflict`
    names the open case when another cooperative claims the same number; neither holds it until it is resolved.
    """
    address = f"/v1/cooperatives/{id}/legality-events"
    return await ask.write(applied(ask, address), service.push, sender_of(ask), [single_of(id, event)])


@operations.post(
    "/v1/legality-events",
    summary="Push a batch of events",
    status_code=200,
    response_model=PushOut,
    permission="legality:push",
)
async def push_legality_events(batch: LegalityBatch, ask: Ask) -> Answer:
    """Tell up to 1,000 events at once; each gets a result, and a bad one never blocks the others.

    `waiting`: the cooperative is not known yet; the event counts as soon as it is. Send the same batch again
    whenever you are unsure: what was told before is a `duplicate`.
    """
    return await ask.write(pushed(ask), service.push, sender_of(ask), batch_of(batch))


@operations.post(
    "/v1/webhooks/legality/{source}",
    summary="Push a signed batch",
    status_code=200,
    stores=False,
    response_model=PushOut,
    permission=None,
    admits=signed,
)
async def receive_legality_webhook(source: Source, batch: LegalityBatch, ask: Ask) -> Answer:
    """Tell up to 1,000 events at once by a delivery signed as Standard Webhooks 1.0 says, without a token.

    The body is that of a batch; one event is a batch of one. Signed is `webhook-id.webhook-timestamp.body`, the
    body byte for byte as it is sent, with a secret that `berdaya webhooks secret --source NAME` makes.

    A delivery that comes again under its `webhook-id` within 30 days has no second effect and gets the first answer;
    the same `webhook-id` with another body is 422 `webhook.other_body`. Whatever is not signed is 401
    `webhook.unsigned`, also for a source that does not exist; it is told before anything else.
    """
    return await ask.write(pushed(ask), service.push, sender_of(ask), batch_of(batch))


@operations.get(
    "/v1/legality-events/receipts/{event_id}",
    summary="What became of an event",
    response_model=ReceiptOut,
    permission="legality:push",
    refuses=(404,),
)
async def get_legality_receipt(event_id: Reference, ask: Ask) -> Answer:
    """What became of an event of your own source, by your own id of it."""
    return await receipt(ask, event_id)


@operations.get(
    "/v1/cooperatives/{id}/legality-events",
    summary="The events of a cooperative",
    responses=listing_of(LegalityEventOut),
    refuses=(404,),
)
async def list_legality_events(id: Identifier, query: Annotated[EventQuery, Query()], ask: Ask) -> Answer:
    """Every event that was told of a cooperative, by when it took effect; nothing is ever taken out."""
    await ask.show(COOPERATIVES, id)
    return await listed(ask, LISTING, query, cooperative_id=id)


@operations.get(
    "/v1/cooperatives/{id}/legality-events/{event_id}",
    summary="One event",
    response_model=LegalityEventOut,
    refuses=(404,),
)
async def get_legality_event(id: Identifier, event_id: Identifier, ask: Ask) -> Answer:
    """An event as it is kept, under the id we gave it."""
    return await event_of(ask, id, event_id)


@operations.get(
    "/v1/cooperatives/{id}/legality",
    summary="The legality of a cooperative",
    tagged=True,
    response_model=LegalityOut,
    refuses=(404,),
)
async def get_legality(id: Identifier, query: Annotated[LegalityQuery, Query()], ask: Ask) -> Answer:
    """What the events add up to: stage, milestones, numbers, what a loan still lacks, and what does not fit.

    `as_of=2025-06-30` answers what held on that day, `known_at=2025-07-02` what we knew then; together, what we
    thought on 2 July about 30 June.
    """
    return standing(ask, id, await standing_at(ask, id, query.as_of, query.known_at))


@operations.get("/v1/legality-conflicts", summary="Contested numbers", response_model=CasePage)
async def list_legality_conflicts(query: Annotated[CaseQuery, Query()], ask: Ask) -> Answer:
    """Numbers that two cooperatives claim. While a case is open neither holds the number."""
    return await cases(ask, region=query.region, state=query.state)


@operations.get(
    "/v1/legality-conflicts/{id}", summary="One contested number", response_model=CaseOut, refuses=(404,)
)
async def get_legality_conflict(id: Identifier, ask: Ask) -> Answer:
    """Who claims a number, and whose an officer said it is."""
    return await one_case(ask, id)


@operations.post(
    "/v1/legality-conflicts/{id}/resolution",
    summary="Decide whose a number is",
    response_model=ResolutionOut,
    permission="legality:resolve",
    refuses=(404,),
)
async def resolve_legality_conflict(id: Identifier, decision: Resolution, ask: Ask) -> Answer:
    """Say which cooperative holds a contested number, and why. A later decision takes its place."""
    return await ask.write(resolved, service.resolve, id, decision, ask.caller.name)
