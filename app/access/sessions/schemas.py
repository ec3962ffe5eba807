"""The shapes of signing in at the door."""

from typing import Literal

from pydantic import Field

from app.access.fields import GivenPassword, Role
from app.http.fields import Input, Output


class Credentials(Input):
    """A name and its password."""

    name: str = Field(min_length=1, max_length=200, examples=["contoh.anggana"])
    password: GivenPassword = Field(min_length=1, examples=["empat kata acak contoh"])


class SessionOut(Output):
    """A session that began just now."""

    token: str = Field(description="`Authorization: Bearer <token>`, until it expires; shown this once")
    token_type: Literal["Bearer"]
    expires_at: str
    id: str = Field(description="of the session, as the list of tokens shows it")
    name: str = Field(description="the user's")
    role: Role
    region: str | None = Field(description="null: everywhere")
