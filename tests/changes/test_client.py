"""The client of `docs/feed.md` keeps a copy that is what the server has, however often it is killed."""

import asyncio
import importlib.util
import json
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.changes.epoch import raise_epoch
from app.database import connect
from tests.changes.reading import Key, Told
from tests.conftest import act_of
from tests.operation.running import berdaya, served

PROGRAM = Path(__file__).parents[2] / "docs" / "follow_changes.py"
ANGGANA, SEPATIN = "64.02.04", "64.02.04.2001"
RECODING = {"new_code": "64.02.05.2099", "effective_on": "2026-01-01", "legal_basis": "Contoh 1/2026"}


@pytest.fixture(scope="module")
def client() -> ModuleType:
    """The program as a module."""
    specification = importlib.util.spec_from_file_location("follow_changes", PROGRAM)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@contextmanager
def copy_in(client: ModuleType, file: Path) -> Iterator[sqlite3.Connection]:
    """A copy's file, made ready."""
    with closing(sqlite3.connect(file)) as copy:
        copy.executescript(client.SCHEMA)
        yield copy


def brought_up(client: ModuleType, file: Path, url: str, region: str = "") -> dict[Key, tuple[int, Told]]:
    """The copy once nothing is new, as the program keeps it."""
    with copy_in(client, file) as copy:
        while client.step(copy, url, region):
            pass
        rows = copy.execute("SELECT type, id, version, data FROM things").fetchall()
    return {(kind, id): (version, json.loads(data)) for kind, id, version, data in rows}


def there(server: httpx.Client, region: str = "") -> dict[Key, tuple[int, Told]]:
    """What the server has."""
    found: list[Told] = []
    page: Told = {"next_cursor": ""}
    while page["next_cursor"] is not None:
        given = {"cursor": page["next_cursor"], "region": region, "limit": "500"}
        told = server.get("/v1/changes/snapshot", params={name: one for name, one in given.items() if one})
        page = told.json()
        found += page["items"]
    return {(one["type"], one["resource_id"]): (one["version"], one["data"]) for one in found}


def busy_office(server: httpx.Client, token: str, *, deeds: int) -> None:
    """Random deeds: groups made, changed, moved and removed, villages renamed."""
    luck = random.Random(11)  # noqa: S311  # a play that can be repeated
    head = {"authorization": f"Bearer {token}"}
    groups: list[str] = []
    codes = ("64.02.04.2001", "64.02.04.2002", "64.02.05.2001")
    for number in range(deeds):
        deed = luck.choice(("make", "make", "change", "move", "remove", "rename"))
        if deed == "make" or not groups:
            new = {"name": f"Kelompok Contoh {number}", "kind": "kelompok_usaha"}
            told = server.post("/v1/groups", json={**new, "village_code": luck.choice(codes)}, headers=head)
            groups.append(told.json()["id"])
            continue
        if deed == "rename":
            address, change = f"/v1/villages/{luck.choice(codes)}", {"name": f"Contoh {number}"}
        elif deed == "move":
            address, change = f"/v1/groups/{luck.choice(groups)}", {"village_code": luck.choice(codes)}
        else:
            address, change = f"/v1/groups/{luck.choice(groups)}", {"name": f"Kelompok Contoh {number}"}
        if deed == "remove":
            told = server.delete(f"/v1/groups/{groups.pop()}", headers=head)
        else:
            told = server.patch(address, json=change, headers=head)
        assert told.is_success, told.text


def admitted(url: str) -> str:
    """A token of the office."""
    return berdaya("tokens", "create", "--role", "admin", "--name", "office", url=url).stdout.strip()


@pytest.mark.parametrize("region", ["", ANGGANA])
def test_a_copy_is_what_the_server_has_although_its_keeper_is_killed_again_and_again(
    region: str, database_url: str, client: ModuleType, tmp_path: Path
) -> None:
    token, file = admitted(database_url), tmp_path / "copy.db"
    with served(database_url, BERDAYA_LOG_REQUESTS="none") as (server, _):
        url = str(server.base_url).rstrip("/")
        writing = threading.Thread(target=busy_office, args=(server, token), kwargs={"deeds": 120})
        writing.start()
        while writing.is_alive():
            killed_soon(url, file, region)
        server.post(
            f"/v1/villages/{SEPATIN}/recode", json=RECODING, headers={"authorization": f"Bearer {token}"}
        ).raise_for_status()

        copy = brought_up(client, file, url, region)

        assert copy == there(server, region)
        assert len(copy) > 5


def killed_soon(url: str, file: Path, region: str) -> None:
    """Let the program follow for a moment, and end it without a warning."""
    words = [sys.executable, str(PROGRAM), url, str(file), region]
    with subprocess.Popen(words) as keeping:  # noqa: S603  # our own program
        time.sleep(0.4)
        keeping.send_signal(signal.SIGKILL)


def test_after_a_restore_the_copy_starts_again(database_url: str, client: ModuleType, tmp_path: Path) -> None:
    token, file = admitted(database_url), tmp_path / "copy.db"
    with served(database_url, BERDAYA_LOG_REQUESTS="none") as (server, _):
        url = str(server.base_url).rstrip("/")
        brought_up(client, file, url)
        with copy_in(client, file) as copy, copy:
            copy.execute("INSERT INTO things VALUES ('group', 'lost', 9, NULL, 'null')")
        asyncio.run(restored(database_url))
        busy_office(server, token, deeds=10)

        copy_now = brought_up(client, file, url)

        assert copy_now == there(server)


async def restored(url: str) -> None:
    """What a restore ends with."""
    database = connect(url)
    await database.open()
    await database.write(act_of("restore"), raise_epoch)
    await database.close()


@given(
    st.lists(st.sampled_from(("change", "remove")), max_size=12).flatmap(
        lambda deeds: st.tuples(st.just(deeds), st.integers(0, len(deeds)), st.integers(0, len(deeds)))
    )
)
def test_wherever_the_copy_was_read_the_feed_brings_it_to_the_end(
    client: ModuleType, drawn: tuple[list[str], int, int]
) -> None:
    deeds, one, other = drawn
    after, read = sorted((one, other))
    told = history(deeds)

    with closing(sqlite3.connect(":memory:")) as copy:
        copy.executescript(client.SCHEMA)
        if read and told[read - 1][0] != "deleted":
            copy.execute(client.KEEP, ("group", "1", told[read - 1][1], None, str(read)))
        for place, (operation, version) in list(enumerate(told, 1))[after:]:
            if operation == "deleted":
                copy.execute(client.DROP, ("group", "1", version))
            else:
                copy.execute(client.KEEP, ("group", "1", version, None, str(place)))
        kept = copy.execute("SELECT data FROM things").fetchall()

    gone = not told or told[-1][0] == "deleted"
    assert kept == ([] if gone else [(str(len(told)),)])


def history(deeds: list[str]) -> list[tuple[str, int]]:
    """The changes of a thing that is made, changed, removed and made again under the same name."""
    told: list[tuple[str, int]] = []
    version = 0
    for deed in deeds:
        if deed == "remove" and version:
            told.append(("deleted", version + 1))
            version = 0
        else:
            version += 1
            told.append(("created" if version == 1 else "updated", version))
    return told


GOOD = b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"at":1}'


def answers(*told: bytes) -> tuple[str, threading.Thread]:
    """A server that gives each of these answers once, whatever it is asked."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve(scripted: Sequence[bytes]) -> None:
        with listener:
            for one in scripted:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(one)

    thread = threading.Thread(target=serve, args=(told,))
    thread.start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}", thread


def test_the_keeper_waits_as_long_as_it_is_told_and_asks_again_when_an_answer_breaks_off(
    client: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    busy = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"
    away = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"
    url, thread = answers(busy, away, b"", GOOD[:-3], b"HTTP/1.1 200 OK\r\n\r\n{", GOOD)

    told = client.get(url)
    thread.join()

    assert told == {"at": 1}
    assert pauses[:2] == [7, 2]
    assert len(pauses) == 5
