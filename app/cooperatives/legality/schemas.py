"""The shapes of legality at the door."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    SkipValidation,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from app.cooperatives.milestones import NUMBERED, REASONED
from app.cooperatives.numbers import Malformed, normalise
from app.http.fields import (
    Day,
    Identifier,
    Input,
    Line,
    Moment,
    Paragraph,
    Places,
    Reference,
    fault,
    no_population_nik,
    several,
)
from app.http.paging import ListQuery
from app.regions.codes import Region, VillageCode

MilestoneName = Literal[
    "sosialisasi",
    "musdesus",
    "berkas_notaris",
    "pemesanan_nama",
    "akta",
    "pengajuan_sabh",
    "sk_ahu",
    "berita_negara",
    "npwp",
    "rekening",
    "nib",
    "nik_koperasi",
    "akun_simkopdes",
    "gerai",
    "rat",
    "pembubaran",
]
Outcome = Literal["achieved", "returned", "rejected", "expired", "revoked"]
NumberKind = Literal["sk_ahu", "npwp", "nib", "nik_koperasi"]
PushStatus = Literal["applied", "duplicate", "conflict", "rejected", "waiting"]

_NUMBERS_OF_BODIES = frozenset({"sk_ahu", "npwp", "nib", "nik_koperasi", "rekening"})
"""The papers whose number has a form of its own, or any 16 digits; a note may hide in that of the others."""


def _canonical(kind: str) -> Any:
    def check(text: str) -> str:
        number = normalise(kind, text)
        if isinstance(number, Malformed):
            raise fault(number.code)
        return number

    return AfterValidator(check)


class LegalityEvent(Input):
    """One thing that happened, or came back, on a cooperative's way to its papers."""

    event_id: Reference = Field(
        description="your own id of this event, the same whenever you send it", examples=["demo-1"]
    )
    milestone: MilestoneName = Field(examples=["sk_ahu"])
    outcome: Outcome = Field(examples=["achieved"])
    occurred_on: Day | None = Field(
        default=None, description="the day, or `occurred_at`", examples=["2025-06-30"]
    )
    occurred_at: Moment | None = Field(default=None, description="the instant, or `occurred_on`")
    number: str | None = Field(
        default=None,
        max_length=100,
        description="of the paper; required when `sk_ahu`, `npwp`, `nib` or `nik_koperasi` is achieved",
        examples=["AHU-0000000.AH.01.29.TAHUN 2025"],
    )
    issuer: Line | None = None
    reason: Paragraph | None = Field(default=None, description="required for returned, rejected and revoked")
    supersedes: Reference | None = Field(
        default=None, description="the `event_id` of yours that this one corrects"
    )
    note: Paragraph | None = None

    @field_validator("number")
    @classmethod
    def _canonical_number(cls, number: str | None, said: ValidationInfo) -> str | None:
        if number is None:
            return None
        canonical = normalise(said.data.get("milestone", ""), number)
        if isinstance(canonical, Malformed):
            raise fault(canonical.code)
        return canonical if said.data.get("milestone") in _NUMBERS_OF_BODIES else no_population_nik(canonical)

    @model_validator(mode="wrap")
    @classmethod
    def _complete(cls, given: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        lacking = _lacking(given) if isinstance(given, dict) else {}
        try:
            event = read(given)
        except ValidationError as wrong:
            raise several(lacking, beside=wrong) from wrong
        if lacking:
            raise several(lacking)
        return event


def _lacking(given: dict[str, Any]) -> Places:
    """What an event needs because of its milestone and outcome."""
    milestone, outcome = str(given.get("milestone")), str(given.get("outcome"))
    needed: Places = {}
    if (given.get("occurred_on") is None) == (given.get("occurred_at") is None):
        needed[("occurred_on",)] = fault("event.one_time")
    if outcome == "achieved" and milestone in NUMBERED and given.get("number") is None:
        needed[("number",)] = fault("field.required")
    if outcome in REASONED and not given.get("reason"):
        needed[("reason",)] = fault("field.required")
    if given.get("supersedes") is not None and given.get("supersedes") == given.get("event_id"):
        needed[("supersedes",)] = fault("event.supersedes_itself")
    return needed


class CooperativeReference(Input):
    """Which cooperative is meant, by exactly one of these."""

    id: Identifier | None = None
    village_code: VillageCode | None = Field(default=None, description="the village it is seated in")
    sk_number: Annotated[str, _canonical("sk_ahu")] | None = None
    nik_koperasi: Annotated[str, _canonical("nik_koperasi")] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "CooperativeReference":
        if len(self.model_dump(exclude_none=True)) != 1:
            raise fault("event.one_reference")
        return self


class PushedEvent(LegalityEvent):
    """An event with the cooperative it is about."""

    cooperative: CooperativeReference


class LegalityBatch(Input):
    """Up to 1,000 events; each is judged alone."""

    events: list[SkipValidation[PushedEvent]] = Field(min_length=1, max_length=1000)


class LegalityQuery(Input):
    """As of when, and as known when."""

    as_of: str | None = Field(
        default=None, max_length=40, description="a day (its end) or an instant: what had happened"
    )
    known_at: str | None = Field(
        default=None, max_length=40, description="a day (its end) or an instant: what was known"
    )


class EventQuery(ListQuery):
    """Which events."""

    sort: str | None = Field(default=None, max_length=40, description="`effective_at` or `received_at`")


class CaseQuery(Input):
    """Which contested numbers."""

    region: Region | None = Field(default=None, description="cases with a claimant there")
    state: Literal["open", "resolved"] | None = None


class Resolution(Input):
    """Whose number it is, and why."""

    holder: Identifier = Field(description="id of the cooperative that holds the number")
    reason: Line
