"""The shapes of follow-ups at the door."""

from typing import Literal

from pydantic import Field

from app.http.fields import Day, Input, Moment, Output, Paragraph
from app.http.merge import patch_model
from app.http.paging import ListQuery

FollowUpKind = Literal["pendampingan", "monitoring", "bantuan_alat", "pemasaran", "lainnya"]
FollowUpStatus = Literal["rencana", "berjalan", "selesai", "dibatalkan"]


class FollowUpInput(Input):
    """What was done after a training, or is planned."""

    held_on: Day = Field(
        description="in the future only while it is planned or cancelled", examples=["2024-11-20"]
    )
    kind: FollowUpKind
    status: FollowUpStatus = "selesai"
    note: Paragraph | None = None


class NewFollowUp(FollowUpInput):
    """A follow-up that is not in the register yet."""


class FollowUpOut(Output):
    """A follow-up of a training."""

    id: str
    training_id: str
    village_code: str = Field(description="where the training is", examples=["64.02.04.2006"])
    held_on: str
    kind: FollowUpKind
    status: FollowUpStatus
    note: str | None
    version: int
    created_at: str
    updated_at: str


FollowUpPatch = patch_model("FollowUpPatch", FollowUpInput, FollowUpOut)


class FollowUpQuery(ListQuery):
    """Which follow-ups of a training."""

    kind: FollowUpKind | None = None
    status: FollowUpStatus | None = None
    updated_since: Moment | None = None
    sort: str | None = Field(
        default=None, max_length=40, description="`held_on` or `updated_at`, with `-` downwards"
    )
