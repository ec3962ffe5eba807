"""The other peers: each on a copy of the textbook's rows, left out with a line where its packages are missing."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from benchmarks.entrants import Entrant, uvicorn
from benchmarks.servers import free_port
from benchmarks.stand import Stand

FIND = "import importlib.util as i, sys; sys.exit(any(i.find_spec(name) is None for name in sys.argv[1:]))"
THREADS = 4


@dataclass(frozen=True, slots=True)
class Rival:
    """What it needs to be installed, and its command by interpreter and port."""

    name: str
    packages: tuple[str, ...]
    command: Callable[[str, int], list[str]]


def _raw(python: str, port: int) -> list[str]:
    return uvicorn("benchmarks.peers.raw:app", port, python=python)


def _litestar(python: str, port: int) -> list[str]:
    return uvicorn("benchmarks.peers.litestar_rows:app", port, python=python)


def _ninja(python: str, port: int) -> list[str]:
    threads = ["--workers", "1", "--threads", str(THREADS), "--keep-alive", "75", "--log-level", "warning"]
    served = ["--bind", f"127.0.0.1:{port}", *threads, "benchmarks.peers.ninja_peer.wsgi:application"]
    return [python, "-m", "gunicorn", "--no-control-socket", *served]


RIVALS = (
    Rival("Starlette + driver", (), _raw),
    Rival("Litestar + ORM", ("litestar",), _litestar),
    Rival("Django Ninja", ("django", "ninja", "gunicorn", "psycopg"), _ninja),
)


def rivals(stand: Stand) -> tuple[dict[str, Entrant], list[str]]:
    """Those that can be had, and a line for each that cannot."""
    had, left_out = (
        {},
        [f"Go + pgx: {'its program is not written' if which('go') else 'no Go toolchain here'}"],
    )
    for rival in RIVALS:
        python = sys.executable if not rival.packages else str(stand.plan.peers)
        if not installed(python, rival.packages):
            left_out.append(
                f"{rival.name}: {', '.join(rival.packages)} not installed (`make bench-full` does)"
            )
            continue
        name = rival.name.split()[0].lower()
        driver = stand.textbook.environment["TEXTBOOK_DATABASE_URL"].partition(":")[0]
        address = stand.databases.copy(name).partition(":")[2]
        environment = {
            "TEXTBOOK_DATABASE_URL": f"{driver}:{address}",
            "DJANGO_SETTINGS_MODULE": "benchmarks.peers.ninja_peer.settings",
        }
        port = free_port()
        had[rival.name] = Entrant(rival.command(python, port), environment, port, stand.textbook.token)
    return had, left_out


def installed(python: str, packages: tuple[str, ...]) -> bool:
    """Whether the interpreter is there and finds them all."""
    if not packages:
        return True
    if not Path(python).exists():
        return False
    return subprocess.run([python, "-c", FIND, *packages], check=False, cwd=Path.cwd()).returncode == 0
