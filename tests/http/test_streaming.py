"""A stream whose reader leaves is made no further, and one that is read to the end says that it has ended."""

import asyncio
from collections.abc import AsyncIterator

from starlette.types import Message

from app.http.streaming import stream


class Reader:
    """Takes so many pieces and then leaves."""

    def __init__(self, pieces: int) -> None:
        self.sent: list[Message] = []
        self._pieces = pieces
        self._left = asyncio.Event()
        self._asked = False

    async def receive(self) -> Message:
        """A request without a body, and nothing more until the reader leaves."""
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take a piece, also when nobody is there, as servers do."""
        self.sent.append(message)
        if len(self.sent) == self._pieces:
            self._left.set()


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield b"piece"


async def three() -> AsyncIterator[bytes]:
    for piece in (b"1", b"2", b"3"):
        yield piece


async def test_nothing_more_is_made_for_a_reader_who_left() -> None:
    reader = Reader(pieces=2)

    await stream(endless(), reader.receive, reader.send)

    assert 2 <= len(reader.sent) < 10
    assert all(message["more_body"] for message in reader.sent)


async def test_what_is_read_to_the_end_ends() -> None:
    reader = Reader(pieces=99)

    await stream(three(), reader.receive, reader.send)

    assert [message["body"] for message in reader.sent] == [b"1", b"2", b"3", b""]
    assert "more_body" not in reader.sent[-1]


async def test_others_are_served_between_two_pieces() -> None:
    reader = Reader(pieces=99)
    served: list[int] = []

    async def other() -> None:
        for _ in range(3):
            served.append(len(reader.sent))
            await asyncio.sleep(0)

    await asyncio.gather(stream(three(), reader.receive, reader.send), other())

    assert served != [0, 4, 4]
    assert max(served) < 4
