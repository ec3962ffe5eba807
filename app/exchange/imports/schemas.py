"""What is asked of imports at the door."""

from typing import Annotated, Literal

from pydantic import Field

from app.http.fields import Identifier, Input
from app.http.paging import Limit
from app.regions.codes import Region

KindName = Literal["villages", "cooperatives", "ukms", "trainings", "idm", "legality-events"]
ImportKind = Annotated[KindName, Field(description="of what", examples=["ukms"])]
Flag = Literal["true", "false"]


class ImportQuery(Input):
    """What is done with a file."""

    mode: Literal["plan", "commit"] = Field(
        default="plan", description="`plan` changes nothing and says what a commit would do; `commit` writes"
    )
    partial: Flag = Field(
        default="false",
        description="write the good rows although others are bad, in batches of 200; else all or nothing",
    )
    plan: Identifier | None = Field(
        default=None,
        description="with `mode=commit`: a plan that is carried out as it was; the body may then be empty",
    )


class TemplateQuery(Input):
    """What a template is filled with."""

    region: Region | None = Field(default=None, description="things of this region; without it none")


class ImportsQuery(Input):
    """Which imports."""

    limit: Limit = Field(default="50", description="items a page, 1 to 500")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before")
