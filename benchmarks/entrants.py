"""Who takes part: for each server the commands that prepare its rows and the one that starts it."""

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.servers import free_port, run


@dataclass(frozen=True)
class Entrant:
    """A server to be started: its command, its settings, the port it will listen on, a token it accepts.

    One that `names` is given the token with reading, too.
    """

    command: list[str]
    environment: Mapping[str, str]
    port: int
    token: str = field(default="", repr=False)
    names: bool = False


def uvicorn(app: str, port: int, *options: str, python: str = sys.executable) -> list[str]:
    """One worker, without a log of its requests."""
    quiet = ["--no-access-log", "--log-level", "warning"]
    return [python, "-m", "uvicorn", app, "--port", str(port), *quiet, *options]


def ours(url: str, regions: Path) -> Entrant:
    """This project as it ships: migrated, seeded with the region table, with a token of an administrator."""
    port = free_port()
    berdaya = [sys.executable, "-m", "app.cli"]
    environment = {"BERDAYA_DATABASE_URL": url, "BERDAYA_HOST": "127.0.0.1", "BERDAYA_PORT": str(port)}
    run([*berdaya, "migrate"], environment)
    run([*berdaya, "seed", "--regions", str(regions)], environment)
    token = run([*berdaya, "tokens", "create", "--role", "admin", "--name", "bench"], environment)
    return Entrant([*berdaya, "serve"], environment, port, token)


def guarded(open_to_all: Entrant, *, reach: str) -> Entrant:
    """The same installation with all its guards up: a caller with a role and a reach, counted under a rate limit."""
    port = free_port()
    berdaya = [*open_to_all.command[:-1], "tokens", "create"]
    token = run(
        [*berdaya, "--role", "officer", "--region", reach, "--name", "guarded"], open_to_all.environment
    )
    environment = {
        **open_to_all.environment,
        "BERDAYA_PORT": str(port),
        "BERDAYA_RATE_LIMIT": "1000000/second",
    }
    return Entrant(open_to_all.command, environment, port, token, names=True)


def textbook(url: str, regions: Path) -> Entrant:
    """The textbook peer on a database of its own, through the asyncio driver that its documentation names."""
    port, token = free_port(), secrets.token_urlsafe()
    scheme, rest = url.split(":", 1)
    driver = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}[scheme]
    environment = {"TEXTBOOK_DATABASE_URL": f"{driver}:{rest}"}
    filling = [sys.executable, "-m", "benchmarks.peers.textbook_rows", str(regions)]
    run(filling, environment | {"TEXTBOOK_TOKEN": token})
    return Entrant(uvicorn("benchmarks.peers.textbook:app", port), environment, port, token)


def bare(size: int) -> Entrant:
    """Nothing but uvicorn, answering so many bytes."""
    port = free_port()
    command = uvicorn("benchmarks.peers.bare:app", port, "--lifespan", "off")
    return Entrant(command, {"BARE_BYTES": str(size)}, port)
