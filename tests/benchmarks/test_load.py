"""The load generator reads answers as they come off the wire, in whatever pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.load import UnreadableAnswerError, cut


def answer(status: int, body: bytes) -> bytes:
    return b"HTTP/1.1 %d X\r\ndate: now\r\nContent-Length: %d\r\nx-a: b\r\n\r\n%b" % (status, len(body), body)


@given(status=st.sampled_from([200, 404, 503]), body=st.binary(max_size=300), behind=st.binary(max_size=50))
def test_an_answer_ends_where_its_length_says(status: int, body: bytes, behind: bytes) -> None:
    whole = answer(status, body)

    found = cut(whole + behind)

    assert found == (str(status).encode(), len(whole))


@given(body=st.binary(max_size=60), kept=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_an_answer_cut_short_anywhere_is_waited_for(body: bytes, kept: float) -> None:
    whole = answer(200, body)

    found = cut(whole[: int(len(whole) * kept)])

    assert found is None


def test_an_answer_without_a_length_is_refused() -> None:
    chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"

    with pytest.raises(UnreadableAnswerError):
        cut(chunked)
