"""A restore that is killed anywhere leaves a place that no server takes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import anyio
import anyio.to_thread
import pytest
from alembic import command

from app.database.migrate import alembic_config, migrate
from app.database.schema import HEAD, RESTORING, StaleSchema
from app.database.whole import reading
from tests.backups.making import backed_up
from tests.operation.running import berdaya

OLD = "0008"
STEPS = 9
"""More than a restore has."""


def restored_into(file: Path, places: list[str]) -> list[str]:
    """What became of a restore into each place, killed at its first connection, its second and so on."""
    told = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", "tests.backups.killed", str(file), *places],
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.split()


async def revision(place: str) -> str | None:
    """What a server would find there; None where there is nothing at all."""
    if place.startswith("sqlite") and not await anyio.Path(place.removeprefix("sqlite:///")).exists():
        return None
    async with reading(place) as whole:
        return await whole.revision()


async def test_an_older_backup_whose_restore_is_killed_between_any_two_steps_is_not_served(
    empty: Callable[[], str], tmp_path: Path
) -> None:
    old, file, places = empty(), tmp_path / "a.backup", [empty() for _ in range(STEPS)]
    await anyio.to_thread.run_sync(command.upgrade, alembic_config(old), OLD)
    await backed_up(old, file)

    ends = await anyio.to_thread.run_sync(restored_into, file, places)

    found = [await revision(place) for place in places]
    killed = ends.index("ended")
    half = next(place for place, now in zip(places, found, strict=True) if now == RESTORING)
    serve = await anyio.to_thread.run_sync(lambda: berdaya("serve", url=half))
    assert (set(ends[:killed]), set(ends[killed:])) == ({"killed"}, {"ended"})
    assert set(found[:killed]) == {None, RESTORING}
    assert found[:killed].count(RESTORING) >= 5
    assert set(found[killed:]) == {HEAD}
    assert (serve.returncode, "a restore that did not end" in serve.stderr) == (1, True)
    with pytest.raises(StaleSchema, match="did not end"):
        await anyio.to_thread.run_sync(migrate, half)
