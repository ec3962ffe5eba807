"""The words of every input: text both engines can hold, bounded numbers, days, models that refuse the unknown."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.json_schema import WithJsonSchema
from pydantic_core import InitErrorDetails, PydanticCustomError

from app.clock import parse_instant
from app.http.population_nik import holds_population_nik
from app.http.problems import Fault
from app.http.strict_json import escape

CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What cannot be stored, and what cannot be seen: it would make two names that look alike, or turn one around."""
_LINE_BREAK = re.compile(r"[\t\r\n]")


class Input(BaseModel):
    """A body or query: types are strict, an unknown field is a fault."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Output(BaseModel):
    """The documented shape of an answer; the answer itself is written straight to bytes and tests hold it to this."""

    # What serves never validates by it: it is built when the document is asked for.
    model_config = ConfigDict(extra="forbid", defer_build=True)


def fault(code: str, **facts: Any) -> PydanticCustomError:
    """What a validator raises: a code of the catalogue."""
    return PydanticCustomError(code, code, facts)


def each_once(of: Callable[[Any], object] = lambda item: item) -> AfterValidator:
    """A list in which no two items are the same by `of`; every later one has its fault `list.repeated`."""

    def check(items: list[Any]) -> list[Any]:
        known = [of(item) for item in items]
        again = [place for place, what in enumerate(known) if what in known[:place]]
        if again:
            raise several({(place,): fault("list.repeated") for place in again})
        return items

    return AfterValidator(check)


def in_future(today: str, days: Mapping[str, str | None]) -> list[Fault]:
    """The faults of the days, by pointer, that lie after the office's today.

    A day needs no tolerance for a clock that runs ahead: the same clock says what day it is.
    """
    return [
        Fault(place, "value.date_future") for place, day in days.items() if day is not None and day > today
    ]


Places = dict[tuple[str | int, ...], PydanticCustomError]
"""Faults by where they stand, as a path below the validator that found them."""


def several(found: Places, *, beside: ValidationError | None = None) -> ValidationError:
    """What a validator raises for faults at places of their own below it, together with those `beside` them."""
    known = beside.errors(include_url=False, include_input=False) if beside else []
    places = {one["loc"]: PydanticCustomError(one["type"], "{}", one.get("ctx")) for one in known}
    lines = [InitErrorDetails(type=wrong, loc=at, input=None) for at, wrong in {**found, **places}.items()]
    return ValidationError.from_exception_data("several", lines)


def _text(value: str) -> str:
    if CONTROL.search(value):
        raise fault("text.character")
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()


def _line(value: str) -> str:
    if _LINE_BREAK.search(value):
        raise fault("text.character")
    text = " ".join(_text(value).split(" "))
    if not text:
        raise fault("text.blank")
    return text


def no_population_nik(value: str) -> str:
    """The text; a fault `text.population_nik` when the number of a person stands in it."""
    if holds_population_nik(value):
        raise fault("text.population_nik")
    return value


def _day(value: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise fault("value.date")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as bad:
        raise fault("value.date") from bad


def _instant(value: str) -> str:
    try:
        return parse_instant(value)
    except ValueError as bad:
        raise fault("value.instant") from bad


def _whole(value: str) -> str:
    if not re.fullmatch(r"0|[1-9]\d{0,9}", value, re.ASCII):
        raise fault("value.integer")
    return value


def _year(value: str) -> str:
    number = int(_whole(value))
    if number < FIRST_YEAR:
        raise fault("value.too_small", limit=FIRST_YEAR)
    if number > LAST_YEAR:
        raise fault("value.too_large", limit=LAST_YEAR)
    return value


FIRST_YEAR, LAST_YEAR = 1945, 2100

Reference = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_line)]
"""What another system calls a thing: one line, trimmed, Unicode NFC. Any digits may stand in it."""
Line = Annotated[Reference, AfterValidator(no_population_nik)]
"""A name or a title: one line of free text, trimmed, Unicode NFC, without the number of a person."""
Paragraph = Annotated[str, Field(max_length=4000), AfterValidator(_text), AfterValidator(no_population_nik)]
"""Free text of several lines, without the number of a person."""
Search = Annotated[str, Field(max_length=100), AfterValidator(no_population_nik)]
"""Words that are looked for. What must not be kept must not be asked for either: addresses stand in many logs."""
Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[str, AfterValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
"""Any RFC 3339 instant, kept in UTC."""
Number = Annotated[int, Field(ge=0, le=2_147_483_647)]
Rupiah = Annotated[int, Field(ge=0, le=9_007_199_254_740_991, description="whole rupiah")]
"""Rupiah up to what every client's number type holds exactly."""
YearNumber = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Identifier = Annotated[
    str,
    Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
    WithJsonSchema({"type": "string", "format": "uuid"}),
]
QueryNumber = Annotated[str, AfterValidator(_whole)]
PathYear = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR), BeforeValidator(_year)]
QueryYear = Annotated[
    str,
    AfterValidator(_year),
    WithJsonSchema({"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}),
]

_CODES: dict[str, str] = {
    "missing": "field.required",
    "extra_forbidden": "field.unknown",
    "int_type": "value.integer",
    "int_from_float": "value.integer",
    "int_parsing": "value.integer",
    "float_type": "value.number",
    "finite_number": "value.number_range",
    "string_type": "value.text",
    "string_unicode": "text.character",
    "bool_type": "value.boolean",
    "model_type": "value.object",
    "model_attributes_type": "value.object",
    "dict_type": "value.object",
    "list_type": "value.list",
    "literal_error": "value.choice",
    "greater_than": "value.too_small",
    "greater_than_equal": "value.too_small",
    "less_than": "value.too_large",
    "less_than_equal": "value.too_large",
    "string_too_short": "text.too_short",
    "string_too_long": "text.too_long",
    "too_short": "list.too_short",
    "too_long": "list.too_long",
    "string_pattern_mismatch": "value.pattern",
}
_LIMITS = ("ge", "gt", "le", "lt", "min_length", "max_length")


def faults_of(error: ValidationError, place: str = "") -> list[Fault]:
    """All faults of a failed validation, in our codes, with pointers below `place`; values are left out."""
    found = []
    for one in error.errors(include_url=False, include_input=False, include_context=True):
        facts: dict[str, object] = dict(one.get("ctx", {}))
        limit = next((facts[name] for name in _LIMITS if name in facts), None)
        pointer = place + "".join(f"/{escape(str(step))}" for step in one["loc"])
        kind = one["type"]
        code = _CODES.get(kind, kind if "." in kind or kind == "read_only" else "value.invalid")
        found.append(Fault(pointer, code, {**facts, "limit": limit} if limit is not None else facts))
    return found
