"""What takes a file apart is a process of its own, that knows nothing of the server and cannot end it."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

import app
from app.exchange.imports import confining
from app.exchange.imports.confining import confined
from app.exchange.imports.reading import read
from app.exchange.imports.wire import heard, spoken
from app.http.problems import Refusal
from tests.exchange.imports.bombs import HEADER, book, text_row

SMALL = book([HEADER, text_row(2, "Contoh", "1")])


async def test_a_child_that_takes_too_long_is_ended_and_told_as_a_problem() -> None:
    order = {"do": "read", "workbook": True, "known": []}

    with pytest.raises(Refusal) as refused:
        await confined(order, SMALL, seconds=0)

    assert (refused.value.code, refused.value.status) == ("import.too_hard", 413)


async def test_a_child_that_breaks_is_told_as_a_problem_and_the_next_one_reads() -> None:
    with pytest.raises(Refusal) as refused:
        await confined({"do": "nothing that is known"}, SMALL, seconds=10)

    assert refused.value.faults[0].code == "import.unreadable"
    assert len((await read(SMALL, media="", known_headers={"nama"})).rows) == 1


async def test_many_files_at_once_are_all_read() -> None:
    tables = await asyncio.gather(*[read(SMALL, media="", known_headers={"nama"}) for _ in range(5)])

    assert len(tables) == 5
    assert all(table == tables[0] for table in tables)


def test_a_child_gets_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BERDAYA_AUDIT_KEY", "a secret that is long enough for a key")

    given = confining._environment()

    assert set(given) <= {"TMPDIR", "SYSTEMROOT", "PYTHONPATH", "PYTHONIOENCODING", "OPENPYXL_LXML"}


def test_a_child_loads_nothing_of_the_server() -> None:
    rooms = "app.exchange.imports.confined.__main__, app.exchange.imports.confined.marking"
    asked = f"import sys, {rooms}; print(*sys.modules)"
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", asked],
        capture_output=True,
        check=True,
        cwd=Path(app.__file__).parents[1],
        env={**os.environ},
    )

    loaded = {name.partition(".")[0] for name in done.stdout.decode().split()}
    ours = {name for name in done.stdout.decode().split() if name.startswith("app.")}
    assert "openpyxl" in loaded
    assert not loaded & {"fastapi", "starlette", "sqlalchemy", "pydantic", "asyncpg", "structlog", "uvicorn"}
    assert {name.split(".")[1] for name in ours} == {"exchange"}


async def test_a_table_that_broke_off_on_its_way_is_no_table() -> None:
    table = await read(SMALL, media="", known_headers={"nama"})
    told = b"".join(spoken(table))

    assert heard(told) == table
    with pytest.raises(ValueError, match="broke off"):
        heard(told[: told.rstrip().rfind(b"\n") + 1])
