"""What is not a whole backup never looks like one, and nothing is written for it."""

import gzip
import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from app.backups.form import END_BYTES, Unusable, end_mark
from app.backups.reading import checked
from app.backups.writing import back_up
from app.database.migrate import migrate
from app.subjects.erasing import read_log
from tests.backups.conftest import Move
from tests.backups.making import restored

UNDER_SIZES = """
import resource, signal, sys, anyio
from pathlib import Path
from app.backups.writing import back_up
from app.database.sqlite_driver import sqlite
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[2])
# The files beside the database are there already, as beside a server.
kept = sqlite.connect(sys.argv[1].removeprefix("sqlite:///"))
kept.execute("SELECT 1 FROM feed").fetchall()
for size in map(int, sys.argv[3:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        anyio.run(back_up, sys.argv[1], path)
    except OSError as full:
        print(type(full).__name__, [one.name for one in path.parent.iterdir()])
    else:
        print("whole", [one.name for one in path.parent.iterdir()])
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backup of a register without a village: some thousand bytes."""
    folder = tmp_path_factory.mktemp("small")
    migrate(f"sqlite:///{folder / 'small.db'}")
    anyio.run(back_up, f"sqlite:///{folder / 'small.db'}", folder / "small.backup")
    return folder / "small.backup"


def refused(path: Path, data: bytes) -> str:
    """Why a file with these bytes is no backup."""
    path.write_bytes(data)
    with pytest.raises(Unusable) as why:
        checked(path)
    return str(why.value)


def test_a_backup_is_readable_by_its_owner_alone_and_writes_over_nothing(small: Path) -> None:
    before = small.read_bytes()

    with pytest.raises(FileExistsError, match="there already"):
        anyio.run(back_up, f"sqlite:///{small.with_name('small.db')}", small)

    assert (stat.S_IMODE(small.stat().st_mode), small.read_bytes()) == (0o600, before)


def test_a_list_of_erasures_that_is_none_is_refused_by_its_line() -> None:
    told = b'{"id":"i","at":"a","type":"ukm","resource_id":"r","fields":["phone"],"reason":"Contoh"}'

    assert [one.fields for one in read_log(told + b"\n\n" + told)] == [("phone",), ("phone",)]
    for wrong in (b"[]", b"{}", b"Contoh", told.replace(b"phone", b"name"), told.replace(b"ukm", b"village")):
        with pytest.raises(ValueError, match="line 2"):
            read_log(told + b"\n" + wrong)


def test_a_backup_that_was_cut_off_anywhere_is_refused(small: Path, tmp_path: Path) -> None:
    whole = small.read_bytes()

    whys = {refused(tmp_path / "a", whole[:length]) for length in range(len(whole))}

    assert len(whole) > 1_000
    assert {why.partition(" ")[2].split(":")[0] for why in whys} == {
        "is no backup of Berdaya, or its beginning was changed",
        "has no end",
    }


def test_a_backup_with_one_bit_changed_anywhere_or_a_byte_added_is_refused(
    small: Path, tmp_path: Path
) -> None:
    whole = small.read_bytes()

    for place in range(len(whole)):
        bit = 1 << place % 8
        refused(tmp_path / "a", whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
    refused(tmp_path / "a", whole + b"\n")
    refused(tmp_path / "a", b"\n" + whole)


def test_a_row_that_was_edited_is_found_in_its_table_whatever_the_end_says(
    small: Path, tmp_path: Path
) -> None:
    lines = gzip.decompress(small.read_bytes()[:-END_BYTES]).splitlines(keepends=True)
    row = next(number for number, line in enumerate(lines) if line.startswith(b'[1,"'))
    edited = gzip.compress(b"".join([*lines[:row], lines[row].replace(b"-", b"_"), *lines[row + 1 :]]))
    dropped = gzip.compress(b"".join(lines[:row] + lines[row + 1 :]))
    unknown = gzip.compress(lines[0].replace(b'"format":1', b'"format":2') + b"".join(lines[1:]))

    whys = [
        refused(tmp_path / "a", told + end_mark(hashlib.sha256(told).hexdigest()))
        for told in (edited, dropped, unknown)
    ]

    assert [why.partition("a")[2].split("/a")[-1].strip() for why in whys] == [
        ": not as its manifest says: feed",
        ": not as its manifest says: feed",
        "has format 2; this version reads format 1",
    ]


def test_nothing_is_written_for_a_backup_that_is_unsound(small: Path, tmp_path: Path) -> None:
    broken, place = tmp_path / "a", tmp_path / "new.db"
    broken.write_bytes(small.read_bytes()[:-1])

    with pytest.raises(Unusable, match="has no end"):
        anyio.run(restored, f"sqlite:///{place}", broken)

    assert [one.name for one in tmp_path.glob("new*")] == []


def test_a_backup_of_a_later_version_is_refused(small: Path, tmp_path: Path) -> None:
    lines = gzip.decompress(small.read_bytes()[:-END_BYTES])
    told = gzip.compress(lines.replace(b'"revision":"0', b'"revision":"9', 1))
    (tmp_path / "a").write_bytes(told + end_mark(hashlib.sha256(told).hexdigest()))

    with pytest.raises(Unusable, match="this version knows them up to"):
        anyio.run(restored, f"sqlite:///{tmp_path / 'new.db'}", tmp_path / "a")

    assert not (tmp_path / "new.db").exists()


def test_a_full_disk_at_any_stage_leaves_no_file(small: Path, tmp_path: Path) -> None:
    size = small.stat().st_size
    # Each backup has its own instant, which takes a few bytes more or less.
    sizes = [*range(0, size - 50, size // 20), size + 50]
    words = [f"sqlite:///{small.with_name('small.db')}", str(tmp_path / "a.backup"), *map(str, sizes)]

    ran = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", UNDER_SIZES, *words], capture_output=True, text=True, timeout=60, check=True
    )

    told = ran.stdout.splitlines()
    assert told == ["OSError []"] * (len(sizes) - 1) + ["whole ['a.backup']"]


async def test_a_backup_that_is_killed_leaves_no_file_or_a_whole_one(move: Move) -> None:
    part = move.file.with_name("a.backup.part")
    process = subprocess.Popen(  # noqa: ASYNC220, S603  # our own command
        [sys.executable, "-m", "app.cli", "backup", str(move.file)],
        env={**os.environ, "BERDAYA_DATABASE_URL": move.url},
        stderr=subprocess.DEVNULL,
    )

    await anyio.to_thread.run_sync(_kill_once_it_writes, process, part, move.file)

    if part.exists():
        assert not move.file.exists()
        with pytest.raises(Unusable):
            checked(part)
        with pytest.raises(FileExistsError, match="remove it"):
            await move.out()
        part.unlink()
        await move.out()
    assert checked(move.file).rows > 0


def _kill_once_it_writes(process: "subprocess.Popen[bytes]", part: Path, file: Path) -> None:
    while process.poll() is None and not part.exists() and not file.exists():
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
