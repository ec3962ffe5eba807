"""A server that outlives the faults of its database, eight clients at work on it, and what is seen of it meanwhile."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import IO
from urllib.parse import urlsplit, urlunsplit

import httpx

from app.database.words import new_id
from tests.faults.proxy import Proxy
from tests.operation.crashing import PLACE, Crew
from tests.operation.running import environment_of, free_port, token_in
from tests.watched import watch

START_SECONDS = 30
READS = (f"/v1/villages/{PLACE}", "/v1/villages?region=64.02&limit=5", "/v1/groups?limit=5")
WRITES = 4


@dataclass
class Seen:
    """The statuses of one wave of requests, and the longest that one took in seconds."""

    reads: list[int] = field(default_factory=list)
    writes: list[int] = field(default_factory=list)
    ready: int = 0
    unexplained: list[str] = field(default_factory=list)
    """What a 503 lacked."""
    longest: float = 0.0

    @property
    def well(self) -> bool:
        """Whether everything was answered."""
        return {*self.reads, *self.writes, self.ready} <= {200, 201}


class Stand:
    """One server process; PostgreSQL stands behind a proxy of ours."""

    def __init__(self, url: str, *, prefix: Sequence[str] = (), token: str = "", **environment: str) -> None:
        self.url = url
        self.proxy: Proxy | None = None
        used = url
        if not url.startswith("sqlite"):
            self.proxy, used = _proxied(url)
        self.token = token or token_in(url)
        self.port = free_port()
        self._command = [*prefix, sys.executable, "-m", "app.cli", "serve"]
        told = {"BERDAYA_PORT": str(self.port), "BERDAYA_LOG_REQUESTS": "none", **environment}
        self._environment = environment_of(used, told)
        self.log: list[str] = []
        self._crew: Crew | None = None

    def start(self) -> None:
        """Start it and wait until it says that it lives."""
        self.process = subprocess.Popen(  # noqa: S603  # our own command
            self._command, env=self._environment, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stderr is not None
        # Through a pipe, as a full disk of the server must not be one of its log.
        self._reading = Thread(target=self._read, args=(self.process.stderr,), daemon=True)
        self._reading.start()
        with self.client() as client:
            until(lambda: self.process.poll() is not None or _lives(client), START_SECONDS)
        assert self.process.poll() is None, "".join(self.log)

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self.log.append(line)

    def stop(self) -> None:
        """As an operator would; what it logged is read for personal values."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        self._reading.join(30)
        watch.hold("".join(self.log))
        if self.proxy is not None:
            self.proxy.close()

    def client(self, port: int = 0) -> httpx.Client:
        """A client of the office, at another port where a proxy stands before it."""
        return httpx.Client(
            base_url=f"http://127.0.0.1:{port or self.port}",
            timeout=30,
            headers={"authorization": f"Bearer {self.token}"},
            trust_env=False,
        )

    @property
    def crew(self) -> Crew:
        """Those who work, with all that was acknowledged to them since the first time."""
        if self._crew is None:
            with self.client() as client:
                self._crew = Crew(client)
        return self._crew

    @contextmanager
    def at_work(self, port: int = 0) -> Iterator["Shift"]:
        """Eight clients that work until the end of the block, each until its last deed is acknowledged."""
        workers, stop = self.crew.workers, Event()
        with ExitStack() as open_clients, ThreadPoolExecutor(len(workers)) as pool:
            clients = [open_clients.enter_context(self.client(port)) for _ in workers]
            working = [
                pool.submit(worker.work, client, self.crew.journal, stop)
                for worker, client in zip(workers, clients, strict=True)
            ]
            try:
                yield Shift(self.crew, working)
            finally:
                stop.set()
        for one in working:
            one.result()

    def wave(self) -> Seen:
        """Ask for everything at once: reads, writes and whether it is ready."""
        seen = Seen()
        with self.client() as client, ThreadPoolExecutor(len(READS) + WRITES + 1) as pool:
            reading = [pool.submit(client.get, address) for address in READS]
            writing = [pool.submit(_write, client) for _ in range(WRITES)]
            ready = pool.submit(client.get, "/health/ready")
        seen.reads = [one.result().status_code for one in reading]
        seen.writes = [one.result().status_code for one in writing]
        seen.ready = ready.result().status_code
        for answer in (one.result() for one in (*reading, *writing, ready)):
            seen.longest = max(seen.longest, answer.elapsed.total_seconds())
            if answer.status_code == 503:
                seen.unexplained += lacks(answer)
        return seen


@dataclass
class Shift:
    """The crew at work."""

    crew: Crew
    working: list[Future[None]]

    def more(self, deeds: int) -> None:
        """Wait until so many more deeds are acknowledged."""
        enough = self.crew.journal.acknowledged + deeds
        until(lambda: self.crew.journal.acknowledged >= enough or self.broken_off > 0)

    @property
    def broken_off(self) -> int:
        """How many have ended early: their connection broke, or they were answered as nobody should be."""
        return sum(one.done() for one in self.working)


def lacks(answer: httpx.Response) -> list[str]:
    """What a refusal lacks to be one that tells a client how to go on."""
    wanted = {
        "Retry-After": answer.headers.get("retry-after") == "1",
        "problem document": answer.headers["content-type"].startswith("application/problem+json"),
        "code": answer.json().get("code") in {"server.unavailable", "server.crowded"},
    }
    return [what for what, there in wanted.items() if not there]


def until(there: Callable[[], bool], patience: float = 60) -> float:
    """Wait for something that comes by itself; gives the seconds it took."""
    began = time.monotonic()
    while not there():
        assert time.monotonic() < began + patience, "it does not come"
        time.sleep(0.02)
    return time.monotonic() - began


def _write(client: httpx.Client) -> httpx.Response:
    # Under a key, as the crew's: then effects and kept answers can be held against one another.
    body = {"title": "Pelatihan Contoh", "focus": "kewirausahaan", "village_code": PLACE, "year": 2024}
    return client.post("/v1/trainings", json=body, headers={"idempotency-key": f"wave-{new_id()}"})


def _lives(client: httpx.Client) -> bool:
    try:
        return client.get("/health/live").status_code == 200
    except httpx.TransportError:
        return False


def _proxied(url: str) -> tuple[Proxy, str]:
    there = urlsplit(url)
    proxy = Proxy(there.hostname or "127.0.0.1", there.port or 5432)
    who, _, _ = there.netloc.rpartition("@")
    return proxy, urlunsplit(there._replace(netloc=f"{who}@127.0.0.1:{proxy.port}"))
