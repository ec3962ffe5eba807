"""The key of the audit trail is made once beside a SQLite database, and makes equal digests of equal values."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import connect
from app.database.digests import digest, key_beside

KEY = b"kunci contoh untuk uji coba saja"


@given(st.text(), st.text())
def test_equal_values_have_equal_digests_and_others_others(one: str, other: str) -> None:
    assert (digest(KEY, one) == digest(KEY, other)) == (one == other)
    assert digest(b"another" + KEY, one) != digest(KEY, one)


def test_without_a_key_only_that_there_is_a_value_is_told() -> None:
    assert digest(None, "+6281200000917") == "(personal)"


def test_a_key_is_made_once_however_many_start_together(tmp_path: Path) -> None:
    path = str(tmp_path / "berdaya.db")

    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(key_beside, [path] * 32))

    file = tmp_path / "berdaya.db.audit-key"
    assert keys == {file.read_bytes()}
    assert len(file.read_bytes()) >= 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "berdaya.db.audit-key").write_text("")

    with pytest.raises(ValueError, match="holds no key"):
        key_beside(str(tmp_path / "berdaya.db"))


async def test_sqlite_takes_the_key_it_was_given_or_makes_one(tmp_path: Path) -> None:
    given_one = connect(f"sqlite:///{tmp_path / 'a.db'}", audit_key=KEY)
    own = connect(f"sqlite:///{tmp_path / 'b.db'}")

    for one in (given_one, own):
        await one.open()
        await one.close()

    assert given_one.audit_key == KEY
    assert own.audit_key == (tmp_path / "b.db.audit-key").read_bytes()
    assert not (tmp_path / "a.db.audit-key").exists()
