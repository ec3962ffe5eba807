"""A signed delivery counts once, whoever carries it; an unsigned one is 401, whatever else is wrong with it."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import bindparam, func, select, update

from app import clock
from app.cooperatives.legality.tables import legality_events
from app.database import Database, Statement, Transaction
from app.database.ledgers import kept_answers
from tests.conftest import Callers, act_of
from tests.cooperatives.legality.signing import ADDRESS, KEY, OTHER_KEY, body, deliver, entrust, headers, told
from tests.cooperatives.registering import OF_SEPATIN

_kept = Statement(select(func.count()).select_from(legality_events))


async def kept(database: Database) -> int:
    row = await database.row(_kept, {})
    assert row is not None
    return int(row[0])


@pytest.fixture
async def cooperative(office: httpx.AsyncClient, database: Database) -> str:
    """The cooperative of Sepatin, and a source that may sign."""
    await entrust(database)
    id: str = (await office.post("/v1/cooperatives", json=OF_SEPATIN)).json()["id"]
    return id


async def test_a_delivery_of_the_published_sender_moves_its_cooperative(
    cooperative: str, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    answer = await deliver(visitor, body(told("1"), "nonsense", told("2", milestone="akta")))
    receipt = await (await callers.holding("integrator", source="simkopdes")).get(
        "/v1/legality-events/receipts/1"
    )

    assert answer.status_code == 200
    assert [one["status"] for one in answer.json()["results"]] == ["applied", "rejected", "applied"]
    assert (await visitor.get(f"/v1/cooperatives/{cooperative}")).json()["legality_stage"] == "akta_terbit"
    assert receipt.json()["source"] == "simkopdes"


async def test_an_event_by_another_door_is_the_same_event(
    cooperative: str, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    sender = await callers.holding("integrator", source="simkopdes")
    event = {name: value for name, value in told("1").items() if name != "cooperative"}
    single = await sender.post(f"/v1/cooperatives/{cooperative}/legality-events", json=event)

    answer = await deliver(visitor, body(told("1")))

    assert single.status_code == 201
    assert answer.json()["results"][0]["status"] == "duplicate"


async def test_a_delivery_repeated_100_times_has_one_effect_and_one_answer(
    cooperative: str, visitor: httpx.AsyncClient, database: Database
) -> None:
    content = body(told("1"), told("2", milestone="akta"))

    first = await deliver(visitor, content)
    answers = [await deliver(visitor, content, skew=second % 200) for second in range(99)]

    assert {(one.status_code, one.content) for one in answers} == {(200, first.content)}
    assert {one.headers["idempotent-replayed"] for one in answers} == {"true"}
    assert first.json()["applied"] == 2
    assert await kept(database) == 2


async def test_a_delivery_sent_50_times_at_once_has_one_effect(
    cooperative: str, visitor: httpx.AsyncClient, database: Database
) -> None:
    answers = await asyncio.gather(*(deliver(visitor, body(told("1"))) for _ in range(50)))

    done = [one for one in answers if one.status_code == 200]
    assert {one.status_code for one in answers} <= {200, 409, 503}
    assert {one.json()["code"] for one in answers if one.status_code == 409} <= {"idempotency.running"}
    assert len({one.content for one in done}) == 1
    assert done[0].json()["applied"] == 1
    assert await kept(database) == 1


async def test_the_same_webhook_id_with_another_body_is_refused_and_has_no_effect(
    cooperative: str, visitor: httpx.AsyncClient, database: Database
) -> None:
    await deliver(visitor, body(told("1")))

    other = await deliver(visitor, body(told("2")))

    assert other.status_code == 422
    assert [(one["pointer"], one["code"]) for one in other.json()["errors"]] == [
        ("/header/webhook-id", "webhook.other_body")
    ]
    assert await kept(database) == 1


async def test_a_webhook_id_belongs_to_its_source(
    cooperative: str, visitor: httpx.AsyncClient, database: Database
) -> None:
    await entrust(database, OTHER_KEY, source="notaris")
    await deliver(visitor, body(told("1")))

    other = await deliver(visitor, body(told("1")), to="/v1/webhooks/legality/notaris", key=OTHER_KEY)

    assert other.json()["applied"] == 1
    assert await kept(database) == 2


GOOD = headers(body(told("1")))
SIGNED = GOOD["webhook-signature"]
HOSTILE: tuple[dict[str, Any], ...] = (
    {"webhook-id": None},
    {"webhook-timestamp": None},
    {"webhook-signature": None},
    {"webhook-id": "msg.1"},
    {"webhook-id": b"\xff"},
    {"webhook-id": "x" * 257},
    {"webhook-id": "msg_2"},
    {"webhook-timestamp": ""},
    {"webhook-timestamp": "1.75e9"},
    {"webhook-timestamp": "-1750000000"},
    {"webhook-timestamp": "nan"},
    {"webhook-timestamp": "\u0661\u0667\u0665".encode()},
    {"webhook-timestamp": "9" * 5000},
    {"webhook-timestamp": "9" * 12},
    {"webhook-timestamp": "1750000000"},
    {"webhook-signature": ""},
    {"webhook-signature": "v1,%%%not base64%%%"},
    {"webhook-signature": "v1,AAAA"},
    {"webhook-signature": "v1,"},
    {"webhook-signature": b"\xff\xfe" + SIGNED.encode()},
    {"webhook-signature": "v2" + SIGNED[2:]},
    {"webhook-signature": SIGNED.lower()},
    {"webhook-signature": "v1," * 2000},
)


@pytest.mark.parametrize("change", HOSTILE, ids=[str(at) for at in range(len(HOSTILE))])
async def test_a_hostile_header_is_401_and_never_an_error(
    database: Database, visitor: httpx.AsyncClient, change: dict[str, Any]
) -> None:
    await entrust(database)

    answer = await deliver(visitor, body(told("1")), change=change)

    assert (answer.status_code, answer.json()["code"]) == (401, "webhook.unsigned")
    assert await kept(database) == 0


async def test_headers_that_come_twice_are_401(database: Database, visitor: httpx.AsyncClient) -> None:
    await entrust(database)
    content = body(told("1"))
    sent = [*headers(content).items(), *headers(content).items()]

    answer = await visitor.post(ADDRESS, content=content, headers=sent)

    assert (answer.status_code, answer.json()["code"]) == (401, "webhook.unsigned")


@pytest.mark.parametrize(
    "address",
    [
        "/v1/webhooks/legality/unknown",
        "/v1/webhooks/legality/%00",
        "/v1/webhooks/legality/%ff%fe",
        "/v1/webhooks/legality/a%2Fb",
        "/v1/webhooks/legality/" + "x" * 3000,
        "/v1/webhooks/legality/simkopdes?verbose=1&verbose=%ff",
    ],
)
async def test_who_is_not_known_is_told_nothing_else_than_who_signs_wrongly(
    database: Database, visitor: httpx.AsyncClient, address: str
) -> None:
    await entrust(database)

    answer = await deliver(visitor, body(told("1")), to=address, key=OTHER_KEY)
    wrong = await deliver(visitor, body(told("1")), key=OTHER_KEY)

    untold = ("instance", "request_id")
    assert answer.status_code == wrong.status_code == 401
    assert answer.headers["www-authenticate"] == wrong.headers["www-authenticate"]
    assert {k: v for k, v in answer.json().items() if k not in untold} == {
        k: v for k, v in wrong.json().items() if k not in untold
    }


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"not json", b'{"events": []}', b"[" * 100_000])
async def test_unsigned_bytes_are_401_before_they_are_read(
    database: Database, visitor: httpx.AsyncClient, content: bytes
) -> None:
    await entrust(database)
    sent = {**headers(body(told("1"))), "content-type": "text/plain"}

    answer = await visitor.post(ADDRESS, content=content, headers=sent)

    assert (answer.status_code, answer.json()["code"]) == (401, "webhook.unsigned")


@pytest.mark.parametrize(
    ("content", "change", "said"),
    [
        (b"not json", {}, (400, "request.malformed_json")),
        (b'{"events": []}', {}, (422, "request.invalid")),
        (b'{"events": [], "extra": 1}', {}, (422, "request.invalid")),
        (b'{"events": [{}]}', {"content-type": "text/plain"}, (415, "request.media_type")),
    ],
)
async def test_what_is_signed_and_wrong_is_told_as_anywhere(
    database: Database,
    visitor: httpx.AsyncClient,
    content: bytes,
    change: dict[str, Any],
    said: tuple[int, str],
) -> None:
    await entrust(database)

    answer = await deliver(visitor, content, change=change)

    assert (answer.status_code, answer.json()["code"]) == said


@pytest.mark.parametrize(("skew", "status"), [(-310, 401), (-290, 200), (290, 200), (310, 401)])
async def test_a_clock_may_be_off_by_five_minutes(
    database: Database, visitor: httpx.AsyncClient, skew: int, status: int
) -> None:
    await entrust(database)

    answer = await deliver(visitor, body(told("1")), skew=skew)

    assert answer.status_code == status


async def test_a_body_over_the_limit_is_413_signed_or_not(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    await entrust(database)

    answers = [await deliver(visitor, b" " * 1_048_577, key=key) for key in (KEY, OTHER_KEY)]

    assert [one.status_code for one in answers] == [413, 413]


async def test_secrets_overlap_while_they_are_changed(database: Database, visitor: httpx.AsyncClient) -> None:
    await entrust(database, KEY)
    await entrust(database, OTHER_KEY, overlap_hours=24)
    during = [
        (await deliver(visitor, body(told(id)), id=id, key=key)).status_code
        for id, key in (("a", KEY), ("b", OTHER_KEY))
    ]
    third = bytes(range(64, 96))
    await entrust(database, third, overlap_hours=0)

    after = [
        (await deliver(visitor, body(told("c")), id="c", key=key)).status_code
        for key in (KEY, OTHER_KEY, third)
    ]

    assert during == [200, 200]
    assert after == [401, 401, 200]


async def test_a_source_reaches_no_further_than_its_secret(
    cooperative: str, database: Database, visitor: httpx.AsyncClient
) -> None:
    await entrust(database, OTHER_KEY, source="tenggarong", region="64.02.06")

    answer = await deliver(visitor, body(told("1")), to="/v1/webhooks/legality/tenggarong", key=OTHER_KEY)

    (result,) = answer.json()["results"]
    assert result["status"] == "rejected"
    assert result["problem"]["errors"][0]["pointer"] == "/cooperative/village_code"


_until = Statement(select(kept_answers.c.until))


async def test_an_answer_is_kept_for_30_days_and_then_forgotten(
    cooperative: str, visitor: httpx.AsyncClient, database: Database
) -> None:
    before = clock.now()
    first = await deliver(visitor, body(told("1")))
    row = await database.row(_until, {})
    assert row is not None
    kept_until = row[0]
    await expire(database, clock.earlier(before, days=1))

    again = await deliver(visitor, body(told("1")))

    assert clock.later(before, days=30) <= kept_until <= clock.later(clock.now(), days=30)
    assert (first.json()["applied"], again.json()["duplicates"]) == (1, 1)
    assert "idempotent-replayed" not in again.headers


async def expire(database: Database, until: str) -> None:
    async def unit(tx: Transaction) -> None:
        await tx.execute(Statement(update(kept_answers).values(until=bindparam("until"))), {"until": until})

    await database.write(act_of("expire"), unit)
