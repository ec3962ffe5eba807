"""The shapes of users at the door."""

from pydantic import Field

from app.access.fields import GivenPassword, Password, Reach, Role
from app.http.fields import Input, Line, Output, Search
from app.http.merge import patch_model
from app.http.paging import ListQuery

_PASSWORD = "8 to 256 characters of any kind; it is never shown again"  # noqa: S105  # says what one is like


class _UserInput(Input):
    name: Line = Field(
        description="what they sign in with; unique, without regard to case, accents and punctuation",
        examples=["contoh.anggana"],
    )
    role: Role
    region: Reach | None = Field(
        default=None, description="the reach: nothing beyond it can be changed; null: everywhere"
    )


class NewUser(_UserInput):
    """A user who is not there yet."""

    password: Password = Field(description=_PASSWORD, examples=["empat kata acak contoh"])


class ChangedUser(_UserInput):
    """A user as a patch leaves them; without `password` the old one stays."""

    password: Password = Field(default="", description=_PASSWORD)


class NewPassword(Input):
    """The present password, and the one that takes its place."""

    current: GivenPassword = Field(description="the present password", examples=["empat kata acak contoh"])
    new: Password = Field(description=_PASSWORD, examples=["lima kata acak untuk contoh"])


class UserOut(Output):
    """A user, never the password."""

    id: str
    name: str
    role: Role
    region: str | None = Field(description="null: everywhere")
    password_changed_at: str
    version: int
    created_at: str
    updated_at: str


UserPatch = patch_model("UserPatch", ChangedUser, UserOut)


class UserQuery(ListQuery):
    """Which users."""

    role: Role | None = None
    region: Reach | None = Field(default=None, description="those whose reach lies within this region")
    q: Search | None = Field(default=None, description="words of the name, any part of a word")
    sort: str | None = Field(
        default=None, max_length=40, description="`name` or `created_at`, with `-` downwards"
    )
