"""A Kemendagri code, dotted or not, has one form; everything else is refused, a BPS code with a hint."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from app.regions.codes import district_of, kind_of, region_code, village_code

DIGITS = "0123456789"
TWO = st.text(DIGITS, min_size=2, max_size=2)
VILLAGE = st.tuples(TWO, TWO, TWO, st.from_regex(r"[123][0-9]{3}", fullmatch=True)).map(".".join)


@given(VILLAGE)
def test_a_village_code_is_the_same_with_and_without_dots(code: str) -> None:
    assert village_code(code) == village_code(code.replace(".", "")) == code
    assert region_code(code) == region_code(code.replace(".", "")) == code
    assert code.startswith(district_of(code))
    assert kind_of(code) == {"1": "kelurahan", "2": "desa", "3": "desa_adat"}[code[9]]


@given(st.lists(TWO, min_size=1, max_size=3).map(".".join))
def test_a_region_code_is_the_same_with_and_without_dots(code: str) -> None:
    assert region_code(code) == region_code(code.replace(".", "")) == code


@given(st.text(st.characters() | st.sampled_from(DIGITS + "."), max_size=15))
def test_any_text_is_a_code_in_its_one_form_or_a_fault(text: str) -> None:
    for read in (village_code, region_code):
        with suppress(PydanticCustomError):
            code = read(text)

            assert read(code) == code
            assert code.replace(".", "") == text.replace(".", "")
            assert code.isascii()


@pytest.mark.parametrize("text", ["6403120001", "64.03.12.0001", "6402040013"])
def test_ten_digits_as_bps_writes_them_get_the_hint(text: str) -> None:
    for read in (village_code, region_code):
        with pytest.raises(PydanticCustomError) as refused:
            read(text)

        assert refused.value.type == "code.bps"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "64",
            "64.02.04",
            "64.02.04.4001",
            "64.02.04.201",
            "64.02.04.20011",
            "64.0204.2001",
            "64-02-04-2001",
        ),
        *(
            " 6402042001",
            "6402042001 ",
            "6402042001\n",
            "64.02.04.2001.",
            "٦٤.٠٢.٠٤.٢٠٠١",
            "\uff16\uff14\uff10\uff12\uff10\uff14\uff12\uff10\uff10\uff11",
        ),
    ],
)
def test_what_is_no_village_code_is_malformed(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        village_code(text)

    assert refused.value.type == "code.malformed"


@pytest.mark.parametrize(
    "text",
    ["", "6", "640", "64.", ".64", "64.2", "64.02.4", "64.0204", "64020", "64.02.04.2", "\uff16\uff14"],
)
def test_what_is_no_region_is_malformed(text: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        region_code(text)

    assert refused.value.type == "region.malformed"
