"""The command `berdaya`: what it prints, where, and what it refuses."""

import re
from pathlib import Path

from tests.conftest import Templates
from tests.operation.running import berdaya


def test_an_empty_database_is_migrated_seeded_and_seeded_again_without_a_change(
    engine: str, templates: Templates
) -> None:
    url = templates.empty(engine)

    migrated = berdaya("migrate", url=url)
    first = berdaya("seed", url=url)
    second = berdaya("seed", url=url)

    assert (migrated.returncode, first.returncode, second.returncode) == (0, 0, 0)
    assert "237 villages" in first.stderr
    assert "nothing was missing" in second.stderr


def test_a_token_stands_alone_on_stdout(database_url: str) -> None:
    made = berdaya(
        "tokens", "create", "--role", "officer", "--name", "DPMD", "--region", "6402", url=database_url
    )

    assert re.fullmatch(r"brd_[A-Za-z0-9_-]{51}\n", made.stdout)


def test_a_role_that_does_not_exist_is_refused_with_the_ones_that_do(database_url: str) -> None:
    refused = berdaya("tokens", "create", "--role", "king", "--name", "x", url=database_url)

    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "officer" in refused.stderr


def test_a_stale_schema_is_refused_with_the_command_that_mends_it(engine: str, templates: Templates) -> None:
    url = templates.empty(engine)

    refused = berdaya("serve", url=url)

    assert refused.returncode == 1
    assert "berdaya migrate" in refused.stderr


def test_several_workers_on_sqlite_are_refused(templates: Templates) -> None:
    refused = berdaya("serve", url=templates.fresh("sqlite"), BERDAYA_WORKERS="2")

    assert refused.returncode == 1
    assert "one worker" in refused.stderr


def test_a_replica_of_sqlite_is_refused(templates: Templates) -> None:
    refused = berdaya(
        "serve",
        url=templates.fresh("sqlite"),
        BERDAYA_READ_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing",
    )

    assert refused.returncode == 1
    assert "SQLite has no replicas" in refused.stderr


def test_an_engine_that_is_not_known_is_refused() -> None:
    refused = berdaya("seed", url="mysql://here/there")

    assert refused.returncode == 1
    assert "postgresql://" in refused.stderr


def test_a_table_of_regions_is_loaded_and_every_bad_line_named(database_url: str, tmp_path: Path) -> None:
    table = tmp_path / "regions.csv"
    header = "code,name,level,kind,latitude,longitude\n"
    table.write_text(header + "99,Synthetic,province,,,\n99.01,,regency,,,\n99.01.01.9001,X,village,desa,,\n")
    refused = berdaya("seed", "--regions", str(table), url=database_url)
    table.write_text(header + "99,S,,,,\n99.01,S,,,,\n99.01.01,S,,,,\n99.01.01.2001,Synthetic 1,,,-1.5,117\n")
    loaded = berdaya("seed", "--regions", str(table), url=database_url)

    assert "line 3: the name is missing" in refused.stderr
    assert "line 4: A village code looks like" in refused.stderr
    assert "1 village" in loaded.stderr


def test_a_webhook_secret_stands_alone_on_stdout_and_the_list_shows_none(database_url: str) -> None:
    made = [berdaya("webhooks", "secret", "--source", "simkopdes", url=database_url) for _ in range(2)]
    at_once = berdaya(
        "webhooks",
        "secret",
        "--source",
        "notaris",
        "--region",
        "640204",
        "--overlap-hours",
        "0",
        url=database_url,
    )

    shown = berdaya("webhooks", "list", url=database_url)

    keys = [one.stdout.strip() for one in (*made, at_once)]
    lines = [line.split("\t") for line in shown.stdout.splitlines()]
    assert all(re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=\n", one.stdout) for one in (*made, at_once))
    assert len(set(keys)) == 3
    assert [(line[0], line[2], len(line)) for line in lines] == [
        ("notaris", "64.02.04", 4),
        ("simkopdes", "everywhere", 5),
        ("simkopdes", "everywhere", 4),
    ]
    assert not [key for key in keys if key.removeprefix("whsec_") in shown.stdout]


def test_a_source_that_is_no_part_of_an_address_is_refused(database_url: str) -> None:
    refused = berdaya("webhooks", "secret", "--source", "a/b", url=database_url)

    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "--source" in refused.stderr
