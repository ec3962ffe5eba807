"""Numbers of legal papers: many spellings, one canonical form, and no error for any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cooperatives.milestones import MILESTONES
from app.cooperatives.numbers import TEXTS, Malformed, normalise

SK = "AHU-0023617.AH.01.29.TAHUN 2025"
CANONICAL = {
    "sk_ahu": r"AHU-\d{6,7}\.AH\.01\.\d{2}\.TAHUN \d{4}",
    "nib": r"\d{13}",
    "npwp": r"\d{16}",
    "nik_koperasi": r"\d{1,32}",
}
kinds = st.sampled_from([row.name for row in MILESTONES])
near_numbers = st.text(st.sampled_from("0123456789AHUTNahutn.- –\u00a0٣²\x00\ud800"), max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        SK,
        "ahu-0023617.ah.01.29.tahun 2025",
        "  AHU-0023617.AH.01.29.TAHUN  2025 ",
        "AHU-0023617.AH.01.29.Tahun\u00a02025",
        "AHU-0023617.AH.01.29.\nTAHUN 2025",
        "AHU - 0023617. AH. 01. 29. TAHUN 2025",
        "AHU\u20130023617.AH.01.29.TAHUN 2025",
        "AHU\u22120023617.AH.01.29.TAHUN2025",
    ],
)
def test_every_writing_of_a_decree_is_the_same_number(text: str) -> None:
    assert normalise("sk_ahu", text) == SK


@pytest.mark.parametrize(
    "text",
    [
        "AHU-000757.AH.01.26.TAHUN 2020",
        "AHU-0000757.AH.01.26.TAHUN 2020",
        "AHU-0001719.AH.01.39.TAHUN 2024",
    ],
)
def test_the_digits_of_a_decree_stay_as_they_are(text: str) -> None:
    assert normalise("sk_ahu", text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AHU",
        "AHU-00236.AH.01.29.TAHUN 2025",
        "AHU-00236170.AH.01.29.TAHUN 2025",
        "AHU-0023617.AH.02.29.TAHUN 2025",
        "AHU-0023617.AH.01.9.TAHUN 2025",
        "AHU-0023617.AH.01.29.TAHUN 25",
        "AHU-0023617.AH.01.29.TAHUN 20255",
        "AHU-0023617-AH.01.29.TAHUN 2025",
        "xAHU-0023617.AH.01.29.TAHUN 2025",
        "AHU-0023617.AH.01.29.TAHUN 2025x",
        "AHU-\u0660\u0661\u0662\u0663\u0664\u0665\u0666.AH.01.29.TAHUN 2025",
        "518.08/96/BH/XIV.10/VIII/2008",
        SK + " " * 100,
        SK + "\x00",
    ],
)
def test_what_is_no_decree_of_ahu_is_refused(text: str) -> None:
    assert normalise("sk_ahu", text) == Malformed("sk_number.malformed")


@pytest.mark.parametrize(
    ("milestone", "text", "number"),
    [
        ("nib", "1234567890123", "1234567890123"),
        ("nib", " 1234-5678-9012-3 ", "1234567890123"),
        ("npwp", "01.312.166.0-091.000", "0013121660091000"),
        ("npwp", "013121660091000", "0013121660091000"),
        ("npwp", "0013121660091000", "0013121660091000"),
        ("npwp", "9013 1216 6009 1000", "9013121660091000"),
        ("nik_koperasi", "1.602.080.120.002", "1602080120002"),
        ("nik_koperasi", "3275070060001", "3275070060001"),
        ("nik_koperasi", "7", "7"),
        ("nik_koperasi", "9" * 32, "9" * 32),
        ("akta", "  21   /2025 ", "21 /2025"),
        ("rekening", "0123-01-000001-30-1", "0123-01-000001-30-1"),
        ("akta", "x" * 100, "x" * 100),
    ],
)
def test_a_number_is_read_in_the_writing_of_its_paper(milestone: str, text: str, number: str) -> None:
    assert normalise(milestone, text) == number


@pytest.mark.parametrize(
    ("milestone", "text", "code"),
    [
        ("nib", "123456789012", "nib.malformed"),
        ("nib", "12345678901234", "nib.malformed"),
        ("nib", "123456789012x", "nib.malformed"),
        ("nib", "\u0661234567890123", "nib.malformed"),
        ("nib", "123456789012\u00b2", "nib.malformed"),
        ("nib", "", "nib.malformed"),
        ("npwp", "12345678901234", "npwp.malformed"),
        ("npwp", "12345678901234567", "npwp.malformed"),
        ("npwp", "01/312/166/0/091/000", "npwp.malformed"),
        ("nik_koperasi", "", "nik_koperasi.malformed"),
        ("nik_koperasi", "9" * 33, "nik_koperasi.malformed"),
        ("nik_koperasi", "KOP-1", "nik_koperasi.malformed"),
        ("nik_koperasi", "\x001", "nik_koperasi.malformed"),
        ("akta", "   ", "number.malformed"),
        ("akta", "x" * 101, "number.malformed"),
        ("akta", "2\x001", "number.malformed"),
        ("akta", "\ud800", "number.malformed"),
        ("akta", "2\u200b1", "number.malformed"),
    ],
)
def test_what_is_no_such_number_is_refused_by_its_code(milestone: str, text: str, code: str) -> None:
    assert normalise(milestone, text) == Malformed(code)


@pytest.mark.parametrize("birthday", ["010170", "311299", "410170", "711299", "290280"])
def test_the_number_of_a_person_is_never_taken_for_a_cooperatives(birthday: str) -> None:
    assert normalise("nik_koperasi", f"640204{birthday}0001") == Malformed("nik_koperasi.of_a_person")


@pytest.mark.parametrize("digits", ["000170", "400170", "720170", "320170", "010070", "011370"])
def test_sixteen_digits_without_a_birthday_are_a_cooperatives(digits: str) -> None:
    number = f"640204{digits}0001"

    assert normalise("nik_koperasi", number) == number


@given(kinds, st.text(max_size=120) | near_numbers)
def test_any_text_has_one_canonical_form_or_a_code_with_its_text(milestone: str, text: str) -> None:
    number = normalise(milestone, text)

    if isinstance(number, Malformed):
        assert number.code in TEXTS
    else:
        assert normalise(milestone, number) == number
        assert re.fullmatch(CANONICAL.get(milestone, r".{1,100}"), number, re.ASCII)


@given(st.from_regex(CANONICAL["sk_ahu"], fullmatch=True, alphabet=st.characters(codec="ascii")), st.data())
def test_letter_case_and_spaces_never_tell_two_decrees_apart(number: str, data: st.DataObject) -> None:
    spaces = st.sampled_from(("", " "))
    parts = re.split(r"(?<=[-.])", number)
    written = "".join(data.draw(st.sampled_from((part, part.lower()))) + data.draw(spaces) for part in parts)

    assert normalise("sk_ahu", written) == number


@given(st.integers(0, 10**15 - 1))
def test_a_tax_number_of_fifteen_digits_is_the_one_of_sixteen_with_a_zero_in_front(value: int) -> None:
    short = f"{value:015}"

    assert normalise("npwp", short) == normalise("npwp", "0" + short) == "0" + short


def test_every_code_has_its_text_in_both_languages() -> None:
    assert all(english and indonesian and english != indonesian for english, indonesian in TEXTS.values())
