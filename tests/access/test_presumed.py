"""A caller whose token is read beside what they ask for is refused as anybody would be whose token is read before."""

import httpx
import pytest
from sqlalchemy import bindparam, update

from app.access.tables import tokens
from app.database import Database, Statement, Transaction
from app.database.words import Code, Id
from app.main import Berdaya
from tests.access.counting import Counter, counted
from tests.access.people import ANGGANA, SEPATIN, bearing
from tests.access.things import OWN
from tests.conftest import Callers, act_of
from tests.personal import OWNER

_move = Statement(
    update(tokens)
    .where(tokens.c.id == bindparam("token", type_=Id))
    .values(region=bindparam("to", type_=Code))
)
PLACES = (
    SEPATIN,
    "/v1/villages/99.99.99.2001",
    "/v1/villages/not-a-code",
    "/v1/regions/64.02",
    "/v1/regions/64.99",
    "/v1/ukms/00000000-0000-7000-8000-000000000000",
    "/v1/ukms/not-an-id",
    "/v1/ukms/00000000-0000-7000-8000-000000000000/years/2024",
    "/v1/ukms/00000000-0000-7000-8000-000000000000/years/never",
    "/v1/cooperatives/00000000-0000-7000-8000-000000000000",
    "/v1/trainings/00000000-0000-7000-8000-000000000000",
    "/v1/groups/00000000-0000-7000-8000-000000000000",
)
"""There, not there, and not to be meant, for every operation that begins by reading one row."""


async def test_the_places_of_these_tests_are_of_every_operation_that_presumes(application: Berdaya) -> None:
    presuming = {operation.path for operation in application.operations if operation.keyed}

    asked = {
        operation.path
        for operation in application.operations
        if operation.keyed and any(operation.path_regex.match(place) for place in PLACES)
    }

    assert presuming == asked
    assert presuming


@pytest.mark.parametrize("place", PLACES)
async def test_a_revoked_token_is_refused_before_anything_else_is_said(
    office: httpx.AsyncClient, callers: Callers, place: str
) -> None:
    made = (await office.post("/v1/tokens", json={"name": "Contoh", "role": "viewer"})).json()
    holder = bearing(callers, made["token"])
    before = await holder.get(place)

    await office.delete(f"/v1/tokens/{made['id']}")

    assert before.status_code in {200, 404, 422}
    after = await holder.get(place)
    assert (after.status_code, after.json()["code"]) == (401, "access.unauthenticated")


async def test_a_token_whose_reach_was_moved_shows_by_its_new_reach_at_once(
    office: httpx.AsyncClient, callers: Callers, database: Database
) -> None:
    given = {"village_code": OWN, "name": "Contoh", "owner_kind": "perorangan", "owner_name": OWNER}
    ukm = (await office.post("/v1/ukms", json=given)).json()
    made = await office.post("/v1/tokens", json={"name": "Contoh", "role": "officer", "region": ANGGANA})
    holder = bearing(callers, made.json()["token"])
    place = f"/v1/ukms/{ukm['id']}"
    near = await holder.get(place)

    async def move(tx: Transaction) -> None:
        await tx.execute(_move, {"token": made.json()["id"], "to": "64.02.05"})

    await database.write(act_of("write"), move)

    far = await holder.get(place)
    assert near.json()["masked"] == []
    assert far.json()["masked"] != []
    assert near.headers["etag"] != far.headers["etag"]


async def test_one_row_takes_as_many_statements_with_a_known_token_as_without(
    application: Berdaya, callers: Callers
) -> None:
    visitor, viewer = callers.anybody(), await callers.holding("viewer")
    await viewer.get(SEPATIN)
    counter, spent = Counter(), []
    uncounted, application.place.database = (
        application.place.database,
        counted(application.place.database, counter),
    )

    for client in (visitor, viewer):
        before = counter.statements
        await client.get(SEPATIN)
        spent.append(counter.statements - before)
    application.place.database = uncounted

    assert spent == [1, 1]
