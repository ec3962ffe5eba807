"""What may be asked of the trail, and the shape of its rows."""

from typing import Any

from pydantic import Field

from app.access.fields import Reach
from app.http.fields import Line, Moment, Output
from app.http.paging import ListQuery


class AuditQuery(ListQuery):
    """Which rows of the trail."""

    actor: Line | None = Field(default=None, description="the id of the token, user or system that acted")
    type: Line | None = Field(default=None, description="what kind of thing it was done to, as `ukm`")
    resource_id: Line | None = Field(
        default=None, description="what was done to this thing, and every list that showed it in the clear"
    )
    action: Line | None = Field(default=None, description="the operation's name, as `get_ukm`")
    region: Reach | None = Field(
        default=None, description="within it; a list counts as the region in which all lies that it showed"
    )
    request_id: Line | None = Field(default=None, description="as in `X-Request-ID`")
    since: Moment | None = Field(default=None, description="at or after this instant")
    until: Moment | None = Field(default=None, description="before this instant")


class AuditRowOut(Output):
    """Who did what to a thing, or was shown it: when, from where, and what it was before and after.

    A personal value is a keyed digest, `hmac-sha256:…`: equal values have equal digests.
    """

    id: str
    at: str
    actor: str = Field(description="the id of the token, user or system that acted")
    actor_name: str
    role: str
    address: str | None = Field(description="from which network address; null for a command")
    request_id: str
    action: str = Field(description="the operation's name, or the command")
    type: str = Field(description="what kind of thing it was done to")
    resource_id: str | None = Field(description="null for a list, whose `after` names what it showed")
    village_code: str | None = Field(description="of a list: the region in which all lies that it showed")
    version: int | None = Field(description="the thing's version then; null for a list")
    before: dict[str, Any] | None = Field(
        description="the fields that differ, as they were; null for what is new or was only read"
    )
    after: dict[str, Any] | None = Field(
        description="as they are since; of a reading `read`, the fields shown, and of a list `ids`, the things"
    )
    number: int | None = Field(
        description="its place in the chain; null while it is not sealed, about a second"
    )
    hash: str | None = Field(description="its link in the chain, SHA-256")
