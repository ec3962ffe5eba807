"""A child process for each file that somebody sent: small, short-lived, without our environment, two at a time.

The server itself never takes an upload apart, so no upload can end it; a child that is ended is a problem document.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import orjson
import structlog

import app
from app.exchange.imports.texts import refusal
from app.exchange.imports.wire import line

AT_ONCE = 2
READ_SECONDS = 30
MARK_SECONDS = 60
MOST_ANSWER = 100_000_000
"""Bytes that a child may answer."""
_PIECE = 1 << 18

_log = structlog.get_logger("berdaya.imports")
_doors: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def confined(order: Mapping[str, Any], body: bytes, *, seconds: int) -> bytes:
    """What a child makes of a file; raises the problem that it names, or `import.too_hard` when it had to be ended."""
    async with _doors.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)):
        told = await _told(line({**order, "seconds": seconds}) + body, seconds)
    head = told.partition(b"\n")[0]
    try:
        said = orjson.loads(head)
    except orjson.JSONDecodeError:
        raise refusal("import.too_hard") from None
    if isinstance(said, dict) and "refused" in said:
        _log.info("import_refused", code=said["refused"], why=said.get("why"))
        raise refusal(said["refused"], **said["facts"])
    return told


async def _told(sent: bytes, seconds: int) -> bytes:
    """All that a child answers; empty when it did not end well or in time."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-s",
        "-m",
        "app.exchange.imports.confined",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
    )
    try:
        async with asyncio.timeout(seconds):
            _, told = await asyncio.gather(_send(child, sent), _receive(child))
            return told if await child.wait() == 0 else b""
    except TimeoutError:
        return b""
    finally:
        await _end(child)


async def _send(child: asyncio.subprocess.Process, sent: bytes) -> None:
    """Hand over the file; a child that has ended before takes no more of it."""
    assert child.stdin is not None  # noqa: S101  # it was started with a pipe
    with suppress(BrokenPipeError, ConnectionResetError):
        child.stdin.write(sent)
        await child.stdin.drain()
    child.stdin.close()


async def _receive(child: asyncio.subprocess.Process) -> bytes:
    assert child.stdout is not None  # noqa: S101  # it was started with a pipe
    pieces: list[bytes] = []
    size = 0
    while piece := await child.stdout.read(_PIECE):
        size += len(piece)
        if size > MOST_ANSWER:
            raise refusal("import.too_much_text")
        pieces.append(piece)
    return b"".join(pieces)


async def _end(child: asyncio.subprocess.Process) -> None:
    """Leave no child behind, whatever happened."""
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
        await child.communicate()


def _environment() -> dict[str, str]:
    """Nothing of ours but where the code is and where a temporary file may be."""
    kept = {name: os.environ[name] for name in ("TMPDIR", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(Path(app.__file__).parents[1]),
        "PYTHONIOENCODING": "utf-8",
        "OPENPYXL_LXML": "False",
    }
