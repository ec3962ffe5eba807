"""Both engines give one answer to whatever is sent: the same status, the same codes, at the same places."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, NamedTuple

import httpx
import pytest

from app.main import Berdaya, create_app
from app.settings import Settings
from tests.access.things import OWN, Things, placed
from tests.conftest import Callers, Templates
from tests.http import hostile, wire
from tests.http.hostile_kinds import Payload, Taker, takers

pytestmark = pytest.mark.engine("postgresql")
SETTINGS = {"webhooks": False, "deadline_seconds": 30, "queue_seconds": 30, "log_requests": "none"}


class Side(NamedTuple):
    """The application on one engine, who calls it, and the things there."""

    application: Berdaya
    authorization: bytes
    things: Things


class Told(NamedTuple):
    """What is compared: sentences and ids may differ, as the things of the two have ids of their own."""

    status: int
    faults: list[tuple[str, str]]


@pytest.fixture
def other_url(templates: Templates) -> Iterator[str]:
    """A database on the engine that the fixture `database_url` is not on."""
    url = templates.fresh("sqlite")
    yield url
    templates.drop(url)


@pytest.fixture
async def sides(database_url: str, other_url: str) -> AsyncIterator[list[Side]]:
    """PostgreSQL and SQLite, the same things on each."""
    first, second = (
        create_app(Settings(database_url=url, **SETTINGS))  # type: ignore[arg-type]  # values of several kinds
        for url in (database_url, other_url)
    )
    async with first.router.lifespan_context(first), second.router.lifespan_context(second):
        yield [await _side(first), await _side(second)]


async def _side(application: Berdaya) -> Side:
    callers = Callers(application)
    office = await callers.holding("admin", name="office")
    things = await placed(office, OWN)
    things.ids["webhook-subscriptions"] = await _id(
        office, "/v1/webhook-subscriptions", url="https://8.8.8.8/"
    )
    authorization = office.headers["authorization"].encode()
    await callers.leave()
    return Side(application, authorization, things)


async def _id(office: httpx.AsyncClient, address: str, **told: Any) -> str:
    answer = await office.post(address, json=told)
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["id"]
    return id


async def told_by(side: Side, method: str, target: bytes, headers: Any, body: bytes | None) -> Told:
    """The answer of one side."""
    own = {name for name, _ in headers}
    sent = [*headers, *([] if b"authorization" in own else [(b"authorization", side.authorization)])]
    pieces = () if body is None else (body,)
    heard = await wire.send(side.application, method, target, headers=sent, body=pieces)
    said = heard.header(b"content-type") or b""
    return Told(heard.status, sorted(_faults(heard.json)) if b"json" in said and heard.body else [])


def _faults(told: Any) -> Iterator[tuple[str, str]]:
    if isinstance(told, dict):
        if isinstance(told.get("code"), str) and isinstance(told.get("pointer"), str):
            yield told["code"], told["pointer"]
        told = list(told.values())
    for one in told if isinstance(told, list) else ():
        yield from _faults(one)


async def _wrong(sides: list[Side], taker: Taker, payloads: tuple[Payload, ...]) -> str | None:
    first, second = [
        await told_by(
            side, taker.method, taker.target(side.things), ((b"content-type", one.media),), one.content
        )
        for side, one in zip(sides, payloads, strict=True)
    ]
    deserved = payloads[0].status
    if first == second and first.status < 500 and deserved in (None, first.status):
        return None
    return f"{taker.said} {payloads[0].content[-80:]!r} {payloads[0].media!r}: {first} {second} {deserved}"


async def _all_wrong(sides: list[Side], *, every: int) -> tuple[int, list[str]]:
    """How much was asked, and what is wrong; an operation gets one payload of so many, the next one the next."""
    asked, wrong = 0, []
    for place, taker in enumerate(takers(sides[0].application.openapi())):
        both = zip(*(taker.payloads(side.things) for side in sides), strict=True)
        for number, payloads in enumerate(both):
            if (number + place) % every == 0:
                asked += 1
                wrong.append(await _wrong(sides, taker, payloads))
    return asked, [one for one in wrong if one is not None]


async def test_both_engines_find_the_same_faults_at_the_same_places(sides: list[Side]) -> None:
    wrong = []
    for request in hostile.requests():
        method, target, _, body, headers = request
        first, second = [await told_by(side, method, target, headers, body) for side in sides]
        if first != second:
            wrong.append((target[:80], (body or b"")[:80], first, second))

    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.timeout(300)
async def test_so_they_do_at_every_operation_that_takes_json(sides: list[Side]) -> None:
    asked, wrong = await _all_wrong(sides, every=3)

    assert wrong == [], "\n".join(wrong)
    assert asked > 1_000


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_so_they_do_with_every_payload_at_every_operation(sides: list[Side]) -> None:
    asked, wrong = await _all_wrong(sides, every=1)

    print(f"hostile payloads at every operation that takes JSON: {asked} on each engine, {len(wrong)} differ")  # noqa: T201  # a soak test prints its figures
    assert wrong == [], "\n".join(wrong)
