"""Servers under test: processes on a core of their own, CPU time and memory read from /proc."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
START_SECONDS, STOP_SECONDS = 30.0, 15.0


class ServerFailedError(Exception):
    """A server did not start, or a command that prepares one did not succeed; the text is what it printed."""


@dataclass(frozen=True, slots=True)
class Stat:
    """What /proc/<pid>/stat says of a process: its session, CPU time in ticks, resident memory in pages."""

    session: int
    cpu_ticks: int
    resident_pages: int


def parse_stat(line: str) -> Stat:
    """Read the fields of proc(5) by their place behind the command, which may hold spaces and brackets."""
    fields = line[line.rindex(")") + 2 :].split()
    session, user, system, resident = (int(fields[place]) for place in (3, 11, 12, 21))
    return Stat(session=session, cpu_ticks=user + system, resident_pages=resident)


def split_cores(available: set[int]) -> tuple[set[int], set[int]]:
    """One core for the servers, the others for load generator and database; a single core is shared."""
    first = {min(available)}
    return first, (available - first) or first


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; its session holds every process it may have started."""

    port: int
    session: int

    def _stats(self) -> Iterator[Stat]:
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                stat = parse_stat(path.read_text())
            except (FileNotFoundError, ProcessLookupError):
                continue  # another process of the machine has just ended
            if stat.session == self.session:
                yield stat

    def cpu_seconds(self) -> float:
        """CPU time since its start, user and system; exact to one tick (10 ms on most machines)."""
        return sum(stat.cpu_ticks for stat in self._stats()) / TICKS_A_SECOND

    def resident_bytes(self) -> int:
        return sum(stat.resident_pages for stat in self._stats()) * PAGE_BYTES


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _accepts(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerFailedError(log.read_text(errors="replace")[-4000:])
        time.sleep(0.05)


@contextmanager
def serving(
    command: Sequence[str], environment: Mapping[str, str], *, port: int, cores: set[int], log: Path
) -> Iterator[Server]:
    """Run a server that will listen on the port, from its first accepted connection to its end.

    Raises ServerFailedError when it ends or stays silent instead.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=os.environ | environment, stdout=output, stderr=output, start_new_session=True
        )
    os.sched_setaffinity(process.pid, cores)
    try:
        _await(process, port, log)
        yield Server(port=port, session=process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def run(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run a command that prepares a server and return what it printed; raises ServerFailedError."""
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ServerFailedError(f"{' '.join(command[1:])}\n{done.stderr[-4000:]}")
    return done.stdout.strip()
