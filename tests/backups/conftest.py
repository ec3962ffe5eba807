"""From where to where a test moves a register."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.backups.form import Manifest
from app.backups.restoring import Restored
from app.subjects.erasing import Erasure
from tests.backups.making import backed_up, restored
from tests.conftest import Templates


@dataclass
class Move:
    """A database with data, an empty place of the same engine and a file between them."""

    url: str
    place: str
    file: Path

    async def out(self) -> Manifest:
        """Make the backup."""
        return await backed_up(self.url, self.file)

    async def back(self, *erasures: Erasure) -> Restored:
        """Restore it."""
        return await restored(self.place, self.file, erasures)


@pytest.fixture
def move(database_url: str, empty: Callable[[], str], tmp_path: Path) -> Move:
    """From the fresh database to an empty one."""
    return Move(database_url, empty(), tmp_path / "a.backup")


@pytest.fixture
def empty(engine: str, templates: Templates) -> Callable[[], str]:
    """Gives an empty database of this engine."""
    return lambda: templates.empty(engine)
