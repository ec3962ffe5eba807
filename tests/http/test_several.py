"""A validator may find several faults at once, each at its own place, and none hides the others."""

from typing import Annotated, Any

import pytest
from pydantic import BeforeValidator, ModelWrapValidatorHandler, ValidationError, model_validator

from app.http.conditional import Expectation
from app.http.fields import Input, Line, Places, fault, faults_of, several
from app.http.problems import PreconditionFailed, PreconditionRequired


def _odd_ones(given: Any) -> Any:
    found: Places = {(at,): fault("value.invalid") for at, number in enumerate(given) if number % 2}
    if found:
        raise several(found)
    return given


class Pair(Input):
    """Even numbers, and two lines that come together."""

    numbers: Annotated[list[int], BeforeValidator(_odd_ones)]
    first: Line | None = None
    second: Line | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _together(cls, given: Any, read: ModelWrapValidatorHandler["Pair"]) -> "Pair":
        absent: Places = {
            (name,): fault("field.required") for name in ("first", "second") if given.get(name) is None
        }
        try:
            return read(given)
        except ValidationError as wrong:
            raise several(absent, beside=wrong) from wrong


def test_each_fault_stands_at_its_own_place_beside_the_fields_own() -> None:
    with pytest.raises(ValidationError) as refused:
        Pair.model_validate({"numbers": [2, 3, 5], "first": " "})

    assert {(found.pointer, found.code) for found in faults_of(refused.value)} == {
        ("/numbers/1", "value.invalid"),
        ("/numbers/2", "value.invalid"),
        ("/first", "text.blank"),
        ("/second", "field.required"),
    }


def test_limits_survive_being_told_beside_other_faults() -> None:
    with pytest.raises(ValidationError) as refused:
        Pair.model_validate({"numbers": [], "first": "x" * 201, "second": "y"})

    (found,) = faults_of(refused.value)
    assert (found.code, found.facts["limit"]) == ("text.too_long", 200)


def test_what_is_not_there_matches_no_expectation() -> None:
    for expected in (
        Expectation(any=True, versions=frozenset()),
        Expectation(any=False, versions=frozenset({1})),
    ):
        with pytest.raises(PreconditionFailed):
            expected.check(None)


def test_a_demanded_expectation_binds_only_those_who_replace() -> None:
    demanded = Expectation(any=False, versions=frozenset(), missing=True)

    demanded.check(None)

    with pytest.raises(PreconditionRequired):
        demanded.check(1)
