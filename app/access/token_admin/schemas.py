"""The shapes of tokens at the door."""

from typing import Annotated, Literal

from pydantic import Field

from app.access.fields import Reach, Role
from app.http.fields import Input, Line, Moment, Output, Search
from app.http.paging import ListQuery

Kind = Literal["token", "session"]


class NewToken(Input):
    """A token that is not there yet; without `expires_at` and `days` it holds until it is revoked."""

    name: Line = Field(description="who will use it", examples=["Contoh Petugas Anggana"])
    role: Role
    region: Reach | None = Field(
        default=None, description="the reach: nothing beyond it can be changed; null: everywhere"
    )
    source: Line | None = Field(
        default=None, description="the source of the events that it pushes; its name where none is told"
    )
    expires_at: Moment | None = Field(default=None, description="in the future")
    days: Annotated[int, Field(ge=1, le=3650)] | None = Field(
        default=None, description="instead of `expires_at`: for how many days from now it holds"
    )


class TokenOut(Output):
    """A token or the session of a user, never its secret."""

    id: str
    kind: Kind = Field(description="`session`: a user signed in with name and password")
    name: str
    role: Role
    region: str | None = Field(description="null: everywhere")
    source: str = Field(description="the source of the events that it pushes")
    user_id: str | None = Field(description="whose session it is")
    expires_at: str | None = Field(description="null: until it is revoked")
    last_used_at: str | None = Field(
        description="the hour in which it was last used; written some seconds later, and no new version"
    )
    version: int
    created_at: str
    updated_at: str


class TokenMade(TokenOut):
    """A token with its secret, shown this once."""

    token: str = Field(description="`Authorization: Bearer <token>`; it works at once")


class TokenQuery(ListQuery):
    """Which tokens."""

    kind: Kind = Field(default="token", description="`session` for those who signed in")
    role: Role | None = None
    source: Line | None = None
    q: Search | None = Field(default=None, description="words of the name, any part of a word")
    sort: str | None = Field(
        default=None,
        max_length=40,
        description="`created_at` or `name`, with `-` downwards; the newest first by default",
    )
