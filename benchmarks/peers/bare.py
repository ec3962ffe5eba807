"""The floor: the smallest ASGI application, answering one constant of a given size whatever is asked."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

BODY = b"x" * int(os.environ.get("BARE_BYTES", "500"))
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())],
}
END = {"type": "http.response.body", "body": BODY}


async def app(_scope: object, _receive: object, send: Callable[[Any], Awaitable[None]]) -> None:
    """Answer the constant; run with `--lifespan off`, since nothing but a request is understood."""
    await send(START)
    await send(END)
