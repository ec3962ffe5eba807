"""Who a signed delivery is let in as, for how long a secret counts, and what names it: at the table itself."""

import hashlib
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.access.tables import webhook_secrets
from app.access.webhooks import KEEP_DAYS, keep, listed, named, new_key, signed, text_of
from app.database import Database, Transaction
from app.http.answers import Answer
from app.http.ask import Ask, Place
from app.http.fair_use import Limits
from app.http.gate import Gate
from app.http.operation import Operation
from app.http.problems import TooLarge, Unauthenticated
from app.http.signature import key_of, sign
from app.http.slots import Own
from app.settings import Settings
from tests.bare import NOW, Bare

KEY, OLDER = bytes(range(32)), bytes(range(32, 64))
BODY = b'{"events":[]}'


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    """The table of secrets."""
    return Bare(tmp_path, webhook_secrets)


def entrust(
    bare: Bare,
    key: bytes = KEY,
    *,
    source: str = "contoh",
    region: str = "",
    at: str = NOW,
    overlap: float = 0,
) -> None:
    """Give a source a secret."""
    bare.unit(
        lambda tx: keep(tx, key, source=source, region=region, overlap_hours=overlap),
        at=at,
    )


async def _endpoint(ask: Ask) -> Answer:
    return Answer()


OPERATION = Operation("/contoh/{source}", _endpoint, permission=None, admits=signed, methods=["POST"])


def asked(
    bare: Bare, key: bytes = KEY, *, source: str = "contoh", body: bytes = BODY, limit: int = 1024
) -> Ask:
    """A delivery that was let in; raises what refuses it."""
    now = int(datetime.now(UTC).timestamp())
    headers = sign(body=body, id="msg_1", timestamp=now, keys=[key])

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def let_in(database: Database) -> Ask:
        raw = {name.encode(): value.encode() for name, value in headers.items()}
        ask = Ask({"type": "http", "method": "POST", "path": "/", "headers": list(raw.items())}, receive)
        ask.place = Place(
            settings=Settings(body_limit=limit),
            database=database,
            limits=Limits(Own()),
            gate=Gate(at_once=1, queue=0, patience=1),
        )
        ask.operation, ask.raw, ask.path_values, ask.request_id = OPERATION, raw, {"source": source}, "test"
        await signed(ask)
        return ask

    return bare.open(let_in)


def refusal(bare: Bare, key: bytes = KEY, **told: Any) -> Unauthenticated:
    """Why a delivery is not let in."""
    with pytest.raises(Unauthenticated) as refused:
        asked(bare, key, **told)
    return refused.value


def test_a_delivery_is_let_in_as_its_source_within_the_region_of_its_secret(bare: Bare) -> None:
    entrust(bare, OLDER, region="64.02.05", source="other")
    entrust(bare, region="64.02.04")

    caller = asked(bare).caller

    assert (caller.id, caller.name, caller.role, caller.region, caller.source) == (
        "webhook:contoh",
        "contoh",
        "integrator",
        "64.02.04",
        "contoh",
    )
    assert caller.permissions == {"legality:push"}


def test_what_is_delivered_again_is_known_by_its_id_for_thirty_days(bare: Bare) -> None:
    entrust(bare)

    attempt = asked(bare).attempt

    assert attempt is not None
    assert (attempt.caller, attempt.route, attempt.key) == ("webhook:contoh", "/contoh/{source}", "msg_1")
    assert (attempt.header, attempt.days, attempt.other_request) == (
        "webhook-id",
        KEEP_DAYS,
        "webhook.other_body",
    )
    assert attempt.days == 30
    assert attempt.fingerprint == hashlib.sha256(BODY).hexdigest()


def test_the_region_is_that_of_the_secret_that_signed(bare: Bare) -> None:
    entrust(bare, OLDER, region="64.02.05", at=clock.now())
    entrust(bare, region="64.02.04", at=clock.now(), overlap=1)

    assert asked(bare).caller.region == "64.02.04"
    assert asked(bare, OLDER).caller.region == "64.02.05"


def test_a_secret_that_has_ended_lets_nobody_in(bare: Bare) -> None:
    entrust(bare, OLDER)
    entrust(bare, overlap=1)

    refused = refusal(bare, OLDER)

    assert refused.code == "webhook.unsigned"
    assert dict(refused.headers)[b"www-authenticate"].startswith(b"StandardWebhooks")


@pytest.mark.parametrize("source", ["unknown", "", "a/b", "a\x00b", "x" * 201])
def test_a_source_without_a_secret_is_refused_as_a_wrong_signature_is(bare: Bare, source: str) -> None:
    entrust(bare)

    assert refusal(bare, source=source).code == refusal(bare, OLDER).code == "webhook.unsigned"


def test_no_more_is_read_than_a_body_may_have(bare: Bare) -> None:
    entrust(bare)

    asked(bare, body=b"x" * 1024)
    with pytest.raises(TooLarge):
        asked(bare, body=b"x" * 1025)


@pytest.mark.parametrize("source", ["c", "x" * 200, "koperasi desa", "contoh.go.id", "é"])
def test_a_source_has_a_name_that_is_one_part_of_an_address(source: str) -> None:
    assert named(source)


@pytest.mark.parametrize("source", ["", "x" * 201, "a/b", "a\nb", "a\u202eb", "\x00"])
def test_nothing_else_is_a_name(source: str) -> None:
    assert not named(source)


def test_a_key_has_256_bits_and_is_told_as_senders_expect_it() -> None:
    key = new_key()

    assert len(key) == 32
    assert new_key() != key
    assert text_of(key).startswith("whsec_")
    assert b64decode(text_of(key).removeprefix("whsec_")) == key == key_of(text_of(key))


def test_a_new_secret_ends_the_older_ones_after_the_overlap_and_none_later_than_it_would(bare: Bare) -> None:
    entrust(bare, region="64.02")
    entrust(bare, at="2025-06-30T09:00:00.000000Z", overlap=2)
    entrust(bare, at="2025-06-30T10:00:00.000000Z", overlap=48)
    entrust(bare, source="another")

    rows = [tuple(row) for row in bare.open(listed)]

    assert [(source, region, at[11:13] if at else None, until) for source, _, region, at, until in rows] == [
        ("another", "", "08", None),
        ("contoh", "64.02", "08", "2025-06-30T11:00:00.000000Z"),
        ("contoh", "", "09", "2025-07-02T10:00:00.000000Z"),
        ("contoh", "", "10", None),
    ]


def test_a_secret_that_is_being_ended_stays_as_long_as_it_was_promised(bare: Bare) -> None:
    async def kept(tx: Transaction) -> None:
        await keep(tx, KEY, source="contoh", region="", overlap_hours=1)

    bare.unit(kept)
    bare.unit(kept)
    bare.unit(kept, at="2025-06-30T08:30:00.000000Z")

    ends = [row[4] for row in bare.open(listed)]
    assert ends == ["2025-06-30T09:00:00.000000Z", "2025-06-30T09:30:00.000000Z", None]
