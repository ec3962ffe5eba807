"""`berdaya audit`: seal, head and verify, with an exit status that a timer can act on."""

import asyncio
import re
from pathlib import Path

from tests.access.audit import tampering
from tests.access.audit.tampering import asked, tampered
from tests.operation.running import berdaya, served


def last_row(url: str) -> int:
    """The position of the newest audit row."""
    [[position]] = asyncio.run(asked(url, "SELECT max(position) FROM audit"))
    return int(position)


def test_a_head_that_was_kept_proves_the_trail_whole(database_url: str) -> None:
    kept = berdaya("audit", "head", url=database_url)
    berdaya("tokens", "create", "--role", "viewer", "--name", "Contoh", url=database_url)
    unsealed = berdaya("audit", "verify", "--head", kept.stdout.strip(), url=database_url)
    sealed = berdaya("audit", "seal", url=database_url)

    whole = berdaya("audit", "verify", "--head", kept.stdout.strip(), url=database_url)

    assert re.fullmatch(r"\d+:[0-9a-f]{64}\n", kept.stdout)
    assert "1 not sealed yet, 0 wrong" in unsealed.stderr
    assert "1 rows sealed" in sealed.stderr
    assert (whole.returncode, whole.stdout) == (0, "")
    assert "0 not sealed yet, 0 wrong" in whole.stderr


def test_what_was_tampered_with_is_named_and_the_command_fails(database_url: str) -> None:
    kept = berdaya("audit", "head", url=database_url).stdout.strip()
    last = last_row(database_url)
    asyncio.run(tampered(database_url, *tampering.edit(last - 9), *tampering.cut(last - 1)))

    found = berdaya("audit", "verify", "--head", kept, url=database_url)

    number = int(kept.partition(":")[0])
    assert found.returncode == 1
    assert found.stdout.splitlines() == [
        f"edited\tnumber {number - 9}\tposition {last - 9}",
        f"cut\tnumber {number - 1}",
    ]
    assert "2 wrong" in found.stderr


def test_a_head_that_is_none_is_refused(database_url: str) -> None:
    refused = [
        berdaya("audit", "verify", "--head", text, url=database_url)
        for text in ("12", "x:y", "1:" + "z" * 64)
    ]

    assert [one.returncode for one in refused] == [2, 2, 2]
    assert all("NUMBER:HASH" in one.stderr for one in refused)


def test_a_server_tells_the_head_when_it_stops(database_url: str) -> None:
    token = berdaya(
        "tokens", "create", "--role", "admin", "--name", "Contoh", url=database_url
    ).stdout.strip()

    with served(database_url) as (client, process):
        headers = {"authorization": f"Bearer {token}"}
        client.patch("/v1/villages/64.02.04.2001", json={"households": 4}, headers=headers)
        process.terminate()
        _, told = process.communicate(timeout=30)

    kept = berdaya("audit", "head", url=database_url).stdout.strip()
    assert f'"head":"{kept}"' in told
    assert berdaya("audit", "verify", "--head", kept, url=database_url).returncode == 0


def test_a_server_without_a_key_says_so_once_on_postgresql(database_url: str) -> None:
    with served(database_url) as (_, process):
        process.terminate()
        _, told = process.communicate(timeout=30)
    with served(database_url, BERDAYA_AUDIT_KEY="k" * 32) as (_, process):
        process.terminate()
        _, keyed = process.communicate(timeout=30)

    assert told.count("BERDAYA_AUDIT_KEY") == (0 if database_url.startswith("sqlite") else 1)
    assert "BERDAYA_AUDIT_KEY" not in keyed


def test_a_key_may_be_a_file_and_a_short_one_is_refused(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "BERDAYA_AUDIT_KEY").write_text("rahasia\n")

    refused = berdaya("audit", "head", url=database_url, BERDAYA_SECRETS_DIR=str(tmp_path))

    assert refused.returncode == 1
    assert "BERDAYA_AUDIT_KEY" in refused.stderr
    assert "rahasia" not in refused.stderr
