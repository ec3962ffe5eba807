"""The load generator: so many keep-alive connections, one request in flight on each, every status checked.

It knows just enough HTTP/1.1 (status line, Content-Length) to be far cheaper than any server it drives.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import cast

import uvloop

HEAD_END = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"
PATIENCE = 30.0
"""Seconds after the end of a round for what is still on its way."""


class UnreadableAnswerError(Exception):
    """The server sent something this generator cannot follow, or closed a connection it should have kept."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a stretch of load saw: answers as expected, others, its own share of a core (0..1), the longest wait."""

    answered: int
    failed: int
    seconds: float
    busy: float
    worst: float = 0.0
    others: str = ""
    """The statuses that were not expected, each with its number."""


def cut(buffer: bytes) -> tuple[bytes, int] | None:
    """Status and length in bytes of the answer at the start of the buffer; None while it is incomplete."""
    head = buffer.find(HEAD_END)
    if head < 0:
        return None
    if buffer[9:12] == b"304":  # never has a body, and need not tell its length (RFC 9110, 15.4.5)
        return b"304", head + len(HEAD_END)
    at = buffer[:head].lower().find(LENGTH)
    if at < 0:
        raise UnreadableAnswerError("an answer without Content-Length")
    at += len(LENGTH)
    whole = head + len(HEAD_END) + int(buffer[at : buffer.find(b"\r", at)])
    return (buffer[9:12], whole) if len(buffer) >= whole else None


class Client(asyncio.Protocol):
    """One connection: sends the next request as soon as the answer to the last one is complete."""

    def __init__(
        self, requests: Iterator[bytes], finished: asyncio.Future[None], expected: bytes = b"200"
    ) -> None:
        self.requests, self.finished, self.expected = requests, finished, expected
        self.buffer, self.stopping = b"", False
        self.answered = 0
        self.others: Counter[bytes] = Counter()
        self.sent = self.worst = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # A cast, since uvloop's transports are not registered as asyncio's.
        self.transport = cast(asyncio.WriteTransport, transport)

    def send(self) -> None:
        self.sent = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        try:
            answer = cut(self.buffer)
        except UnreadableAnswerError as error:
            self.finished.set_exception(error)
            self.transport.close()
            return
        if answer is None:
            return
        self.buffer = self.buffer[answer[1] :]
        self.worst = max(self.worst, time.perf_counter() - self.sent)
        if answer[0] == self.expected:
            self.answered += 1
        else:
            self.others[answer[0]] += 1
        if self.stopping:
            self.finished.set_result(None)
            self.transport.close()
        else:
            self.send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.finished.done():
            self.finished.set_exception(UnreadableAnswerError(f"connection closed: {error}"))


def _itself(client: Client) -> Client:
    return client


async def _drive(
    port: int, requests: Sequence[bytes], connections: int, seconds: float, expected: bytes
) -> Load:
    loop = asyncio.get_running_loop()
    shared = cycle(requests)
    clients = [Client(shared, loop.create_future(), expected) for _ in range(connections)]
    for client in clients:
        await loop.create_connection(partial(_itself, client), "127.0.0.1", port)
    begin, busy = time.perf_counter(), time.process_time()
    for client in clients:
        client.send()
    finished = [client.finished for client in clients]
    await asyncio.wait(finished, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
    for client in clients:
        client.stopping = True
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*finished)
    except TimeoutError as late:
        raise UnreadableAnswerError(f"no answer within {PATIENCE:.0f} s after the round") from late
    elapsed = time.perf_counter() - begin
    others = sum((client.others for client in clients), Counter())
    return Load(
        answered=sum(client.answered for client in clients),
        failed=others.total(),
        seconds=elapsed,
        busy=(time.process_time() - busy) / elapsed,
        worst=max(client.worst for client in clients),
        others=", ".join(f"{status.decode()}: {number}" for status, number in sorted(others.items())),
    )


def drive(
    port: int, requests: Sequence[bytes], *, connections: int, seconds: float, expected: bytes = b"200"
) -> Load:
    """Send the requests in turn, again from the first when they run out, until the time is up.

    Every request that was sent is waited for, so that the server's CPU time belongs to the answers counted.
    Raises UnreadableAnswerError.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_drive(port, requests, connections, seconds, expected))
