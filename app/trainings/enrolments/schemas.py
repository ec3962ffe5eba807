"""The shapes of enrolments at the door."""

from typing import Any, Literal, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from app.http.fields import Identifier, Input, Moment, Output, Paragraph, fault, several
from app.http.merge import patch_model
from app.http.paging import ListQuery

PARTY = ("ukm_id", "group_id", "cooperative_id")
"""The fields that name who takes the place."""
Role = Literal["ketua", "wakil", "sekretaris", "bendahara", "anggota", "lainnya"]


class EnrolmentInput(Input):
    """What can be said of a place that is taken; much of it is known only after the training."""

    role: Role | None = Field(default=None, description="the office, in its party, of who attends")
    attended: bool | None = Field(default=None, description="null: not known yet")
    result: Paragraph | None = Field(
        default=None, description="what they took home: certificate, product, plan"
    )


class NewEnrolment(EnrolmentInput):
    """One place for one party: exactly one of the three ids."""

    ukm_id: Identifier | None = None
    group_id: Identifier | None = None
    cooperative_id: Identifier | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _one_party(cls, sent: Any, check: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(sent, dict):
            return check(sent)
        given = [name for name in PARTY if sent.get(name) is not None]
        named = () if len(given) == 1 else given or PARTY
        wrong: dict[tuple[str | int, ...], PydanticCustomError] = {
            (name,): fault("enrolment.one_party") for name in named
        }
        try:
            enrolment = check(sent)
        except ValidationError as others:
            raise several(wrong, beside=others) from others
        if wrong:
            raise several(wrong)
        return enrolment


class EnrolmentOut(Output):
    """One place in a training."""

    id: str
    training_id: str
    village_code: str = Field(description="where the training is", examples=["64.02.04.2006"])
    ukm_id: str | None
    group_id: str | None
    cooperative_id: str | None
    role: Role | None
    attended: bool | None = Field(description="null: not known yet")
    result: str | None
    version: int
    created_at: str
    updated_at: str


EnrolmentPatch = patch_model("EnrolmentPatch", EnrolmentInput, EnrolmentOut)


class EnrolmentQuery(ListQuery):
    """Which enrolments of a training."""

    updated_since: Moment | None = None
    sort: str | None = Field(
        default=None, max_length=40, description="`created_at` or `updated_at`, with `-` downwards"
    )
