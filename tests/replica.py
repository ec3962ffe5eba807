"""A real PostgreSQL and a streaming replica of it, on loopback, for the tests of one package.

The replica is made as docs/replicas.md says. Each of the two can be frozen, stopped for good and started again; both go
with the process that asked for them.
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
    "wal_retrieve_retry_interval": "200ms",
}
COPY = (
    "--write-recovery-conf",
    "--create-slot",
    "--slot=berdaya",
    "--checkpoint=fast",
)
"""How the primary is copied, besides from where and whereto."""
# Removes the folder of both some seconds after this process is gone; each server ends by itself then.
_KEEPER = 'read -r _; sleep 5; rm -rf -- "$1"'


@dataclass(slots=True)
class Node:
    """A folder of data and, while it runs, its server."""

    account: Account
    data: Path
    programs: Path
    options: list[str]
    runs: int = 0
    server: postgres.Cluster = field(init=False)

    def start(self) -> None:
        """Start it, from where and at the port at which it was stopped."""
        # The server's script removes its folder when it ends, so each run has one that only points to the data.
        self.runs += 1
        run = self.data.with_name(f"{self.data.name}-{self.runs}")
        self.account.run(["mkdir", str(run)], folder=self.data.parent)
        self.account.run(["ln", "-s", str(self.data), str(run / "data")], folder=self.data.parent)
        command = [*postgres._program(self.programs, "postgres"), "-D", str(run / "data"), *self.options]
        port = urlsplit(self.server.url).port or 0 if self.runs > 1 else 0
        self.server = postgres._serve(command, self.account, run, port)

    def stop(self) -> None:
        """End it at once, as a crash does: every connection breaks."""
        postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
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
    """The two of them, in one folder."""

    folder: Path
    keeper: subprocess.Popen[bytes]
    primary: Node
    standby: Node

    def url(self, name: str) -> tuple[str, str]:
        """Where a database is written, and where its copy is read."""
        return tuple(  # type: ignore[return-value]  # of two
            urlunsplit(urlsplit(one.server.url)._replace(path=f"/{name}"))
            for one in (self.primary, self.standby)
        )

    def stop(self) -> None:
        """End both, and leave nothing behind."""
        for one in (self.standby, self.primary):
            one.thaw()
            one.server.stop()
        self.keeper.kill()
        self.keeper.communicate()
        self.primary.account.remove(self.folder)


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
    keep = ["sh", "-c", _KEEPER, "sh", str(folder)]
    keeper = account.spawn(keep, folder=folder.parent, stdin=subprocess.PIPE, output=subprocess.DEVNULL)
    begun: list[Node] = []
    try:
        programs = source(account, folder)
        data = postgres._initialise(programs, account=account, folder=folder)
        primary = Node(account, data, programs, _options(_SETTINGS))
        primary.start()
        begun.append(primary)
        copy = _copy(primary, folder / "standby")
        standby = Node(account, copy, programs, _options(_SETTINGS))
        standby.start()
    except BaseException:
        for one in begun:
            one.server.stop()
        keeper.kill()
        keeper.communicate()
        account.remove(folder)
        raise
    return Pair(folder, keeper, primary, standby)


def _copy(primary: Node, copy: Path) -> Path:
    there = urlsplit(primary.server.url)
    conninfo = f"--dbname=host={there.hostname} port={there.port} user={there.username}"
    command = [*postgres._program(primary.programs, "pg_basebackup"), *COPY, "--no-sync"]
    done, printed = primary.account.run([*command, conninfo, f"--pgdata={copy}"], folder=copy.parent)
    if not done:
        raise postgres.Unavailable(printed[-500:])
    return copy


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
