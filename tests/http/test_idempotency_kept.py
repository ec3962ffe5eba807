"""What is kept for a key, and what a retry is told: each case at the table itself, to the instant."""

from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from sqlalchemy import LargeBinary, bindparam, func, select, update

from app.database import Statement, Transaction
from app.database.ledgers import kept_answers
from app.database.readings import Reading
from app.http.answers import Answer
from app.http.idempotency import Key
from app.http.problems import Conflict, Invalid
from tests.bare import NOW, Bare

KEY = Key(caller="contoh", route="POST /v1/contoh", key="1", fingerprint="f")
READING = Reading(type="ukm", fields=("phone",), id="u", version=3, village_code="64.02.04.2001", at=NOW)
ANSWER = Answer(
    status=201,
    body=b'{"id":"c"}',
    media=b"application/json",
    etag="1",
    cache=b"no-store",
    vary=b"Accept",
    headers=[(b"location", b"/v1/contoh/c")],
    reading=READING,
)
LAST, BEYOND = "2025-07-07T08:00:00.000000Z", "2025-07-07T08:00:00.000001Z"
"""The last instant of the seven days, and the next one."""
_count = Statement(select(func.count()).select_from(kept_answers))
_row = Statement(select(kept_answers.c.headers, kept_answers.c.body, kept_answers.c.until))
_mark = Statement(
    update(kept_answers).values(headers=bindparam("headers"), body=bindparam("body", type_=LargeBinary()))
)


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    """The table of kept answers."""
    return Bare(tmp_path, kept_answers)


def keep(bare: Bare, key: Key = KEY, answer: Answer = ANSWER, *, at: str = NOW) -> None:
    """Keep an answer."""

    async def unit(tx: Transaction) -> None:
        await key.keep(tx, answer)

    bare.unit(unit, at=at)


def recall(bare: Bare, key: Key = KEY, *, at: str = NOW) -> Answer | None:
    """What a retry is told."""
    return bare.unit(key.recall, at=at)


def count(bare: Bare) -> int:
    """How many answers are kept."""

    async def unit(tx: Transaction) -> int:
        row = await tx.row(_count, {})
        assert row is not None
        return int(row[0])

    return bare.unit(unit)


def test_nothing_is_told_of_a_key_that_is_new(bare: Bare) -> None:
    assert recall(bare) is None


def test_a_retry_is_told_the_whole_answer_and_that_it_is_one(bare: Bare) -> None:
    keep(bare)

    told = recall(bare)

    assert told is not None
    assert told.reading is not None
    assert orjson.dumps(told.reading) == orjson.dumps(READING)
    assert replace(told, reading=READING) == replace(
        ANSWER, headers=[(b"location", b"/v1/contoh/c"), (b"idempotent-replayed", b"true")]
    )


def test_an_answer_that_showed_nobody_has_no_reading(bare: Bare) -> None:
    keep(bare, answer=replace(ANSWER, reading=None, etag=None))

    told = recall(bare)

    assert told is not None
    assert (told.reading, told.etag) == (None, None)


@pytest.mark.parametrize("other", [{"caller": "other"}, {"route": "POST /v1/other"}, {"key": "2"}])
def test_a_key_is_one_callers_at_one_address(bare: Bare, other: dict[str, str]) -> None:
    keep(bare)

    assert recall(bare, replace(KEY, **other)) is None  # type: ignore[arg-type]  # all of them are texts


@pytest.mark.parametrize(
    ("header", "code"),
    [("Idempotency-Key", "idempotency.other_request"), ("webhook-id", "webhook.other_body")],
)
def test_another_request_under_a_key_is_a_fault_of_its_header(bare: Bare, header: str, code: str) -> None:
    keep(bare)

    with pytest.raises(Invalid) as refused:
        recall(bare, replace(KEY, fingerprint="other", header=header, other_request=code))

    assert [(one.pointer, one.code) for one in refused.value.faults] == [(f"/header/{header}", code)]


def test_a_secret_is_not_kept_and_a_retry_learns_that_it_was_shown(bare: Bare) -> None:
    keep(bare, answer=replace(ANSWER, secret=True))

    with pytest.raises(Conflict) as refused:
        recall(bare)

    assert code_of(refused.value) == ("/header/Idempotency-Key", "secret_shown_once")
    assert row(bare)[1] == b""


def test_what_was_erased_is_not_told_even_to_another_request(bare: Bare) -> None:
    keep(bare)
    mark(bare, {"erased": True})

    for key in (KEY, replace(KEY, fingerprint="other")):
        with pytest.raises(Conflict) as refused:
            recall(bare, key)
        assert code_of(refused.value) == ("/header/Idempotency-Key", "idempotency.erased")


def test_an_answer_is_kept_to_the_last_instant_of_its_days(bare: Bare) -> None:
    keep(bare)

    assert recall(bare, at=LAST) is not None
    assert recall(bare, at=BEYOND) is None
    assert count(bare) == 0


def test_a_key_may_have_days_of_its_own(bare: Bare) -> None:
    keep(bare, replace(KEY, days=30))

    assert row(bare)[2] == "2025-07-30T08:00:00.000000Z"


def test_after_its_days_a_key_is_as_new(bare: Bare) -> None:
    for number in range(21):
        keep(bare, replace(KEY, key=f"older {number}"), at="2025-06-29T08:00:00.000000Z")
    keep(bare)

    assert recall(bare, at=BEYOND) is None
    keep(bare, replace(KEY, fingerprint="other"), at=BEYOND)
    assert recall(bare, replace(KEY, fingerprint="other"), at=BEYOND) is not None


def test_each_key_takes_the_twenty_oldest_that_are_past_their_days_with_it(bare: Bare) -> None:
    for number in range(25):
        keep(bare, replace(KEY, key=str(number)), at=f"2025-06-30T08:00:00.0000{number:02}Z")

    recall(bare, replace(KEY, key="new"), at="2025-07-07T08:00:00.000024Z")

    assert count(bare) == 5
    recall(bare, replace(KEY, key="new"), at="2025-07-07T08:00:00.000024Z")
    assert count(bare) == 1, "the last is kept to its last instant"


def code_of(problem: Conflict) -> tuple[str, str]:
    """Where the only fault of a refusal is, and which it is."""
    (fault,) = problem.faults
    return fault.pointer, fault.code


def row(bare: Bare) -> tuple[str, bytes, str]:
    """What is kept, as the table has it."""

    async def unit(tx: Transaction) -> tuple[str, bytes, str]:
        found = await tx.row(_row, {})
        assert found is not None
        return found[0], bytes(found[1]), found[2]

    return bare.unit(unit)


def mark(bare: Bare, headers: dict[str, bool]) -> None:
    """Leave of what is kept no more than a mark."""

    async def unit(tx: Transaction) -> None:
        await tx.execute(_mark, {"headers": orjson.dumps(headers).decode(), "body": b""})

    bare.unit(unit)
