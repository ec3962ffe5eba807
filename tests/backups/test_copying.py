"""A copy of the SQLite file is no backup: what was committed last lies in another file."""

import shutil
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from app.database.sqlite_driver import sqlite
from tests.backups.conftest import Move
from tests.backups.making import opened
from tests.groups.making import GROUP


@pytest.mark.engine("sqlite")
async def test_a_plain_copy_of_the_file_loses_what_was_committed_and_a_backup_does_not(
    engine: str, office: httpx.AsyncClient, move: Move
) -> None:
    answers = [await office.post("/v1/groups", json=GROUP) for _ in range(20)]

    copy = move.file.with_name("copy.db")
    shutil.copyfile(move.url.removeprefix("sqlite:///"), copy)
    await move.out()
    await move.back()

    assert {answer.status_code for answer in answers} == {201}
    assert (groups_in(copy), groups_in(Path(move.place.removeprefix("sqlite:///")))) == (0, 20)
    async with opened(move.place) as database:
        assert await database.revision()


def groups_in(file: Path) -> int:
    """How many groups a sound file holds."""
    with closing(sqlite.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        count: int = connection.execute("SELECT count(*) FROM groups").fetchone()[0]
    return count
