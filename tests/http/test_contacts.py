"""Phone numbers and e-mail addresses: one form for what is good, a refusal for anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.http.contacts import Email, Phone
from app.http.fields import faults_of

phones: TypeAdapter[str] = TypeAdapter(Phone)
emails: TypeAdapter[str] = TypeAdapter(Email)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("081200000000", "+6281200000000"),
        (" 0812-0000 0000 ", "+6281200000000"),
        ("+62 812 0000 0000", "+6281200000000"),
        ("(0541) 661000", "+62541661000"),
        ("+65 6123 4567", "+6561234567"),
    ],
)
def test_a_number_is_kept_in_international_form(written: str, kept: str) -> None:
    assert phones.validate_python(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "112",
        "0812",
        "081200000000 ext. 5",
        "0800-KOPERASI",
        "+999 1234567",
        "٠٨١٢٠٠٠٠٠٠٠٠",
        "0812\n0000\n0000",
        "+",
    ],
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        phones.validate_python(written)

    assert [fault.code for fault in faults_of(refused.value)] == ["phone.malformed"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("koperasi@example.org", "koperasi@example.org"),
        (" Koperasi@Example.ORG ", "Koperasi@example.org"),
        ("kö@example.org", "kö@example.org"),
    ],
)
def test_an_address_keeps_its_local_part_and_lowers_its_domain(written: str, kept: str) -> None:
    assert emails.validate_python(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "@",
        "a@b",
        "a@example",
        "a b@example.org",
        "a@example.org, b@example.org",
        "a@[127.0.0.1]",
        "a\x00@example.org",
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        emails.validate_python(written)

    assert [fault.code for fault in faults_of(refused.value)] == ["email.malformed"]


@given(st.one_of(st.text(max_size=60), st.text("+0123456789 ()-./", max_size=20)))
def test_any_text_is_a_number_or_a_refusal_and_what_is_kept_stays(text: str) -> None:
    try:
        kept = phones.validate_python(text)
    except ValidationError:
        return

    assert phones.validate_python(kept) == kept


@given(st.one_of(st.text(max_size=300), st.emails()))
def test_any_text_is_an_address_or_a_refusal_and_what_is_kept_stays(text: str) -> None:
    try:
        kept = emails.validate_python(text)
    except ValidationError:
        return

    assert emails.validate_python(kept) == kept
    kept.encode()
