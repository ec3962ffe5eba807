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
from tests.access.things import ELSEWHERE, OWN, placed
from tests.changes.reading import feed
from tests.conftest import act_of
from tests.fuzz.document import Heard, Phases, fuzz

DISTRICT = "64.02.04"
SHORT = {"examples": 0, "fuzzing": 1, "stateful": 2}
EDGES = {"coverage": 0}
SLICE = {"examples": 0}
LONG = {"examples": 0, "coverage": 0, "fuzzing": 1000, "stateful": 200}
HIDDEN = 5
"""Operations that nobody reaches by the document alone: they want a signature, a session of one's own, or luck."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register with one of everything in two districts, and who may call it."""

    settings: Settings
    office: str
    district: str
    after: str


@pytest.fixture
def register(database_url: str) -> Register:
    """The things are made over HTTP by an application that has ended when the test begins."""
    settings = Settings(
        database_url=database_url, webhooks=False, deadline_seconds=60, log_requests="none", in_flight=512
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
            for village in (OWN, ELSEWHERE):
                await placed(client, village)
            _, after = await feed(client)
    return Register(settings, office, district, after)


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


def _by_the_office(register: Register, phases: Phases, *, tags: tuple[str, ...] = ()) -> Heard:
    heard = fuzz(create_app(register.settings), register.office, phases=phases, tags=tags)
    assert list(heard.failures) == []
    assert asyncio.run(_links_that_are_wrong(register)) == 0
    return heard


def _by_the_district(register: Register, phases: Phases, *, tags: tuple[str, ...] = ()) -> Heard:
    heard = fuzz(create_app(register.settings), register.district, phases=phases, tags=tags, reach=DISTRICT)
    assert list(heard.failures) == []
    places = asyncio.run(_changed(register))
    assert [place for place in places if not place.startswith(DISTRICT)] == []
    assert places, "something was changed"
    return heard


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
    heard = _by_the_office(register, EDGES, tags=("Groups",))

    assert heard.cases["coverage"] > 300


@pytest.mark.timeout(300)
@pytest.mark.engine("postgresql")
def test_it_is_as_true_on_the_other_engine(register: Register) -> None:
    heard = _by_the_office(register, SLICE, tags=("Villages", "UKM", "Legality", "Changes"))

    assert heard.reached > 0.5, heard.unreached()


@pytest.mark.timeout(300)
@pytest.mark.engine("sqlite")
def test_a_district_changes_nothing_beyond_itself(register: Register) -> None:
    heard = _by_the_district(register, SLICE, tags=("Villages", "UKM", "Groups", "Trainings"))

    assert heard.reached > 0.5, heard.unreached()


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_a_thousand_requests_an_operation_find_nothing(register: Register, engine: str) -> None:
    heard = _by_the_office(register, LONG)

    print(  # noqa: T201  # a soak test prints its figures
        f"the document holds on {engine} for the office: {len(heard.statuses)} operations, "
        f"{sum(heard.cases.values())} cases, {len(heard.failures)} failures, {heard.reached:.1%} reached"
    )
    assert len(heard.unreached()) <= HIDDEN, heard.unreached()


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_nor_do_they_for_a_district(register: Register, engine: str) -> None:
    heard = _by_the_district(register, LONG)

    print(  # noqa: T201  # as above
        f"the document holds on {engine} for a district: {len(heard.statuses)} operations, "
        f"{sum(heard.cases.values())} cases, {len(heard.failures)} failures, {heard.reached:.1%} reached"
    )
