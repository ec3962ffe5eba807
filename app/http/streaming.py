"""A stream is sent piece by piece until it ends or nobody listens any more; others are served in between."""

import asyncio
from collections.abc import AsyncIterator

from starlette.types import Receive, Send


async def stream(pieces: AsyncIterator[bytes], receive: Receive, send: Send) -> None:
    """Send the pieces as the rest of a response that has begun."""
    # A server takes what is sent after the client left and says nothing: it has to be asked.
    left = asyncio.ensure_future(_left(receive))
    try:
        async for piece in pieces:
            if left.done():
                return
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            # With a quick reader and a database in process nothing above ever waits.
            await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b""})
    finally:
        left.cancel()
        await asyncio.wait([left])


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
