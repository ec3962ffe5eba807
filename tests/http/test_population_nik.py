"""What reads as the number of a person, and what does not. No district has the number 99, so these are nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.population_nik import holds_population_nik

NIK = "6402990101009999"


@pytest.mark.parametrize(
    "text",
    [
        NIK,
        f"NIK: {NIK}.",
        f"peserta {NIK}, hadir",
        "640299 010100 9999",
        "640299-010100-9999",
        "640299.010100.9999",
        "640299 - 010100 - 9999",
        "6402 9901 0100 9999",
        "6402-9901-0100-9999",
        "64.02.99.01.01.00.9999",
        "64 02 99 010100 9999",
        "640299010100 9999",
        "640299\u2013010100\u20139999",
        "640299\u00a0010100\u00a09999",
        "6402994101009999",
        "6402997112009999",
        "1101990101000001",
        "9699993112999999",
        "\uff16402990101009999",
        f"RT 05 {NIK}",
        "RT 05 6402 9901 0100 9999",
        "2024 640299 010100 9999",
        f"a{NIK}b",
        f"{NIK}/{NIK}",
    ],
)
def test_the_number_of_a_person_is_seen(text: str) -> None:
    assert holds_population_nik(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kerupuk udang",
        f"1{NIK}",
        f"{NIK}1",
        "640299010100999",
        "1002990101009999",
        "9702990101009999",
        "6402990001009999",
        "6402993201009999",
        "6402994001009999",
        "6402997201009999",
        "6402990100009999",
        "6402990113009999",
        "6402990101000000",
        "0013121660091000",
        "01.312.166.0-091.000",
        "AHU-0000000.AH.01.29.TAHUN 2025",
        "050-145/2022",
        "64.02.04.2001, 64.02.04.2002",
        "2019 2020 2021 2022",
        "11.05.2024-12.06.2024",
        "11-05-2024 12-06-2024",
        "081200000000 / 081200000001",
        "6402,9901,0100,9999",
        "640299    010100    9999",
        "6402990101\n009999",
        "9007199254740991",
    ],
)
def test_another_number_is_left_alone(text: str) -> None:
    assert not holds_population_nik(text)


DAYS = st.one_of(st.integers(1, 31), st.integers(41, 71))
NIKS = st.builds(
    "{:02}{:04}{:02}{:02}{:02}{:04}".format,
    st.integers(11, 96),
    st.integers(0, 9999),
    DAYS,
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(1, 9999),
)
GROUPS = st.sampled_from(
    [(16,), (6, 6, 4), (4, 4, 4, 4), (2, 2, 2, 2, 2, 2, 4), (12, 4), (6, 10), (2, 2, 2, 6, 4)]
)
AROUND = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20)


@given(NIKS, GROUPS, st.sampled_from([" ", ".", "-", " - "]), AROUND, AROUND)
def test_every_one_is_seen_wherever_and_however_it_stands(
    nik: str, groups: tuple[int, ...], apart: str, before: str, behind: str
) -> None:
    ends = [sum(groups[: place + 1]) for place in range(len(groups))]
    written = apart.join(nik[end - length : end] for end, length in zip(ends, groups, strict=True))

    assert holds_population_nik(f"{before}{written}{behind}")


@given(NIKS, st.text("0123456789", max_size=9), st.text("0123456789", max_size=9))
def test_a_longer_run_of_digits_holds_none(nik: str, before: str, behind: str) -> None:
    assert holds_population_nik(f"{before}{nik}{behind}") is not bool(before or behind)


@given(st.text(st.characters(exclude_categories=["Nd"]), max_size=200))
def test_a_text_without_digits_holds_none(text: str) -> None:
    assert not holds_population_nik(text)


@given(st.text("0123456789 .-", max_size=400))
def test_whatever_is_asked_there_is_an_answer(text: str) -> None:
    assert holds_population_nik(text) in (True, False)
