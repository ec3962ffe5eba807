"""Subscriptions over HTTP."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import orjson

import app.changes.webhooks.labels  # its labels enter the sheets
import app.changes.webhooks.texts  # noqa: F401  # its codes enter the catalogue
from app.access.webhooks import new_key, text_of
from app.changes.types import refused_to
from app.changes.webhooks import queries, service
from app.changes.webhooks.addresses import Refused, Rules
from app.changes.webhooks.schemas import (
    DeliveriesQuery,
    DeliveryOut,
    DeliveryPage,
    NewSubscription,
    Replay,
    ReplayOut,
    Rotation,
    SubscriptionMade,
    SubscriptionOut,
    SubscriptionPatch,
    SubscriptionQuery,
)
from app.changes.webhooks.sending import Sender
from app.changes.webhooks.tables import SUBSCRIPTIONS, subscriptions
from app.database import Transaction
from app.database.register import State
from app.http.answers import Answer, Present, json_answer, tagged
from app.http.ask import Ask
from app.http.fields import Identifier
from app.http.lists import listed
from app.http.merge import Patch
from app.http.operation import Operations, Query
from app.http.paging import Listing, next_link
from app.http.presenting import gone, shown
from app.http.problems import Forbidden, NotFound, invalid
from app.http.shapes import listing_of
from app.settings import Settings

operations = Operations("Webhooks")
LISTING = Listing(
    SUBSCRIPTIONS, filters={}, sorts={"created_at": subscriptions.c.created_at}, default="-created_at"
)
_READ, _WRITE = "subscriptions:read", "subscriptions:write"
_ALL = "/v1/webhook-subscriptions"
_ONE = _ALL + "/{id}"
_RESOLVE_SECONDS = 1.0
_LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff"


def rules_of(settings: Settings) -> Rules:
    """What this installation sends to beyond public hosts over TLS."""
    return Rules(http=settings.webhooks_allow_http, private=settings.webhooks_allow_private)


@operations.get(_ALL, summary="List subscriptions", permission=_READ, responses=listing_of(SubscriptionOut))
async def list_subscriptions(query: Annotated[SubscriptionQuery, Query()], ask: Ask) -> Answer:
    """Who is told of changes, the newest first."""
    return await listed(ask, LISTING, query)


@operations.get(
    _ONE, summary="One subscription", permission=_READ, response_model=SubscriptionOut, refuses=(404,)
)
async def get_subscription(id: Identifier, ask: Ask) -> Answer:
    """A subscription by its id, without its secret."""
    return await ask.show(SUBSCRIPTIONS, id)


@operations.post(_ALL, summary="Subscribe", permission=_WRITE, response_model=SubscriptionMade)
async def subscribe(new: NewSubscription, ask: Ask) -> Answer:
    """Tell a receiver of every change from now on, by a signed POST (Standard Webhooks 1.0.0).

    Each change is told at least once, those of one thing in order; `webhook-id` is the id of the change and stays
    the same at every attempt. 2xx within 15 seconds counts as delivered, a redirect does not, 410 turns the
    subscription off; 429, 502, 503 and 504 make us wait, as `Retry-After` says. Anything else is tried ten times
    within 76 hours. `secret` is shown this once, so a second request with the same Idempotency-Key is 409
    `secret_shown_once`.
    """
    await _allowed(ask, new.url, new.types)
    key = new_key()
    return await ask.write(_with_secret(key), service.subscribe, new, key)


@operations.patch(
    _ONE,
    summary="Change a subscription",
    patch=SubscriptionPatch,
    permission=_WRITE,
    response_model=SubscriptionOut,
    refuses=(404, 412, 428),
)
async def amend_subscription(id: Identifier, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch: what is absent stays, null clears.

    What changed while it was not enabled is told once it is enabled again.
    """
    sent = patch.model_dump(exclude_unset=True)
    await _allowed(ask, sent.get("url"), sent.get("types"))
    return await ask.write(shown(SUBSCRIPTIONS), service.amend, id, patch, ask.expected)


@operations.delete(_ONE, summary="End a subscription", permission=_WRITE, refuses=(404, 412, 428))
async def end_subscription(id: Identifier, ask: Ask) -> Answer:
    """Tell this receiver nothing any more; its deliveries and secrets go with it."""
    return await ask.write(gone, service.end, id, ask.expected)


@operations.post(
    f"{_ONE}/secret",
    summary="Change the secret of a subscription",
    permission=_WRITE,
    response_model=SubscriptionMade,
    refuses=(404,),
)
async def rotate_secret(id: Identifier, rotation: Rotation, ask: Ask) -> Answer:
    """Make a new secret, shown this once; until the overlap ends each notice bears both signatures."""
    key = new_key()

    async def rotate(tx: Transaction) -> State:
        return await service.rotate(tx, id, key, overlap_hours=rotation.overlap_hours)

    return await ask.write(_with_secret(key), rotate)


@operations.post(
    f"{_ONE}/test",
    summary="Try a subscription",
    permission=_WRITE,
    response_model=DeliveryOut,
    refuses=(404,),
)
async def ping_subscription(id: Identifier, ask: Ask) -> Answer:
    """Send a notice of type `ping` within some seconds; how it went is told among the deliveries."""
    return await ask.write(_delivery(201), service.ping, id)


@operations.get(
    f"{_ONE}/deliveries",
    summary="List the deliveries of a subscription",
    permission=_READ,
    response_model=DeliveryPage,
    refuses=(404,),
)
async def list_deliveries(id: Identifier, query: Annotated[DeliveriesQuery, Query()], ask: Ask) -> Answer:
    """What was told, is being told and was given up, the newest first; delivered ones go after 30 days."""
    if await ask.one(SUBSCRIPTIONS, id) is None:
        raise NotFound("webhook_subscription.not_found", pointer="/path/id")
    limit = int(query.limit)
    wanted = {
        "subscription_id": id,
        "before": query.cursor or _LAST,
        "any_status": int(query.status is None),
        "status": query.status or "",
        "limit": limit + 1,
    }
    rows = await ask.database.fetch(queries.page, wanted)
    following = rows[limit - 1][0] if len(rows) > limit else None
    items = [service.told(row) for row in rows[:limit]]
    answer = tagged(json_answer({"items": items, "next_cursor": following}))
    if following is not None:
        answer.headers.append((b"link", next_link(ask.url_path, ask.scope["query_string"], following)))
    return answer


@operations.post(
    f"{_ONE}/deliveries/{{delivery_id}}/replay",
    summary="Send a delivery again",
    permission=_WRITE,
    response_model=DeliveryOut,
    status_code=200,
    refuses=(404,),
)
async def replay_delivery(id: Identifier, delivery_id: Identifier, ask: Ask) -> Answer:
    """Put one delivery by again with all its attempts, whatever became of it; its `webhook-id` stays."""
    return await ask.write(_delivery(200), service.again, id, delivery_id)


@operations.post(
    f"{_ONE}/replay",
    summary="Tell a receiver again",
    permission=_WRITE,
    response_model=ReplayOut,
    status_code=200,
    refuses=(404, 410),
)
async def replay_subscription(id: Identifier, replay: Replay, ask: Ask) -> Answer:
    """Try all dead deliveries again, or with `after` tell every change again that follows that cursor of the feed."""

    def present(state: State, reach: str | None) -> Answer:
        return json_answer(state)

    return await ask.write(present, service.replay, id, replay.after)


async def _allowed(ask: Ask, url: str | None, types: Sequence[str] | None) -> None:
    """403 for a kind that the caller may not read, 422 for an address to which nothing would ever be sent."""
    lacking = refused_to(ask.caller, types or ())
    if lacking is not None:
        raise Forbidden("access.forbidden", permission=lacking)
    if url is None:
        return
    try:
        async with asyncio.timeout(_RESOLVE_SECONDS):
            await Sender(rules_of(ask.place.settings)).pinned(url)
    except Refused as refused:
        raise invalid("/url", str(refused)) from refused
    except (OSError, UnicodeError):
        # A name that cannot be resolved now may be later; each attempt resolves it and judges what it finds.
        return


def _with_secret(key: bytes) -> Present:
    def present(state: State, reach: str | None) -> Answer:
        told = {**orjson.loads(SUBSCRIPTIONS.document(state)), "secret": text_of(key)}
        answer = Answer(
            status=201,
            body=orjson.dumps(told),
            etag=str(state["version"]),
            cache=b"no-store",
            secret=True,
        )
        answer.headers.append((b"location", f"{_ALL}/{state['id']}".encode()))
        return answer

    return present


def _delivery(status: int) -> Present:
    def present(state: State, reach: str | None) -> Answer:
        answer = tagged(json_answer(state, status=status))
        if status == 201:
            # A ping tells of its own subscription, among whose deliveries it is found.
            answer.headers.append((b"location", f"{_ALL}/{state['resource_id']}/deliveries".encode()))
        return answer

    return present
