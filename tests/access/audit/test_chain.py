"""The chain as arithmetic: a known link, and a canonical form that says one thing only."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.audit.chain import FIELDS, START, Head, canonical, head_of, link

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
ROW = st.tuples(
    st.integers(-(2**63), 2**63 - 1),
    *[TEXT] * 5,
    st.none() | TEXT,
    *[TEXT] * 4,
    st.none() | TEXT,
    st.integers(0, 2**31 - 1),
    *[st.none() | TEXT] * 2,
)


def test_a_link_is_told_to_the_byte() -> None:
    row = [7, "id", "2026-11-24T10:00:00.000000Z", "a", "Contoh “é”", "admin", None, "r", "get", "ukm", "t"]
    row += [None, 1, None, '{"a":"\n"}']

    written = canonical(row)

    assert len(row) == len(FIELDS)
    assert (
        written
        == (
            '[7,"id","2026-11-24T10:00:00.000000Z","a","Contoh “é”","admin",null,"r","get","ukm","t",'
            'null,1,null,"{\\"a\\":\\"\\n\\"}"]'
        ).encode()
    )
    assert link(START, row) == hashlib.sha256(bytes(32) + written).digest()


@given(ROW, ROW)
def test_two_rows_have_one_form_only_when_they_are_the_same(
    one: tuple[Any, ...], other: tuple[Any, ...]
) -> None:
    assert (canonical(one) == canonical(other)) == (one == other)


@given(ROW)
def test_any_json_library_writes_the_same_form(row: tuple[Any, ...]) -> None:
    assert canonical(row) == json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_head_that_was_printed_is_read_again(number: int, link: bytes) -> None:
    assert head_of(f"{Head(number, link.hex())}\n") == Head(number, link.hex())


@pytest.mark.parametrize(
    "text", ["", "1", "1:", ":" + "a" * 64, "-1:" + "a" * 64, "1:" + "g" * 64, "1:" + "a " * 32]
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="NUMBER:HASH"):
        head_of(text)
