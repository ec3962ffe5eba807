"""A request has its time, and no more than a look's turn beyond it."""

import asyncio

import pytest

from app.http.deadlines import Deadline, Deadlines


async def _under(deadlines: Deadlines, seconds: float, *, grants: float | None = None) -> str:
    with deadlines.within(seconds) as deadline:
        if grants is not None:
            deadline.grant(grants)
        await asyncio.Event().wait()
    return "ended"


async def test_what_takes_too_long_is_ended() -> None:
    deadlines = Deadlines()

    with pytest.raises(TimeoutError):
        await _under(deadlines, 0)


async def test_the_next_one_is_looked_after_when_nothing_ran_for_a_while() -> None:
    deadlines = Deadlines()
    with pytest.raises(TimeoutError):
        await _under(deadlines, 0)
    await asyncio.sleep(0)

    with pytest.raises(TimeoutError):
        await _under(deadlines, 0)


async def test_who_was_granted_more_time_has_it_and_the_others_are_ended() -> None:
    deadlines = Deadlines()
    granted = asyncio.create_task(_under(deadlines, 0, grants=60))

    with pytest.raises(TimeoutError):
        await _under(deadlines, 0)

    assert not granted.done()
    granted.cancel()
    with pytest.raises(asyncio.CancelledError):
        await granted


async def test_whom_somebody_else_cancels_is_cancelled_and_not_late() -> None:
    deadlines = Deadlines()
    task = asyncio.create_task(_under(deadlines, 60))
    await asyncio.sleep(0)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_whom_somebody_else_cancels_when_the_time_is_over_stays_cancelled() -> None:
    deadlines = Deadlines()
    inner: list[Deadline] = []

    async def late() -> None:
        with deadlines.within(60) as deadline:
            inner.append(deadline)
            await asyncio.Event().wait()

    task = asyncio.create_task(late())
    await asyncio.sleep(0)
    inner[0].grant(0)
    inner[0].end_if_passed(float("inf"))

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_what_ends_in_time_is_not_cancelled_afterwards() -> None:
    deadlines = Deadlines()

    with deadlines.within(0):
        pass
    looked_at = asyncio.create_task(_under(deadlines, 0))
    await asyncio.wait([looked_at])

    assert looked_at.exception()
    assert asyncio.current_task().cancelling() == 0  # type: ignore[union-attr]  # a test runs in a task


async def test_another_loop_has_its_own_looks() -> None:
    deadlines = Deadlines()
    with deadlines.within(60):
        pass

    def elsewhere() -> bool:
        try:
            asyncio.run(_under(deadlines, 0))
        except TimeoutError:
            return True
        return False

    assert await asyncio.to_thread(elsewhere)
