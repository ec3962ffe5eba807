"""What the application does by itself goes on after a failure, and ends when it is told to."""

import asyncio

import pytest
from structlog.testing import capture_logs

from app.background import run_every


async def test_work_that_fails_is_logged_and_done_again_until_it_is_cancelled() -> None:
    times, done = 0, asyncio.Event()

    async def work() -> None:
        nonlocal times
        times += 1
        if times < 3:
            raise OSError("not now")
        done.set()

    with capture_logs() as logged:
        task = asyncio.create_task(run_every(0, work))
        await done.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert [(line["event"], line["reason"]) for line in logged] == [("background", "OSError")] * 2
