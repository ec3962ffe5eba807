"""A real PostgreSQL and a streaming replica of it, on loopback, for the tests of one module.

The replica is a copy of the data directory from before the first start: it replays everything from the beginning.
It can be frozen, stopped for good and started again; both go with the process that asked for them.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests import postgres
from tests.unprivileged import Account

_SETTINGS = postgres.ALWAYS | {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "on",
    "wal_level": "replica",
    "wal_keep_size": "256MB",
    "wal_receiver_status_interval": "1s",
}


@dataclass(slots=True)
class Replica:
    """A standby's folder and, while it runs, its server."""

    account: Account
    folder: Path
    programs: Path
    options: list[str]
    runs: int = 0
    server: postgres.Cluster = field(init=False)

    def start(self) -> None:
        """Start it, from where and at the port at which it was stopped."""
        # The server's script removes its folder when it ends, so each run has one that only points to the data.
        self.runs += 1
        run = self.folder / f"run-{self.runs}"
        self.account.run(["mkdir", str(run)], folder=self.folder)
        self.account.run(["ln", "-s", str(self.folder / "standby"), str(run / "data")], folder=self.folder)
        command = [*postgres._program(self.programs, "postgres"), "-D", str(run / "data"), *self.options]
        port = urlsplit(self.server.url).port or 0 if self.runs > 1 else 0
        self.server = postgres._serve(command, self.account, run, port)

    def stop(self) -> None:
        """End it at once, as a crash does: every connection breaks."""
        postmaster = int((self.folder / "standby" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGQUIT)
        assert self.server.supervisor is not None
        self.server.supervisor.wait(postgres.START_SECONDS)

    def freeze(self) -> None:
        """Stop every process of the server where it stands."""
        self._tell(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._tell(signal.SIGCONT)

    def _tell(self, what: signal.Signals) -> None:
        assert self.server.supervisor is not None
        for pid in tree(self.server.supervisor.pid):
            os.kill(pid, what)


@dataclass(slots=True)
class Pair:
    """The two of them; `primary` and `replica` lead to the same database."""

    cluster: postgres.Cluster
    standby: Replica

    def url(self, name: str) -> tuple[str, str]:
        """Where a database is written, and where its copy is read."""
        return tuple(  # type: ignore[return-value]  # of two
            urlunsplit(urlsplit(one.url)._replace(path=f"/{name}"))
            for one in (self.cluster, self.standby.server)
        )

    def stop(self) -> None:
        """End both; the primary's script removes every folder."""
        self.standby.thaw()
        self.standby.server.stop()
        self.cluster.stop()


def start() -> Pair | None:
    """A new pair from the first programs to be had; None, with the reason on standard error, without any."""
    for source in (postgres.wheel, postgres.system):
        for _ in range(3):
            try:
                return _launch(source)
            except postgres.PortTaken:
                continue
            except (postgres.Unavailable, LookupError, OSError, subprocess.SubprocessError) as reason:
                sys.stderr.write(f"No replica from the {source.__name__}: {reason}\n")
                break
    return None


def _launch(source: Callable[[Account, Path], Path]) -> Pair:
    account = Account.choose()
    folder = account.new_folder(volatile=True)
    try:
        programs = source(account, folder)
        data = postgres._initialise(programs, account=account, folder=folder)
        account.run(["cp", "-a", str(data), str(folder / "standby")], folder=folder)
        account.run(["touch", str(folder / "standby" / "standby.signal")], folder=folder)
        command = [*postgres._program(programs, "postgres"), "-D", str(data), *_options(_SETTINGS)]
        cluster = postgres._serve(command, account, folder)
    except BaseException:
        account.remove(folder)
        raise
    there = urlsplit(cluster.url)
    source_of_changes = (
        f"host={there.hostname} port={there.port} user={there.username} application_name=standby"
    )
    options = _options(_SETTINGS | {"primary_conninfo": source_of_changes})
    standby = Replica(account=account, folder=folder, programs=programs, options=options)
    try:
        standby.start()
    except BaseException:
        cluster.stop()
        raise
    return Pair(cluster, standby)


def _options(settings: Mapping[str, str]) -> list[str]:
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def tree(root: int) -> list[int]:
    """A process and all below it, from the top."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(told[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found
