"""How cells are read: whatever way a value is written that can mean one thing only, it is that thing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.imports import cells
from app.exchange.imports.cells import Manner, Wrong
from app.exchange.imports.table import Cell, Kind

PLAIN = Manner()


def cell(text: str, kind: Kind = "text") -> Cell:
    return Cell(kind, text)


@given(
    st.tuples(st.integers(11, 99), st.integers(1, 79), st.integers(1, 60), st.integers(1001, 3999)),
    st.sampled_from(["", "."]),
    st.sampled_from(["", " ", "\N{NO-BREAK SPACE}"]),
)
def test_a_village_code_is_the_same_however_it_is_spaced_and_dotted(
    parts: tuple[int, int, int, int], dot: str, blank: str
) -> None:
    numbers = [f"{parts[0]:02}", f"{parts[1]:02}", f"{parts[2]:02}", f"{parts[3]:04}"]

    read = cells.village(cell(blank + dot.join(numbers) + blank), PLAIN)

    assert read.value == ".".join(numbers)
    assert read.repaired == (blank != "" or dot == "")


@given(st.integers(0, 9_007_199_254_740_991))
def test_rupiah_is_read_as_people_write_it(amount: int) -> None:
    pointed, spaced = f"{amount:,}".replace(",", "."), f"{amount:,}".replace(",", " ")

    assert cells.whole(cell(str(amount)), PLAIN).value == amount
    assert cells.whole(cell(f"Rp {pointed}"), PLAIN).value == amount
    assert cells.whole(cell(f"Rp{pointed},-"), PLAIN).value == amount
    assert cells.whole(cell(spaced), PLAIN).value == amount


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_thousand_that_may_be_a_fraction_is_refused_with_what_is_meant(front: int, back: int) -> None:
    with pytest.raises(Wrong) as wrong:
        cells.whole(cell(f"{front}.{back:03}"), PLAIN)

    assert wrong.value.suggestion == str(front * 1000 + back)


@given(st.dates(date(1945, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_where_day_and_month_cannot_be_mistaken(day: date) -> None:
    slashed = f"{day.day:02}/{day.month:02}/{day.year}"
    certain = day.day > 12 or day.day == day.month

    assert cells.day(cell(day.isoformat(), "date"), PLAIN).value == day.isoformat()
    if certain:
        assert cells.day(cell(slashed), PLAIN) == cells.Told(day.isoformat(), repaired=True)
    else:
        with pytest.raises(Wrong) as wrong:
            cells.day(cell(slashed), PLAIN)
        assert wrong.value.suggestion == day.isoformat()


@pytest.mark.parametrize(
    "told", ["31 Desember 2024", "31 Des 2024", "31 december 2024", "31-12-2024", "31.12.2024"]
)
def test_a_day_is_read_in_words_of_both_languages(told: str) -> None:
    assert cells.day(cell(told), PLAIN).value == "2024-12-31"


@pytest.mark.parametrize(
    ("told", "value", "comma", "repaired"),
    [
        ("0,7741", 0.7741, False, True),
        ("0,7741", 0.7741, True, False),
        ("0.7741", 0.7741, True, False),
        ("1.234,5", 1234.5, False, True),
        ("1,234.5", 1234.5, False, True),
        ("-0.4", -0.4, False, False),
    ],
)
def test_a_decimal_comma_is_one(told: str, value: float, *, comma: bool, repaired: bool) -> None:
    assert cells.decimal(cell(told), Manner(decimal_comma=comma)) == cells.Told(value, repaired)


@given(st.text(max_size=40))
def test_no_text_whatever_is_more_than_refused(told: str) -> None:
    forms = (cells.text, cells.village, cells.villages, cells.whole, cells.decimal, cells.day, cells.phone)

    codes = []
    for form in (*forms, cells.digits(13)):
        try:
            form(cell(told), PLAIN)
        except Wrong as wrong:
            codes.append(wrong.code)

    assert all(code.startswith(("code.", "value.", "import.")) for code in codes)


@given(st.integers(0, 10**13 - 1))
def test_a_number_that_lost_its_zeros_is_refused_with_them(number: int) -> None:
    told = str(number)

    if len(told) == 13:
        assert cells.digits(13)(cell(told, "number"), PLAIN).value == told
        return
    with pytest.raises(Wrong) as wrong:
        cells.digits(13)(cell(told, "number"), PLAIN)
    assert wrong.value.suggestion == told.zfill(13)
