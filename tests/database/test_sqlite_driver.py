"""A SQLite that may corrupt a database is known by its version, and whoever runs one is told."""

import pytest

from app.database.sqlite_driver import sqlite, wal_reset_fault, warning

FAULTY: dict[tuple[int, ...], bool] = {
    (3, 7, 0): True,
    (3, 40, 1): True,
    (3, 44, 5): True,
    (3, 44, 6): False,
    (3, 44, 9): False,
    (3, 45, 0): True,
    (3, 50, 6): True,
    (3, 50, 7): False,
    (3, 51, 0): True,
    (3, 51, 2): True,
    (3, 51, 3): False,
    (3, 53, 4): False,
    (4, 0, 0): False,
}


@pytest.mark.parametrize("version", FAULTY)
def test_the_versions_with_the_wal_reset_fault_are_known(version: tuple[int, ...]) -> None:
    assert wal_reset_fault(version) is FAULTY[version]


def test_the_sqlite_in_use_is_warned_of_when_it_has_the_fault() -> None:
    assert (warning() is not None) is wal_reset_fault(sqlite.sqlite_version_info)
