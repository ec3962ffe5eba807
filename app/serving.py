"""The server process: uvicorn around the application, a greeting, and a stop that lets requests finish."""

import asyncio
import gc
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile, TemporaryDirectory
from threading import Thread
from types import FrameType
from typing import Any

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from app import clock
from app.access.tokens import any_token, keep, new_token
from app.database import Act, Transaction, Unavailable, connect
from app.database.schema import check_schema
from app.database.sqlite_driver import warning
from app.http.connection import TimedConnection
from app.http.slots import SIZE
from app.logs import configure
from app.main import Berdaya, create_app
from app.settings import Settings

_NO_AUDIT_KEY = (
    "WARNING: without BERDAYA_AUDIT_KEY the audit trail does not tell one personal value from another; "
    "give it 32 random characters or more, and keep them."
)


_ACCEPTS = 16
"""Connections that a worker accepts in one turn of its loop."""


class _Server(uvicorn.Server):
    """Says "not ready" from the first signal on, while requests in flight are finished."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop gracefully; a second signal stops at once."""
        # uvicorn puts itself before the application, to hear of the callers of a proxy.
        application: Any = getattr(self.config.loaded_app, "app", self.config.loaded_app)
        if isinstance(application, Berdaya):
            application.place.stopping = True
        super().handle_exit(sig, frame)


def application() -> Berdaya:
    """The application of one worker."""
    settings = Settings()
    configure(settings)
    Thread(target=_end_with_parent, daemon=True).start()
    made = create_app(settings)
    # What is there now stays to the end: no later look for garbage, which stops all requests, goes through it.
    gc.freeze()
    return made


def _end_with_parent() -> None:
    # A worker that outlives its parent would keep the port from the one that is started in the parent's place.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def serve(settings: Settings) -> None:
    """Serve until a signal comes. Raises `StaleSchema`, or `ValueError` for several workers on SQLite."""
    configure(settings)
    if settings.database_url.startswith("sqlite") and settings.workers > 1:
        raise ValueError(
            "SQLite has one writer and is served by one worker; use PostgreSQL for BERDAYA_WORKERS > 1"
        )
    fault = warning() if settings.database_url.startswith("sqlite") else None
    if fault:
        typer.echo(f"WARNING: {fault}", err=True)
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "factory": True,
        "http": TimedConnection,
        "ws": "none",
        "access_log": False,
        "server_header": False,
        "log_config": None,
        "timeout_graceful_shutdown": settings.graceful_seconds,
        "timeout_keep_alive": 30,
    }
    if settings.workers > 1:
        asyncio.run(_greet(settings))
        several = uvicorn.Config("app.serving:application", workers=settings.workers, **options)
        with _shared_counts():
            Multiprocess(several, sockets=_listeners(several)).run()
        return
    config = uvicorn.Config(application, **options)
    # Before the greeting, which would lead to whoever else is listening there.
    listeners = _listeners(config)
    asyncio.run(_greet(settings))
    _Server(config).run(sockets=listeners)


def _listeners(config: uvicorn.Config) -> list[socket.socket]:
    # libuv accepts one connection a turn for each socket that it is given. When turns are long because there is much to
    # do, callers would wait in the kernel by the thousand, where no gate sees them; so it is given the same one often.
    listener = config.bind_socket()
    return [listener, *(listener.dup() for _ in range(_ACCEPTS - 1))]


@contextmanager
def _shared_counts() -> Iterator[None]:
    """Files that the workers find by their environment, and that go when they have."""
    with (
        NamedTemporaryFile(prefix="berdaya-limits-") as file,
        TemporaryDirectory(prefix="berdaya-") as folder,
    ):
        file.truncate(SIZE)
        os.environ["BERDAYA_LIMITS_FILE"] = file.name
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


async def _greet(settings: Settings) -> None:
    """Check the schema and say where to look; the first token of all is made for a person at a terminal."""
    where = f"http://{settings.host}:{settings.port}"
    try:
        told = await _token_line(settings)
    except (Unavailable, TimeoutError) as missing:
        # The database may come later; the server starts without it.
        told = f"The database does not answer yet ({missing}); serving 503 until it does."
    if settings.audit_key is None and not settings.database_url.startswith("sqlite"):
        typer.echo(_NO_AUDIT_KEY, err=True)
    docs = f"{where}/docs   villages: " if settings.docs else ""
    typer.echo(f"Berdaya: {docs}{where}/v1/villages?region=64.02", err=True)
    if told:
        typer.echo(told, err=True)


async def _token_line(settings: Settings) -> str | None:
    database = connect(settings.database_url, pool_size=1, audit_key=settings.audit_key_bytes)
    await database.open()
    try:
        async with asyncio.timeout(settings.deadline_seconds):
            check_schema(await database.revision())
            if await any_token(database):
                return None
            if not sys.stderr.isatty():
                return f"No token yet. For writing: {_command()} tokens create --role admin --name YOU"
            token = new_token()
            await database.write(_first(settings), lambda tx: _keep_first(tx, token))
            return f"First token, shown this once (role admin): {token}"
    finally:
        await database.close()


def _command() -> str:
    """How this person calls the command: by the path it was called by."""
    return sys.argv[0] if sys.argv[0].endswith("berdaya") else "berdaya"


def _first(settings: Settings) -> Act:
    at = clock.now()
    return Act(
        at=at,
        today=clock.day_of(at, settings.zone),
        actor="system:serve",
        actor_name="first start",
        role="system",
        action="serve",
        request_id=f"serve-{at}",
    )


async def _keep_first(tx: Transaction, token: str) -> None:
    await keep(tx, token, role="admin", name="first", region="", source="first")
