"""The document is true of whatever anybody sends: no fault of ours, nothing undocumented, nothing let in."""

import asyncio
from dataclasses import dataclass

import httpx
import pytest

from app.access.audit.sealing import seal_all
from app.access.audit.verifying import verify
from app.access.tokens import keep, new_token
from app.database import Transaction, connect
from app.main import create_app
from app.settings import Settings
from tests.access.people import PASSWORD
from tests.access.things import ELSEWHERE, NUMBERS, OWN, Things, placed
from tests.changes.reading import feed
from tests.conftest import act_of
from tests.fuzz.document import Heard, Phases, fuzz
from tests.fuzz.known import Known

DISTRICT = "64.02.04"
SHORT = {"examples": 0, "fuzzing": 1, "stateful": 2}
EDGES = {"coverage": 0}
SLICE = {"examples": 0}
LONG = {"examples": 0, "coverage": 0, "fuzzing": 1000, "stateful": 50}
TAGS = (
    *("Regions", "Villages", "Village index", "Cooperatives", "Legality", "UKM", "Groups", "Trainings"),
    *("Reports", "Changes", "Imports", "Offline", "Webhooks", "Access", "Operation"),
)
"""The long runs are one for each part of the document: what broke off is taken up again at its part."""
HIDDEN = {
    "DELETE /v1/sessions/current": "wants a session of one's own",
    "PUT /v1/users/me/password": "as above",
    "POST /v1/sessions": "wants a password that was given",
    "POST /v1/sessions/oauth": "as above",
    "POST /v1/webhooks/legality/{source}": "wants a signature",
    "POST /v1/imports/{id}/undo": "wants an import that had an effect",
    "POST /v1/legality-conflicts/{id}/resolution": "wants the id of one of the two that contend",
    "POST /v1/trainings/{id}/enrolments": "wants the id of a party that there is",
    "POST /v1/villages/{code}/recode": "wants a code of this very district that nobody had",
    "PUT /v1/villages/{code}/idm/{year}": "wants each of some fifty scores",
    "DELETE /v1/cooperatives/{id}": "wants one that nothing refers to",
    "GET /v1/reports/idm-transitions.svg": "wants two years in their order",
}
"""Operations that the document alone seldom or never reaches with success, and why."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register with one of everything in two districts, and who may call it: the tokens, with their ids."""

    settings: Settings
    office: str
    district: str
    ids: dict[str, str]
    things: tuple[Things, ...]
    after: str


@pytest.fixture
def register(database_url: str) -> Register:
    """The things are made over HTTP by an application that has ended when the test begins."""
    settings = Settings(
        database_url=database_url, webhooks=False, deadline_seconds=600, log_requests="none", in_flight=512
    )
    return asyncio.run(_filled(settings))


async def _filled(settings: Settings) -> Register:
    office, district = new_token(), new_token()

    async def let_in(tx: Transaction) -> None:
        await keep(tx, office, role="admin", name="office", region="", source="office")
        await keep(tx, district, role="operator", name="district", region=DISTRICT, source="district")

    application = create_app(settings)
    async with application.router.lifespan_context(application):
        await application.place.database.write(act_of("token"), let_in)
        async with _client(application, office) as client:
            things = tuple([await _all_placed(client, village) for village in (OWN, ELSEWHERE)])
            tokens = (await client.get("/v1/tokens")).json()["items"]
            _, after = await feed(client)
    return Register(settings, office, district, {one["name"]: one["id"] for one in tokens}, things, after)


async def _all_placed(client: httpx.AsyncClient, village: str) -> Things:
    """One of everything, what belongs to nobody's village among it."""
    things = await placed(client, village)
    number = next(NUMBERS)
    for collection, body in {
        "tokens": {"name": f"spare {number}", "role": "viewer"},
        "users": {"name": f"contoh {number}", "role": "viewer", "password": PASSWORD},
        "webhook-subscriptions": {"url": f"https://8.8.8.8/{number}"},
    }.items():
        things.ids[collection] = (await client.post(f"/v1/{collection}", json=body)).json()["id"]
    return things


def _client(application: object, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(application),  # type: ignore[arg-type]  # an application
        base_url="http://berdaya.test",
        headers={"authorization": f"Bearer {token}"},
    )


async def _changed(register: Register) -> list[str]:
    """Where things were changed since the register was filled."""
    application = create_app(register.settings)
    async with (
        application.router.lifespan_context(application),
        _client(application, register.office) as client,
    ):
        changes, _ = await feed(client, register.after)
    return [change["village_code"] or "" for change in changes]


async def _links_that_are_wrong(register: Register) -> int:
    database = connect(register.settings.database_url)
    await database.open()
    await seal_all(database)
    verdict = await verify(database)
    await database.close()
    assert verdict.sealed, "there was something to verify"
    return verdict.wrong


def _by_the_office(register: Register, phases: Phases, *tags: str) -> Heard:
    heard = fuzz(
        create_app(register.settings),
        register.office,
        phases=phases,
        tags=frozenset(tags),
        known=Known(register.things, register.ids["office"]),
    )
    assert list(heard.failures) == []
    assert asyncio.run(_links_that_are_wrong(register)) == 0
    asyncio.run(_changed(register))  # which it could not be asked for, were the office no longer let in
    return heard


def _by_the_district(register: Register, phases: Phases, *tags: str) -> tuple[Heard, list[str]]:
    """What was heard, and where things were changed."""
    heard = fuzz(
        create_app(register.settings),
        register.district,
        phases=phases,
        tags=frozenset(tags),
        known=Known(register.things, register.ids["district"]),
        reach=DISTRICT,
    )
    assert list(heard.failures) == []
    places = asyncio.run(_changed(register))
    assert [place for place in places if not place.startswith(DISTRICT)] == []
    return heard, places


@pytest.mark.timeout(600)
@pytest.mark.engine("sqlite")
def test_the_document_is_true_of_what_the_office_may_send(register: Register) -> None:
    heard = _by_the_office(register, SHORT)

    assert heard.reached > 0.8, heard.unreached()
    assert len(heard.statuses) > 100


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.engine("sqlite")
def test_it_is_true_at_the_edges_of_its_schemas(register: Register) -> None:
    heard = _by_the_office(register, EDGES, "Groups")

    assert heard.cases["coverage"] > 300


@pytest.mark.timeout(300)
@pytest.mark.engine("postgresql")
def test_it_is_as_true_on_the_other_engine(register: Register) -> None:
    heard = _by_the_office(register, SLICE)

    assert heard.reached > 0.5, heard.unreached()


@pytest.mark.timeout(300)
@pytest.mark.engine("sqlite")
def test_a_district_changes_nothing_beyond_itself(register: Register) -> None:
    heard, places = _by_the_district(register, SLICE)

    assert heard.reached > 0.5, heard.unreached()
    assert places, "something was changed"


def test_the_long_runs_leave_no_operation_out() -> None:
    document = create_app(Settings(database_url="sqlite:///nowhere.db")).openapi()

    served = {tag for path in document["paths"].values() for one in path.values() for tag in one["tags"]}

    assert served == set(TAGS)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("tag", TAGS)
def test_a_thousand_requests_an_operation_find_nothing(register: Register, engine: str, tag: str) -> None:
    heard = _by_the_office(register, LONG, tag)

    _tell(heard, f"{tag} on {engine} for the office")
    assert set(heard.unreached()) <= HIDDEN.keys()


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("tag", TAGS)
def test_nor_do_they_for_a_district(register: Register, engine: str, tag: str) -> None:
    heard, _ = _by_the_district(register, LONG, tag)

    _tell(heard, f"{tag} on {engine} for a district")


def _tell(heard: Heard, whose: str) -> None:
    print(  # noqa: T201  # a soak test prints its figures
        f"the document holds, {whose}: {len(heard.statuses)} operations, {sum(heard.cases.values())} cases, "
        f"{len(heard.failures)} failures, {heard.reached:.1%} reached; not reached: {heard.unreached()}"
    )
