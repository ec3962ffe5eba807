"""A POST sent again with its Idempotency-Key has one effect and one answer, byte for byte."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from app.database import Database, Statement
from app.database.ledgers import changes, kept_answers
from app.main import create_app
from app.settings import Settings
from tests.conftest import Callers

NEW = {"code": "64.02.04.2777", "name": "Uji"}
OTHER = {"code": "64.02.04.2778", "name": "Uji"}
UNTOLD = ("x-request-id", "idempotent-replayed")

_kept = Statement(select(func.count()).select_from(kept_answers))
_created = Statement(
    select(func.count())
    .select_from(changes)
    .where(changes.c.operation == "created", changes.c.type == "village")
)


async def number(database: Database, statement: Statement) -> int:
    row = await database.row(statement, {})
    assert row is not None
    return int(row[0])


async def register(client: httpx.AsyncClient, key: str, body: dict[str, Any] | None = None) -> httpx.Response:
    return await client.post("/v1/villages", json=body or NEW, headers={"idempotency-key": key})


def told(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """What a caller sees of an answer, apart from whose request it was."""
    headers = {name: value for name, value in answer.headers.items() if name not in UNTOLD}
    return answer.status_code, answer.content, headers


async def test_a_retry_gets_the_first_answer_byte_for_byte(
    database: Database, office: httpx.AsyncClient
) -> None:
    before = await number(database, _created)

    first = await register(office, "k-1")
    again = [await register(office, "k-1") for _ in range(3)]

    assert first.status_code == 201
    assert first.headers["location"] == "/v1/villages/64.02.04.2777"
    assert "idempotent-replayed" not in first.headers
    assert [told(answer) for answer in again] == [told(first)] * 3
    assert {answer.headers["idempotent-replayed"] for answer in again} == {"true"}
    assert await number(database, _created) == before + 1


async def test_a_retry_gets_the_first_answer_even_when_the_thing_has_changed(
    office: httpx.AsyncClient,
) -> None:
    first = await register(office, "k-1")
    await office.patch("/v1/villages/64.02.04.2777", json={"households": 7})

    again = await register(office, "k-1")

    assert again.content == first.content
    assert again.headers["etag"] == '"1"'


async def test_the_key_is_the_same_quoted_or_bare(office: httpx.AsyncClient) -> None:
    first = await register(office, '"abc-1"')
    again = await register(office, "abc-1")

    assert told(again) == told(first)


async def test_a_key_stands_for_one_request_and_no_other(office: httpx.AsyncClient) -> None:
    await register(office, "k-1")

    other = await register(office, "k-1", OTHER)
    spelt = await office.post(
        "/v1/villages",
        content='{"name":"Uji","code":"64.02.04.2777"}',
        headers={"idempotency-key": "k-1", "content-type": "application/json"},
    )

    for answer in (other, spelt):
        assert answer.status_code == 422
        assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [
            ("/header/Idempotency-Key", "idempotency.other_request")
        ]
    assert (await office.get("/v1/villages/64.02.04.2778")).status_code == 404


async def test_a_key_belongs_to_its_caller(callers: Callers) -> None:
    one, two = await callers.holding("officer", name="one"), await callers.holding("officer", name="two")

    first = await register(one, "k-1")
    second = await register(two, "k-1", OTHER)

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json()["code"] == OTHER["code"]


async def test_a_key_belongs_to_its_route(office: httpx.AsyncClient) -> None:
    await register(office, "k-1")

    recoding = {"new_code": "64.02.04.2779", "effective_on": "2026-01-01", "legal_basis": "Uji"}
    recoded = await office.post(
        "/v1/villages/64.02.04.2777/recode", json=recoding, headers={"idempotency-key": "k-1"}
    )
    again = await office.post(
        "/v1/villages/64.02.04.2777/recode", json=recoding, headers={"idempotency-key": "k-1"}
    )

    assert recoded.status_code == 200
    assert told(again) == told(recoded)
    assert again.json()["version"] == 2


async def test_a_refusal_is_not_kept_and_the_key_is_free_again(
    database: Database, office: httpx.AsyncClient, callers: Callers
) -> None:
    viewer = await callers.holding("viewer")

    refused = [
        await register(office, "k-1", {"code": "64.02.04.2001", "name": "Sepatin"}),
        await register(office, "k-1", {"code": "64.02.04.2777", "name": ""}),
        await register(office, "k-1", {"code": "64.99.04.2777", "name": "Uji"}),
        await register(viewer, "k-1"),
    ]
    made = await register(office, "k-1")

    assert [answer.status_code for answer in refused] == [409, 422, 422, 403]
    assert made.status_code == 201
    assert await number(database, _kept) == 1


async def test_a_malformed_key_is_refused_before_anything_happens(office: httpx.AsyncClient) -> None:
    for key in (b"", b'""', b"a b", b"x" * 256, b'"a"b"', "é".encode()):
        answer = await office.post("/v1/villages", json=NEW, headers={b"idempotency-key": key})

        assert answer.status_code == 422, key
        assert answer.json()["errors"][0]["code"] == "idempotency.malformed"
    assert (await office.get("/v1/villages/64.02.04.2777")).status_code == 404


async def test_the_longest_key_is_as_good_as_any(office: httpx.AsyncClient) -> None:
    first = await register(office, "x" * 255)

    assert told(await register(office, "x" * 255)) == told(first)


async def test_twenty_keys_sent_twenty_times_at_once_have_twenty_effects(
    database: Database, office: httpx.AsyncClient
) -> None:
    before = await number(database, _created)
    bodies = {f"k-{n}": {"code": f"64.02.04.2{700 + n}", "name": f"Uji {n}"} for n in range(20)}

    async def insist(key: str) -> httpx.Response:
        while True:
            answer = await register(office, key, bodies[key])
            if answer.status_code == 201:
                return answer
            assert answer.json()["code"] in {"idempotency.running", "server.unavailable"}
            assert answer.headers["retry-after"] == "1"
            await asyncio.sleep(0.02)

    answers = await asyncio.gather(*(insist(key) for _ in range(20) for key in bodies))

    assert len({answer.content for answer in answers}) == 20
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 20
    assert await number(database, _created) == before + 20
    assert await number(database, _kept) == 20


async def test_of_many_requests_with_one_key_and_two_bodies_one_is_the_request(
    database: Database, office: httpx.AsyncClient
) -> None:
    before = await number(database, _created)

    answers = await asyncio.gather(*(register(office, "k-1", (NEW, OTHER)[n % 2]) for n in range(20)))

    assert {answer.status_code for answer in answers} <= {201, 409, 422}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert await number(database, _created) == before + 1


async def test_a_key_outlives_the_server(settings: Settings) -> None:
    answers = []
    token = ""
    for _ in range(2):
        application = create_app(settings)
        async with application.router.lifespan_context(application):
            callers = Callers(application)
            client = callers.anybody() if token else await callers.holding("admin")
            token = token or client.headers["authorization"]
            client.headers["authorization"] = token
            answers.append(await register(client, "k-1"))
            await callers.leave()

    assert told(answers[1]) == told(answers[0])
    assert answers[1].headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_a_method_that_may_be_repeated_anyway_takes_no_key(
    method: str, database: Database, office: httpx.AsyncClient
) -> None:
    body = {"households": 1} if method == "PATCH" else None

    answer = await office.request(
        method, "/v1/villages/64.02.04.2001", headers={"idempotency-key": "k-1"}, json=body
    )

    assert answer.status_code in (200, 204)
    assert await number(database, _kept) == 0
