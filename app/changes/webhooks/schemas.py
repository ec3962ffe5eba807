"""The shapes of subscriptions and deliveries at the door."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.changes.schemas import Cursor
from app.changes.types import NEEDED
from app.http.fields import Identifier, Input, Line, Output, each_once, fault
from app.http.merge import patch_model
from app.http.paging import Limit, ListQuery
from app.regions.codes import Region

Status = Literal["pending", "delivered", "dead"]


def _kind(name: str) -> str:
    if name not in NEEDED:
        raise fault("value.choice", expected=", ".join(NEEDED))
    return name


Kind = Annotated[str, Field(max_length=40), AfterValidator(_kind)]


class NewSubscription(Input):
    """Whom to tell, and of what."""

    url: Annotated[str, Field(max_length=2000)] = Field(
        description="an https address on the public internet, port 443 or 1024 and above",
        examples=["https://penerima.contoh.example/berdaya"],
    )
    types: Annotated[list[Kind], Field(min_length=1, max_length=50), each_once()] | None = Field(
        default=None,
        description="only of these kinds of things; null: of all that anybody may read",
        examples=[["village", "cooperative"]],
    )
    region: Region | None = Field(
        default=None, description="only of things that were in this region or are in it; null: everywhere"
    )
    description: Line | None = None
    enabled: bool = Field(default=True, description="false: nothing is sent, and nothing is missed")


class SubscriptionOut(Output):
    """A subscription, never its secret."""

    id: str
    url: str
    types: list[str] | None
    region: str | None
    description: str | None
    enabled: bool = Field(description="turned off also by a receiver that answers 410")
    secret_changed_at: str
    version: int
    created_at: str
    updated_at: str


class SubscriptionMade(SubscriptionOut):
    """A subscription with its secret, shown this once."""

    secret: str = Field(description="`whsec_…`, by which notices are signed (Standard Webhooks)")


SubscriptionPatch = patch_model("SubscriptionPatch", NewSubscription, SubscriptionOut)


class SubscriptionQuery(ListQuery):
    """Which subscriptions."""

    sort: str | None = Field(default=None, max_length=40, description="`created_at`, with `-` downwards")


class Rotation(Input):
    """How long the former secret signs too."""

    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24


class DeliveryOut(Output):
    """One notice to one subscriber, and how it goes; what it tells is not in it."""

    id: str
    change_id: str | None = Field(
        description="the `webhook-id` that is sent; null for a ping, which has `id`"
    )
    type: str
    resource_id: str
    operation: str
    version: int | None
    status: Status = Field(description="`dead`: given up after ten attempts, or the receiver is gone")
    attempts: int
    last_status: int | None = Field(description="what the receiver answered last")
    last_error: str | None = Field(
        description="a word for why the last attempt failed: `status`, `redirect`, `overloaded`, `gone`, `timeout`, "
        "`unresolved`, `address`, `unreachable` or `erased`"
    )
    next_attempt_at: str | None
    created_at: str
    finished_at: str | None


class DeliveryPage(Output):
    """A page of deliveries."""

    items: list[DeliveryOut]
    next_cursor: str | None = Field(description="give it as `cursor` for the next page; null at the end")


class DeliveriesQuery(Input):
    """Which deliveries."""

    limit: Limit = Field(default="50", description="items a page, 1 to 500")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before")
    status: Status | None = None


class Replay(Input):
    """From where to tell again."""

    after: Cursor | None = Field(
        default=None,
        description="a cursor of the feed: all that follows it is told again; null: what is dead is tried again",
    )


class ReplayOut(Output):
    """What will be told again."""

    deliveries: int = Field(description="dead deliveries that are tried again")
    changes_after: str | None = Field(description="from where the feed is told again")
