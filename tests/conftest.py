"""What every test may ask for: a fresh database on either engine, the application on it, and callers who check answers.

What this machine cannot run is deselected while collecting, with one printed line that says why. A run may be shared by
several workers (`-n`): each has a PostgreSQL of its own, and what it has to say is said by the process that started it.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import clock
from app.access.audit.sealing import seal
from app.access.tokens import keep, new_token
from app.database import Act, Database, connect
from app.database.migrate import migrate
from app.main import Berdaya, create_app
from app.seed import kukar_data
from app.settings import Settings
from tests import installed, postgres
from tests.answers import checked
from tests.watched import watch

ENGINES = ("sqlite", "postgresql")
OFFICIAL = Path(__file__).resolve().parents[2] / "shared" / "data"

_left_out: dict[str, None] = {}
_cluster: postgres.Cluster | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Start the PostgreSQL of this session, unless only files without a database are asked for."""
    global _cluster  # noqa: PLW0603  # one server for the session, and collection must know whether it is there
    if _only_hands_out(config):
        return
    if not config.option.collectonly:
        _cluster = postgres.start()
    if _cluster is None:
        _left_out["everything on PostgreSQL: no server could be started here"] = None


def _only_hands_out(config: pytest.Config) -> bool:
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it."""
    if _cluster is not None:
        _cluster.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that lets a personal value out, in a log or a print, fails."""
    report = yield
    watch.judge(report, getattr(item, "fixturenames", ()))
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker has to say at its end; one that broke off has been reported by then."""
    told = getattr(node, "workeroutput", {})
    watch.add(told.get("read", 0), served=told.get("served", False))
    _left_out.update(dict.fromkeys(told.get("left_out", ())))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run in which the application served and nothing was captured has proved nothing: it fails."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput.update(read=watch.read, served=watch.served, left_out=[*_left_out])
    elif watch.blind and session.config.option.capture != "no":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that is left out, and one on how much was read for personal values."""
    for reason in _left_out:
        terminalreporter.write_line(f"left out: {reason}")
    terminalreporter.write_line(f"{watch.read:,} characters of logs and prints were read for personal values")
    if watch.blind:
        terminalreporter.write_line(
            "the application served, and nothing that it logged was captured", red=True
        )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that wants a database runs once on each engine, or on the one that its mark `engine` names."""
    if "engine" in metafunc.fixturenames:
        here = ENGINES if _cluster or metafunc.config.option.collectonly else ENGINES[:1]
        mark = metafunc.definition.get_closest_marker("engine")
        wanted = ENGINES if mark is None else mark.args
        metafunc.parametrize("engine", [one for one in wanted if one in here], scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs something this machine does not have."""
    absent = {
        "soak": ("soak" not in config.option.markexpr, "the long runs: make soak"),
        "official_data": (
            not OFFICIAL.is_dir(),
            "the checks against the ministry's files: ../shared/data is not there",
        ),
        "browser": (installed.chromium() is None, "the docs page in a browser: no Chromium here"),
        "node": (
            installed.typescript() is None,
            "the TypeScript client: no Node here, or its modules are missing",
        ),
        "javascript": (
            shutil.which("node") is None,
            "the TypeScript sample for integrators: no Node here",
        ),
        "standby": (
            "TEST_PG_URL" in os.environ,
            "a streaming replica: the PostgreSQL of TEST_PG_URL is not ours to copy",
        ),
        "curl": (shutil.which("curl") is None, "the shell sessions of the documentation: no curl here"),
        "python_client": (
            installed.python_client() is None,
            "the Python client: its generator is not installed",
        ),
    }
    for marker, (missing, reason) in absent.items():
        concerned = [item for item in items if item.get_closest_marker(marker)]
        if missing and concerned:
            _left_out[reason] = None
            _leave_out(config, items, concerned)
    # A test of an engine that is not here has nothing to run on; pytest would call that a skip.
    _leave_out(config, items, [item for item in items if _has_no_engine(item)])


def _has_no_engine(item: pytest.Item) -> bool:
    reasons = (mark.kwargs.get("reason", "") for mark in item.iter_markers("skip"))
    return any(reason.startswith("got empty parameter set") for reason in reasons)


def _leave_out(config: pytest.Config, items: list[pytest.Item], concerned: list[pytest.Item]) -> None:
    if concerned:
        config.hook.pytest_deselected(items=concerned)
        items[:] = [item for item in items if item not in concerned]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The loop the server runs on."""
    return "asyncio"


class Templates:
    """One migrated and seeded database an engine, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, str] = {}
        self._number = 0

    def fresh(self, engine: str) -> str:
        """The URL of a new database with Kukar's regions and villages."""
        template = self._made.get(engine) or self._make(engine)
        self._number += 1
        if engine == "sqlite":
            copy = self._folder / f"test-{self._number}.db"
            shutil.copyfile(template, copy)
            return f"sqlite:///{copy}"
        assert _cluster is not None
        return _cluster.create(f"test_{self._number}", template=template)

    def drop(self, url: str) -> None:
        """Forget a database."""
        name = url.rpartition("/")[2]
        if url.startswith("sqlite"):
            for path in self._folder.glob(f"{name}*"):
                path.unlink()
        elif _cluster is not None:
            _cluster.drop(name)

    def empty(self, engine: str) -> str:
        """The URL of a new database with nothing in it."""
        self._number += 1
        if engine == "sqlite":
            return f"sqlite:///{self._folder / f'empty-{self._number}.db'}"
        assert _cluster is not None
        return _cluster.create(f"empty_{self._number}")

    def _make(self, engine: str) -> str:
        if engine == "sqlite":
            path = self._folder / "template.db"
            self._fill(f"sqlite:///{path}")
            self._made[engine] = str(path)
        else:
            assert _cluster is not None
            self._fill(_cluster.create("template_of_tests"))
            self._made[engine] = "template_of_tests"
        return self._made[engine]

    def _fill(self, url: str) -> None:
        migrate(url)

        async def seed() -> None:
            database = connect(url)
            await database.open()
            await kukar_data.load_villages(database, act_of("seed"))
            await seal(database)
            await database.close()

        # A loop of its own: a fixture may be asked for inside a running one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, seed()).result()


def act_of(action: str) -> Act:
    """A deed of the test suite."""
    at = clock.now()
    return Act(
        at=at,
        today=at[:10],
        actor="test",
        actor_name="test",
        role="system",
        action=action,
        request_id=f"test-{action}",
    )


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Where fresh databases come from."""
    return Templates(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def database_url(engine: str, templates: Templates) -> Iterator[str]:
    """A fresh database with Kukar's regions and villages."""
    url = templates.fresh(engine)
    yield url
    templates.drop(url)


@pytest.fixture
def settings(database_url: str) -> Settings:
    """The settings of the application under test; a test module may override this fixture.

    It has time, as a slow machine is no fault; tests of the deadline and of the queue set their own. It sends no
    notices, as the subscribers of tests have public addresses; tests of delivery send to this machine.
    """
    return Settings(database_url=database_url, deadline_seconds=30, queue_seconds=30, webhooks=False)


@pytest.fixture
async def application(settings: Settings) -> AsyncIterator[Berdaya]:
    """The application on its fresh database, started and stopped."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def database(application: Berdaya) -> Database:
    """The application's own database."""
    return application.place.database


class Callers:
    """Makes clients of the application; each checks every answer against the documented shape."""

    def __init__(self, application: Berdaya) -> None:
        self._application = application
        self._open: list[httpx.AsyncClient] = []

    def anybody(self) -> httpx.AsyncClient:
        """A client without a token."""
        return self._client({})

    async def holding(
        self, role: str, *, region: str = "", name: str = "somebody", source: str = ""
    ) -> httpx.AsyncClient:
        """A client with a fresh token of that role and region."""
        token = new_token()

        async def unit(tx: object) -> None:
            await keep(tx, token, role=role, name=name, region=region, source=source or name)  # type: ignore[arg-type]  # a Transaction

        await self._application.place.database.write(act_of("token"), unit)
        return self._client({"authorization": f"Bearer {token}"})

    def _client(self, headers: dict[str, str]) -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._application),
            base_url="http://berdaya.test",
            headers=headers,
            event_hooks={"response": [checked(self._application)]},
        )
        self._open.append(client)
        return client

    async def leave(self) -> None:
        """Close every client."""
        for client in self._open:
            await client.aclose()


@pytest.fixture
async def callers(application: Berdaya) -> AsyncIterator[Callers]:
    """Who may call."""
    made = Callers(application)
    yield made
    await made.leave()


@pytest.fixture
async def office(callers: Callers) -> httpx.AsyncClient:
    """The office: a client with every right."""
    return await callers.holding("admin", name="office")


@pytest.fixture
def visitor(callers: Callers) -> httpx.AsyncClient:
    """Anybody: a client without a token."""
    return callers.anybody()
