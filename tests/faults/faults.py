"""What may befall a database while a server uses it: each is struck, lasts for the block, and is cured at its end.

PostgreSQL's disk is not really filled, as no size can be set to it from here: a trigger raises the error that it
raises then (SQLSTATE 53100). SQLite's process may truly write no further into any file, which is told as an error of
the disk.
"""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass

from tests.faults.stand import Stand, until
from tests.operation.tallies import ask
from tests.replica import tree

_POSTMASTER = "SELECT pg_read_file('postmaster.pid', 0, 32, true)"
_BACKENDS = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'berdaya'"
# The trail is written behind the thing and its change: what fails here would leave half a deed.
PLANT = """
CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER fault BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION fault()
"""
_BODY = "CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {} RETURN NEW; END$$"


@dataclass(frozen=True)
class Fault:
    """What strikes, and whether reads go on meanwhile."""

    strike: Callable[[Stand], AbstractContextManager[None]]
    reads: bool


@contextmanager
def _refused(stand: Stand) -> Iterator[None]:
    assert stand.proxy is not None
    stand.proxy.shut()
    yield
    stand.proxy.open()


@contextmanager
def _silent(stand: Stand) -> Iterator[None]:
    assert stand.proxy is not None
    stand.proxy.block()
    yield
    stand.proxy.unblock()


@contextmanager
def _frozen(stand: Stand) -> Iterator[None]:
    # A server that was only lent is not ours to freeze; `silent` is then the same as seen from here.
    if "TEST_PG_URL" in os.environ or sys.platform != "linux":
        yield from _silent.__wrapped__(stand)  # type: ignore[attr-defined]  # the generator within
        return
    postmaster = int(ask(stand.url, _POSTMASTER)[0][0].split()[0])
    frozen = tree(postmaster)
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)


def _acting(body: str) -> Callable[[Stand], AbstractContextManager[None]]:
    @contextmanager
    def strike(stand: Stand) -> Iterator[None]:
        ask(stand.url, _BODY.format(body))
        yield
        ask(stand.url, _BODY.format(""))

    return strike


@contextmanager
def _read_only(stand: Stand) -> Iterator[None]:
    beside, _, name = stand.url.rpartition("/")
    beside = f"{beside}/postgres"
    ask(beside, f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    kill_backends(stand)
    # Who comes before the server has heard of that is told to come again.
    until(lambda: {*(wave := stand.wave()).reads, wave.ready} == {200})
    yield
    # The connections that were made meanwhile stay as they are; the server must part with them by itself.
    ask(beside, f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


def kill_backends(stand: Stand) -> None:
    """End every connection of the server from PostgreSQL's side."""
    ask(stand.url, f"SELECT pg_terminate_backend(pid) {_BACKENDS}")


_HOLDER = """
import asyncio, asyncpg, sys
async def hold():
    connection = await asyncpg.connect(sys.argv[1])
    await connection.execute("BEGIN; LOCK TABLE audit IN EXCLUSIVE MODE")
    print("held", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await connection.close()
asyncio.run(hold())
"""


@contextmanager
def _locked(stand: Stand) -> Iterator[None]:
    if stand.proxy is not None:
        with _holding(stand.url):
            yield
        return
    file = sqlite3.connect(stand.url.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
    with closing(file):
        file.execute("BEGIN IMMEDIATE")
        yield
        file.execute("ROLLBACK")


@contextmanager
def _holding(url: str) -> Iterator[None]:
    # A process of its own, since this thread has no loop that could keep the connection.
    holder = subprocess.Popen(  # noqa: S603  # our own text
        [sys.executable, "-c", _HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield


@contextmanager
def _full(stand: Stand) -> Iterator[None]:
    pid = stand.process.pid
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, most))
    yield
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


FAULTS: Mapping[str, Mapping[str, Fault]] = {
    "postgresql": {
        "refused": Fault(_refused, reads=False),
        "silent": Fault(_silent, reads=False),
        "frozen": Fault(_frozen, reads=False),
        "slow": Fault(_acting("PERFORM pg_sleep(20);"), reads=True),
        "locked": Fault(_locked, reads=True),
        "full": Fault(_acting("RAISE EXCEPTION 'no room' USING ERRCODE = '53100';"), reads=True),
        "read_only": Fault(_read_only, reads=True),
    },
    "sqlite": {"locked": Fault(_locked, reads=True), "full": Fault(_full, reads=True)},
}
