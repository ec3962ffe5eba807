"""Who may do what, where: every role and stranger at every operation in every place, against the policy's own table."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx
import pytest

from app.access.policy import ROLES
from app.http.caller import READ
from app.http.operation import Operation
from app.main import Berdaya, create_app
from app.settings import Settings
from tests.access.counting import Counter, counted
from tests.access.matrix import LINES, Line
from tests.access.things import ELSEWHERE, FIXED, NEXT, NOTHING, NOWHERE, OWN, Things, placed
from tests.conftest import Callers, Templates
from tests.personal import VALUES

STRANGERS = ("stranger", "revoked")
CALLERS = (*ROLES, *STRANGERS)
IMPOSSIBLE = {"if-match": '"999"'}


@dataclass(frozen=True, slots=True)
class World:
    """A running application with one of everything in three villages, and callers by role and region."""

    application: Berdaya
    things: dict[str, Things]
    callers: dict[tuple[str, str], httpx.AsyncClient]

    def lines(self) -> Iterator[tuple[str, Operation, Line]]:
        """Each operation with its line; one that has none yet fails a test of its own."""
        return ((said, one, LINES[said]) for said, one in self.operations().items() if said in LINES)

    def operations(self) -> dict[str, Operation]:
        """Those under /v1, by method and path as the document has them."""
        return {
            f"{verb} {one.path}": one
            for one in self.application.operations
            for verb in one.verbs
            if one.path.startswith("/v1/")
        }


@pytest.fixture(scope="module")
def world_url(engine: str, templates: Templates) -> Iterator[str]:
    """Its database, made outside any loop."""
    url = templates.fresh(engine)
    yield url
    templates.drop(url)


@pytest.fixture(scope="module")
async def world(world_url: str) -> AsyncIterator[World]:
    """One for all the tests of this module, which leave its things as they are."""
    application = create_app(Settings(database_url=world_url, webhooks=False))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        office = await callers.holding("admin", name="office")
        things = {village: await placed(office, village) for village in (OWN, NEXT, ELSEWHERE)}
        things[NOWHERE] = NOTHING
        clients = {
            (role, region): await callers.holding(role, region=region)
            for role in ROLES
            for region in ("", OWN)
        }
        clients |= {("stranger", region): callers.anybody() for region in ("", OWN)}
        revoked = await callers.holding("admin", name="revoked")
        clients |= {("revoked", region): revoked for region in ("", OWN)}
        (token,) = (await office.get("/v1/tokens?q=revoked")).json()["items"]
        assert (await office.delete(f"/v1/tokens/{token['id']}")).status_code == 204
        yield World(application, things, clients)
        await callers.leave()


async def asked(
    client: httpx.AsyncClient, said: str, line: Line, things: Things, *, accept: str = ""
) -> httpx.Response:
    """The answer to an operation about the things of one village."""
    verb, _, path = said.partition(" ")
    whole = Things(things.village, things.ids, {**FIXED, **things.below})
    body = None if line.body is None else line.body(whole)
    headers = {
        **(IMPOSSIBLE if line.reached == 412 else {}),
        **({"accept": f"{accept}, */*;q=0.1"} if accept else {}),
    }
    return await client.request(verb, whole.at(path) + line.query, json=body, headers=headers)


def due(role: str, region: str, operation: Operation, line: Line, village: str) -> int:
    """What the policy says must be answered."""
    if operation.permission is None:
        return line.reached
    if role == "revoked":
        return 401
    if operation.permission not in ROLES.get(role, {READ}):
        return 403 if role in ROLES else 401
    if (line.thing and village == NOWHERE) or (line.placed and not village.startswith(region)):
        return 404
    return line.reached


def places(line: Line) -> tuple[tuple[str, str], ...]:
    """Region of the caller and village of the thing, as far as they make a difference."""
    if line.placed:
        everywhere = (("", OWN), ("", ELSEWHERE), (OWN, OWN), (OWN, NEXT), (OWN, ELSEWHERE))
        return (*everywhere, ("", NOWHERE)) if line.thing else everywhere
    return ((OWN, ELSEWHERE), ("", NOWHERE)) if line.thing else ((OWN, OWN),)


async def test_every_operation_has_its_line_and_every_line_its_operation(world: World) -> None:
    served = world.operations()

    without = sorted(served.keys() - LINES.keys())
    assert without == [], (
        "say in tests/access/matrix.py how these are asked, and whether a region bounds them"
    )
    assert LINES.keys() - served.keys() == set()


@pytest.mark.parametrize("role", CALLERS)
async def test_each_caller_is_answered_as_the_policy_says(world: World, role: str) -> None:
    wrong = []
    for said, operation, line in world.lines():
        for region, village in places(line):
            answer = await asked(world.callers[role, region], said, line, world.things[village])
            expected = due(role, region, operation, line, village)
            if answer.status_code != expected:
                wrong.append((said, region, village, answer.status_code, expected, answer.text[:300]))

    assert wrong == []


def told(answer: httpx.Response) -> object:
    """What an answer says, apart from what names the request."""
    body = answer.json()
    return {name: value for name, value in body.items() if name not in ("request_id", "instance")}


async def test_beyond_ones_region_a_thing_is_as_good_as_missing(world: World) -> None:
    different, compared = [], 0
    for said, operation, line in world.lines():
        if line.placed and line.thing and operation.permission in ROLES["officer"]:
            officer = world.callers["officer", OWN]
            beyond, missing = [
                await asked(officer, said, line, world.things[at]) for at in (ELSEWHERE, NOWHERE)
            ]
            compared += 1
            if (beyond.status_code, told(beyond)) != (404, told(missing)):
                different.append((said, told(beyond), told(missing)))

    assert compared > 15
    assert different == []


async def test_beyond_ones_region_takes_as_many_statements_as_missing(world: World) -> None:
    place, counter = world.application.place, Counter()
    uncounted, place.database = place.database, counted(place.database, counter)
    officer, different, compared = world.callers["officer", OWN], [], 0
    for said, operation, line in world.lines():
        # A village that is not there may be one that gave up its code: one statement more, and no secret.
        if line.placed and line.thing and operation.permission in ROLES["officer"] and "{code}" not in said:
            spent = []
            for village in (ELSEWHERE, NOWHERE):
                before = counter.statements
                await asked(officer, said, line, world.things[village])
                spent.append(counter.statements - before)
            compared += 1
            different += [(said, spent)] * (spent[0] != spent[1])
    place.database = uncounted
    assert counter.statements > compared

    assert compared > 15
    assert counter.statements > 2 * compared
    assert different == []


async def test_what_is_public_reads_the_same_for_everybody_who_may_not_see_people(world: World) -> None:
    blind = (("stranger", ""), ("viewer", ""), ("integrator", ""), ("operator", OWN))
    different, let_out, compared = [], [], 0
    for said, operation, line in world.lines():
        if not said.startswith("GET") or operation.permission != READ:
            continue
        # An operator sees people at home, so lists of everywhere are not the same for them.
        who = blind if line.thing else blind[:3]
        for form in ("", "text/csv"):
            things = world.things[ELSEWHERE]
            answers = [await asked(world.callers[one], said, line, things, accept=form) for one in who]
            texts = {answer.content for answer in answers}
            compared += 1
            different += [said] * (len(texts) > 1)
            let_out += [said for value in VALUES if any(value.encode() in text for text in texts)]

    assert compared > 60
    assert (different, let_out) == ([], [])


async def test_what_shows_a_person_is_kept_nowhere_and_said_to_differ(world: World) -> None:
    wrong, shown = [], set()
    for said, _, line in world.lines():
        for form in ("", "text/csv"):
            if not said.startswith("GET"):
                continue
            answer = await asked(world.callers["officer", ""], said, line, world.things[OWN], accept=form)
            if any(value in answer.text for value in VALUES):
                shown.add(said)
                kept = (answer.headers["cache-control"], "Authorization" in answer.headers["vary"])
                wrong += [(said, kept)] * (kept != ("no-store", True))

    assert shown == {f"GET /v1/{things}{one}" for things in ("ukms", "cooperatives") for one in ("", "/{id}")}
    assert wrong == []


async def test_a_masked_form_says_that_it_differs_too(world: World) -> None:
    things = world.things[OWN]
    addresses = ("/v1/ukms", "/v1/cooperatives", f"/v1/ukms/{things.ids['ukms']}")

    answers = [await world.callers["stranger", ""].get(address) for address in addresses]

    assert ["Authorization" in answer.headers["vary"] for answer in answers] == [True] * 3
