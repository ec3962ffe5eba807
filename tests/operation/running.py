"""The command `berdaya` as a process, and a server that is started and stopped as an operator would."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx

from app.access.tokens import keep, new_token
from app.database import connect
from tests.conftest import act_of
from tests.watched import watch

START_SECONDS = 60


def berdaya(*words: str, url: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end with what is typed into it; its output is text."""
    finished = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "app.cli", *words],
        env=environment_of(url, environment),
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    watch.hold(finished.stderr)
    return finished


@contextmanager
def served(url: str, **environment: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """A server that is ready, with a client of it."""
    port = free_port()
    process = subprocess.Popen(  # our own command
        [sys.executable, "-m", "app.cli", "serve"],
        env=environment_of(url, {"BERDAYA_PORT": str(port), **environment}),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            _wait(client, process)
            yield client, process
    finally:
        if process.poll() is None:
            process.terminate()
        _, logged = process.communicate(timeout=30)
        watch.hold(logged or "")


def _wait(client: httpx.Client, process: subprocess.Popen[str]) -> None:
    patience = time.monotonic() + START_SECONDS
    while time.monotonic() < patience and process.poll() is None:
        try:
            client.get("/health/live")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not come up")


def environment_of(url: str, more: Mapping[str, str]) -> dict[str, str]:
    """Ours, with the database and what is told besides."""
    return {**os.environ, "BERDAYA_DATABASE_URL": url, **more}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def token_in(url: str) -> str:
    """A token of the office in a database that no server has open."""
    token = new_token()

    async def grant() -> None:
        database = connect(url)
        await database.open()
        await database.write(
            act_of("token"),
            lambda tx: keep(tx, token, role="admin", name="office", region="", source="office"),
        )
        await database.close()

    asyncio.run(grant())
    return token
