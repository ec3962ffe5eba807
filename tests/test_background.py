"""What the application does by itself goes on after a failure, and ends when it is told to."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from app.background import pause_after, run_every


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


@given(failures=st.integers(0, 10**6), seconds=st.floats(0, 60))
def test_the_pause_grows_with_each_failure_in_a_row_up_to_a_bound(failures: int, seconds: float) -> None:
    now, later = (pause_after(one, seconds=seconds) for one in (failures, failures + 1))

    assert seconds <= now <= later <= max(seconds, 8.0)


def test_after_the_first_failure_the_pause_is_short_and_after_success_as_usual() -> None:
    assert [pause_after(failures, seconds=0.0) for failures in range(7)] == [0, 0.25, 0.5, 1, 2, 4, 8]
    assert pause_after(0, seconds=5.0) == 5.0
