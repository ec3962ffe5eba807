"""A database that neither answers nor hangs up: every request gets its 503 in time, and all is well after the thaw."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator

import asyncpg
import httpx
import pytest

from app.database import connect
from app.database.migrate import migrate
from app.main import Berdaya, create_app
from app.seed import kukar_data
from app.settings import Settings
from tests import postgres
from tests.conftest import Callers, act_of
from tests.replica import tree

pytestmark = [
    pytest.mark.engine("postgresql"),
    pytest.mark.skipif(sys.platform != "linux", reason="freezes the processes that /proc tells of"),
]

SEPATIN = "/v1/villages/64.02.04.2001"
WAITING = "SELECT pid FROM pg_stat_activity WHERE application_name = 'berdaya' AND wait_event_type = 'Lock'"
PROMISED_SECONDS = 4
THAWED_SECONDS = 10


class Freezer:
    """A server of our own that can be stopped where it stands."""

    def __init__(self, cluster: postgres.Cluster) -> None:
        self._cluster = cluster

    def _tell(self, what: signal.Signals) -> None:
        assert self._cluster.supervisor is not None
        for pid in tree(self._cluster.supervisor.pid):
            os.kill(pid, what)

    def freeze(self) -> None:
        """Stop every process of the server."""
        self._tell(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._tell(signal.SIGCONT)


@pytest.fixture
def cluster(engine: str) -> Iterator[postgres.Cluster]:
    """A PostgreSQL for this test alone."""
    own = postgres.start()
    if own is None or own.supervisor is None:
        pytest.skip("the server is lent to us, so it is not ours to freeze")
    yield own
    Freezer(own).thaw()
    own.stop()


@pytest.fixture
async def application(cluster: postgres.Cluster) -> AsyncIterator[Berdaya]:
    """The application on that server, as it is set by default."""
    url = cluster.create("frozen")
    await asyncio.to_thread(migrate, url)
    database = connect(url)
    await database.open()
    await kukar_data.load_villages(database, act_of("seed"))
    await database.close()
    made = create_app(Settings(database_url=url))
    async with made.router.lifespan_context(made):
        yield made


async def test_a_frozen_database_is_a_503_in_time_and_comes_back_by_itself(
    cluster: postgres.Cluster, callers: Callers
) -> None:
    office, freezer = await callers.holding("admin"), Freezer(cluster)

    async def wave() -> list[httpx.Response]:
        return await asyncio.gather(
            *(office.get(f"/v1/villages/64.02.04.200{n}") for n in range(1, 5)),
            *(office.get("/v1/villages", params={"limit": str(n)}) for n in range(1, 5)),
            *(office.patch(f"/v1/villages/64.02.04.200{n}", json={"households": n}) for n in range(1, 9)),
            office.get("/health/ready"),
        )

    warm = await wave()
    freezer.freeze()
    async with asyncio.timeout(PROMISED_SECONDS):
        frozen, alive = await asyncio.gather(wave(), office_without_token(callers))
    async with asyncio.timeout(PROMISED_SECONDS):
        still = await wave()
    freezer.thaw()
    async with asyncio.timeout(THAWED_SECONDS):
        thawed = still
        while any(answer.status_code != 200 for answer in thawed):
            thawed = await wave()

    assert {answer.status_code for answer in warm} == {200}
    assert [answer.status_code for answer in (*frozen, *still)] == [503] * 34
    assert {answer.headers["retry-after"] for answer in (*frozen, *still)} == {"1"}
    assert alive.status_code == 200
    assert thawed[-1].json() == {"status": "ready"}


async def test_one_backend_that_stands_still_holds_nobody_up_for_good(
    application: Berdaya, callers: Callers
) -> None:
    office = await callers.holding("admin")
    other = await asyncpg.connect(application.place.settings.database_url)

    async with other.transaction():
        await other.execute("LOCK TABLE villages IN ACCESS EXCLUSIVE MODE")
        held = asyncio.create_task(office.get(SEPATIN))
        while not (waiting := await other.fetch(WAITING)):
            pass
        for row in waiting:
            os.kill(row[0], signal.SIGSTOP)
    await other.close()

    async with asyncio.timeout(THAWED_SECONDS):
        while (again := await office.get(SEPATIN)).status_code != 200:
            assert again.status_code == 503
    assert (await held).status_code == 503


async def office_without_token(callers: Callers) -> httpx.Response:
    """Whether the process says that it lives."""
    return await callers.anybody().get("/health/live")
