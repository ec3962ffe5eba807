"""Killed in the middle of work, the server loses nothing it acknowledged and serves again by the same command."""

import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app.database.words import new_id
from tests import postgres
from tests.conftest import Templates
from tests.operation.crashing import WORKERS, Crew
from tests.operation.running import environment_of, free_port, token_in
from tests.operation.tallies import ask, lost, unmatched, unsound
from tests.watched import watch

READY_SECONDS = 120
"""Patience, no promise: a machine may be busy with other things. What it took is told."""


class Server:
    """One command with one port, started as often as need be."""

    def __init__(self, url: str, log: Path, **environment: str) -> None:
        self.url = url
        port = free_port()
        quiet = {"BERDAYA_LOG_REQUESTS": "none", "BERDAYA_LOG_LEVEL": "error"}
        self._environment = environment_of(url, {"BERDAYA_PORT": str(port), **quiet, **environment})
        self._log = log
        self._base = f"http://127.0.0.1:{port}"
        self._token = token_in(url)
        self.seconds: list[float] = []

    def start(self) -> None:
        """Start it and wait until it is ready, and note how long that took."""
        began = time.monotonic()
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(  # our own command
                [sys.executable, "-m", "app.cli", "serve"], env=self._environment, stderr=log
            )
        with self.client() as client:
            while not _ready(client):
                assert self.process.poll() is None, self._log.read_text()
                assert time.monotonic() < began + READY_SECONDS, "it does not serve"
                time.sleep(0.02)
        self.seconds.append(time.monotonic() - began)

    def client(self) -> httpx.Client:
        """A client of it with a token of the office."""
        return httpx.Client(
            base_url=self._base, timeout=20, headers={"authorization": f"Bearer {self._token}"}
        )

    def kill(self) -> None:
        """As the kernel would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """As an operator would."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        watch.hold(self._log.read_text())


def _ready(client: httpx.Client) -> bool:
    try:
        return client.get("/health/ready").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def durable() -> Iterator[postgres.Cluster | None]:
    """A PostgreSQL that flushes every commit, as one that keeps a register does."""
    cluster = postgres.start(fsync=True)
    yield cluster
    if cluster is not None:
        cluster.stop()


@pytest.fixture
def url(engine: str, templates: Templates, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database that keeps what it acknowledged."""
    if engine == "sqlite":
        made = templates.fresh(engine)
        yield made
        templates.drop(made)
        return
    cluster: postgres.Cluster | None = request.getfixturevalue("durable")
    assert cluster is not None
    name = f"crashes_{new_id()}"
    made = cluster.create(name)
    templates._fill(made)
    yield made
    cluster.drop(name)


def crash_postgresql(url: str) -> None:
    """Kill one of its processes: it ends all others at once and recovers from its log, as after a crash."""

    async def process() -> int:
        connection = await asyncpg.connect(url)
        pid: int = await connection.fetchval("SELECT pg_backend_pid()")
        os.kill(pid, signal.SIGKILL)
        connection.terminate()
        return pid

    asyncio.run(process())


def recovered(url: str) -> None:
    """Wait until PostgreSQL answers again."""
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            ask(url, "SELECT 1")
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            assert time.monotonic() < until, "PostgreSQL does not come back"
            time.sleep(0.05)
        else:
            return


def killed_often(url: str, server: Server, *, kills: int, acknowledged: int, crash_every: int = 0) -> str:
    """Kill the server so often, each time after so many acknowledged deeds or fewer; gives the figures."""
    luck = random.Random(kills)  # noqa: S311  # a play that can be repeated
    crashes = 0
    server.start()
    with server.client() as client:
        crew = Crew(client)
    journal = crew.journal
    for kill in range(1, kills + 1):
        wanted = {}
        if crash_every and kill % crash_every == 0:
            wanted["half"], crashes = lambda: crash_postgresql(url), crashes + 1
        after = luck.randint(acknowledged // 2, acknowledged)
        with ExitStack() as open_clients:
            clients = [open_clients.enter_context(server.client()) for _ in range(WORKERS)]
            crew.work(clients, server.kill, after=after, **wanted)
        recovered(url)

        assert lost(url, journal) == []
        assert unmatched(url) == {}
        if kill == kills or kill % 10 == 0:
            assert unsound(url) == []

        server.start()
        with server.client() as client:
            assert crew.replayed(client, 40) == 0
    with server.client() as client:
        crew.finish(client)
    assert lost(url, journal) == []
    assert unmatched(url) == {}
    return (
        f"{kills} kills under {WORKERS} clients, {crashes} crashes of the database, "
        f"{journal.acknowledged} acknowledged: 0 lost, 0 apart from their rows, "
        f"{journal.found_done} unacknowledged found done and done once; ready again after "
        f"{statistics.median(server.seconds):.1f} s (median), {max(server.seconds):.1f} s (longest)"
    )


def held_to_it(url: str, engine: str, log: Path, **how: Any) -> str:
    """The figures of one engine; PostgreSQL is crashed too where it is ours."""
    ours = "TEST_PG_URL" not in os.environ
    server = Server(url, log)
    try:
        return f"crash, {engine}: " + killed_often(
            url,
            server,
            **{**how, "crash_every": how["crash_every"] if engine == "postgresql" and ours else 0},
        )
    finally:
        server.stop()


@pytest.mark.timeout(180)
def test_a_killed_server_loses_nothing_that_it_acknowledged(url: str, engine: str, tmp_path: Path) -> None:
    held_to_it(url, engine, tmp_path / "log", kills=2, acknowledged=120, crash_every=2)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_server_that_is_killed_a_hundred_times_loses_nothing(url: str, engine: str, tmp_path: Path) -> None:
    told = held_to_it(url, engine, tmp_path / "log", kills=100, acknowledged=1350, crash_every=5)

    print(told)  # noqa: T201  # the figures


def workers_of(server: Server) -> set[int]:
    """The processes that serve for it."""
    told = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="],  # noqa: S607  # wherever it is
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(maxsplit=2) for line in told.stdout.splitlines()]
    return {int(pid) for pid, above, *args in rows if int(above) == server.process.pid and _serves(args)}


def _serves(args: list[str]) -> bool:
    return any("spawn_main" in one for one in args)


def lives(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(there: Callable[[], bool]) -> None:
    """Wait for something that comes by itself."""
    patience = time.monotonic() + READY_SECONDS
    while not there():
        assert time.monotonic() < patience, "it does not come"
        time.sleep(0.1)


@pytest.mark.soak
@pytest.mark.engine("postgresql")
@pytest.mark.timeout(180)
def test_a_killed_worker_is_replaced_and_workers_end_with_their_parent(
    database_url: str, tmp_path: Path
) -> None:
    server = Server(database_url, tmp_path / "log", BERDAYA_WORKERS="2")
    try:
        server.start()
        until(lambda: len(workers_of(server)) == 2)
        victim, survivor = sorted(workers_of(server))
        os.kill(victim, signal.SIGKILL)
        until(lambda: len(workers_of(server) - {victim}) == 2)
        replaced = workers_of(server)

        server.kill()
        until(lambda: not any(map(lives, replaced)))
        server.start()
        with server.client() as client:
            answer = client.get("/v1/villages?limit=1")
        again = workers_of(server)
    finally:
        server.stop()

    assert survivor in replaced
    assert victim not in replaced
    assert not again & replaced
    assert answer.status_code == 200
