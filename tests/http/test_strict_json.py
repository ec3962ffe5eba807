"""A body is JSON that both engines can hold, or it is refused with a place; reading it never fails otherwise."""

import json
import math
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.problems import Invalid, Unreadable
from app.http.strict_json import MAX_DEPTH, Unrepresentable, loads

STORABLE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**63), max_value=2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(STORABLE)
def test_what_both_engines_can_hold_is_read_as_it_was_meant(value: Any) -> None:
    assert loads(json.dumps(value).encode()) == value
    assert loads(json.dumps(value, ensure_ascii=False, indent=1).encode()) == value


@given(st.binary(max_size=60) | st.text('[]{}":,\\u0d8e-+.1NaItrl ', max_size=60).map(str.encode))
def test_any_bytes_are_a_value_or_a_refusal(body: bytes) -> None:
    with suppress(Unreadable, Invalid):
        loads(body)


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", str(2**63), "9" * 5000]
)
def test_a_number_that_nothing_can_hold_becomes_a_mark_that_no_model_takes(number: str) -> None:
    assert isinstance(loads(f"[{number}]".encode())[0], Unrepresentable)


@pytest.mark.parametrize("number", [str(2**63 - 1), str(-(2**63)), "1.7976931348623157e308", "5e-324"])
def test_the_last_number_that_fits_is_kept_exactly(number: str) -> None:
    value = loads(number.encode())

    assert value == json.loads(number)
    assert math.isfinite(value)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_nesting_may_be_32_deep_and_not_33(opening: str, closing: str) -> None:
    bottom = "1"

    loads((opening * MAX_DEPTH + bottom + closing * MAX_DEPTH).encode())
    for depth in (MAX_DEPTH + 1, 500, 2000, 100_000):
        with pytest.raises(Unreadable, match=r"request\.too_deep"):
            loads((opening * depth + bottom + closing * depth).encode())


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert loads(b"[" + b",".join([b"[[]]"] * 1000) + b"]") == [[[]]] * 1000


def test_brackets_inside_text_are_not_deep() -> None:
    assert loads(b'["' + b"[" * 1000 + b'"]') == ["[" * 1000]


def test_every_key_that_stands_twice_is_named_where_its_object_is() -> None:
    body = b'{"a":{"x":1,"x":2},"b":[{"y":1},{"y":1,"\\u0079":1}],"c":1,"c":1}'

    with pytest.raises(Invalid) as refused:
        loads(body)

    assert {(fault.pointer, fault.code) for fault in refused.value.faults} == {
        ("", "field.repeated"),
        ("/a", "field.repeated"),
        ("/b/1", "field.repeated"),
    }


def test_a_byte_order_mark_is_read_over_and_other_encodings_are_refused() -> None:
    assert loads(b"\xef\xbb\xbf{}") == {}
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        with pytest.raises(Unreadable):
            loads('{"a":1}'.encode(encoding))
