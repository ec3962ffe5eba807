"""The shapes of the feed at the door."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from app.changes.types import NEEDED
from app.http.fields import Input, Output, fault
from app.http.paging import Limit
from app.regions.codes import Region


def _types(text: str) -> str:
    names = [name.strip() for name in text.split(",")]
    if not NEEDED.keys() >= set(names):
        raise fault("value.choice", expected=", ".join(NEEDED))
    return ",".join(dict.fromkeys(names))


Types = Annotated[str, Field(max_length=400, examples=["village,cooperative"]), AfterValidator(_types)]
TYPES_TOLD = f"only these kinds, comma-separated, of: {', '.join(f'`{name}`' for name in NEEDED)}"
Cursor = Annotated[str, Field(max_length=1000)]


class ChangesQuery(Input):
    """Which changes."""

    after: Cursor | None = Field(
        default=None,
        description="`next_cursor` of the page before, or `changes_after` of a copy; absent: from the beginning",
    )
    limit: Limit = Field(default="50", description="changes a page, 1 to 500")
    region: Region | None = Field(
        default=None,
        description="only of things that were in this region before the change or are in it after",
    )
    types: Types | None = Field(default=None, description=TYPES_TOLD)


class SnapshotQuery(Input):
    """What to copy."""

    cursor: Cursor | None = Field(default=None, description="`next_cursor` of the page before")
    limit: Limit = Field(default="50", description="things a page, 1 to 500")
    region: Region | None = Field(default=None, description="only what lies in this region")
    types: Types | None = Field(default=None, description=TYPES_TOLD)


class ChangeOut(Output):
    """One change of one thing."""

    id: str = Field(description="the change's own, a UUIDv7; the same whenever it is read")
    type: str = Field(description="the kind of thing", examples=["village"])
    resource_id: str = Field(description="names the thing for ever, together with `type`")
    operation: Literal["created", "updated", "deleted"]
    version: int = Field(
        description="the version that this change made; of a deletion the one it would have made"
    )
    at: str
    village_code: str | None = Field(
        description="where the thing was after the change, or last was; null for what lies nowhere",
        examples=["64.02.04.2001"],
    )
    data: dict[str, Any] | None = Field(
        description="the thing's public representation at that version, as its own address shows it without a token; "
        "null once deleted"
    )


class ChangePage(Output):
    """A page of the feed."""

    items: list[ChangeOut] = Field(description="changes in their order; a page may be short, or empty")
    next_cursor: str = Field(
        description="give it as `after` for what follows, now or later; the same as `after` when nothing follows yet"
    )


class CopiedOut(Output):
    """One thing as it is now."""

    type: str = Field(description="the kind of thing", examples=["village"])
    resource_id: str = Field(description="names the thing for ever, together with `type`")
    version: int
    village_code: str | None = Field(
        description="where the thing is; null for what lies nowhere", examples=["64.02.04.2001"]
    )
    data: dict[str, Any] = Field(description="its public representation")


class SnapshotPage(Output):
    """A page of a copy."""

    items: list[CopiedOut] = Field(description="things as they are now; a page may be short, or empty")
    next_cursor: str | None = Field(
        description="give it as `cursor` for the next page; null: the copy is whole"
    )
    changes_after: str = Field(
        description="the position in the feed from which to follow once the copy is whole; the same on every page"
    )
