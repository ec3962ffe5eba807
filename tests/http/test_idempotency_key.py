"""Which key a request names, and which requests are the same: pure, so that every edge can be tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.idempotency import Key, key_of
from app.http.problems import Invalid

FINGERPRINT = "655002bc3e76555bad1c98408bff4ea717993b0ecac59e1c8b4cf781af64cae1"
"""SHA-256 of `POST /a`, `a=1&b=2` and `{}`, a line each."""


def key(
    header: bytes | None = b"contoh", *, route: str = "POST /a", query: bytes = b"", body: bytes = b"{}"
) -> Key:
    """The key of a request of one caller."""
    found = key_of(header, caller="c", route=route, query=query, body=body)
    assert found is not None
    return found


def test_without_the_header_there_is_no_key() -> None:
    assert key_of(None, caller="c", route="POST /a", query=b"", body=b"") is None


@pytest.mark.parametrize("header", [b"contoh", b'"contoh"', b"  contoh ", b' "contoh"\t'])
def test_a_key_may_stand_bare_or_quoted(header: bytes) -> None:
    found = key(header)

    assert (found.caller, found.route, found.key) == ("c", "POST /a", "contoh")
    assert (found.header, found.days, found.other_request) == (
        "Idempotency-Key",
        7,
        "idempotency.other_request",
    )


@pytest.mark.parametrize("header", [b"", b'""', b"a b", b'a"b', b"x" * 256, b"\xe9", b"\x7f", b"a\nb"])
def test_a_malformed_key_is_a_fault_of_the_header(header: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        key(header)

    assert [(one.pointer, one.code) for one in refused.value.faults] == [
        ("/header/Idempotency-Key", "idempotency.malformed")
    ]


@pytest.mark.parametrize("header", [b"x", b"x" * 255, b"!#~"])
def test_a_key_has_1_to_255_visible_characters(header: bytes) -> None:
    assert key(header).key == header.decode()


def test_the_order_of_the_query_makes_no_other_request() -> None:
    assert key(query=b"b=2&a=1").fingerprint == key(query=b"a=1&b=2").fingerprint


@pytest.mark.parametrize(
    "other",
    [{"route": "POST /b"}, {"query": b"a=1"}, {"body": b"{ }"}, {"query": b"a=1&b=3"}, {"query": b"a=1b=2"}],
)
def test_another_route_query_or_body_is_another_request(other: dict[str, bytes]) -> None:
    assert key(**{"query": b"a=1&b=2", **other}).fingerprint != key(query=b"a=1&b=2").fingerprint  # type: ignore[arg-type]  # one case has a route


@given(st.binary(max_size=20), st.binary(max_size=20))
def test_two_bodies_are_one_request_only_if_they_are_the_same_bytes(one: bytes, other: bytes) -> None:
    assert (key(body=one).fingerprint == key(body=other).fingerprint) == (one == other)


def test_the_fingerprint_is_the_one_of_answers_that_are_kept_already() -> None:
    # Kept answers outlive a new version of the program, so this never changes.
    assert key(query=b"b=2&a=1").fingerprint == FINGERPRINT
