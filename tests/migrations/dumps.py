r"""A dump is a database of an earlier revision in a form that either engine takes: tables in order, rows as lists.

Instants, days and ids are the texts of the API, bytes are hex behind `\x` as PostgreSQL writes them. Whoever and
whatever is told of in a dump is made up, but for a few codes of Kukar.
"""

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg

FOLDER = Path(__file__).with_name("dumps")
REVISIONS = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))
Row = dict[str, Any]
Tables = dict[str, list[Row]]

_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00:00|Z)")
_NAMES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
_COUNTED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_default LIKE 'nextval%'
"""


def read(revision: str) -> Tables:
    """The dump of a revision."""
    told = json.loads((FOLDER / f"{revision}.json").read_text(encoding="utf-8"))
    return {
        table: [dict(zip(rows["columns"], row, strict=True)) for row in rows["rows"]]
        for table, rows in told.items()
    }


def write(revision: str, tables: Tables) -> None:
    """Keep a dump: a line for each row."""
    parts = []
    for table, rows in tables.items():
        columns = list(rows[0]) if rows else []
        lines = ",\n".join(
            json.dumps(list(row.values()), ensure_ascii=False, separators=(",", ":")) for row in rows
        )
        parts.append(f'"{table}": {{"columns": {json.dumps(columns)}, "rows": [\n{lines}]}}')
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{revision}.json").write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


def load(url: str, tables: Tables) -> None:
    """Fill a database that stands at the revision of the dump; what its migrations put there makes room."""
    if url.startswith("sqlite"):
        with closing(_sqlite(url)) as file, file:
            for table, rows in tables.items():
                file.execute(f"DELETE FROM {table}")  # noqa: S608  # our own words
                for row in rows:
                    places = ", ".join(f":{name}" for name in row)
                    file.execute(
                        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})",  # noqa: S608  # our own words
                        {name: _of_hex(value) for name, value in row.items()},
                    )
    else:
        asyncio.run(_load(url, tables))


async def _load(url: str, tables: Tables) -> None:
    connection = await asyncpg.connect(url)
    for table, rows in tables.items():
        columns = ", ".join(rows[0]) if rows else "*"
        taken = f"SELECT {columns} FROM json_populate_recordset(null::{table}, $1::json)"  # noqa: S608  # our own words
        await connection.execute(f"DELETE FROM {table}")  # noqa: S608  # our own words
        if rows:
            await connection.execute(f"INSERT INTO {table} ({columns}) {taken}", json.dumps(rows))
    for table, column in await connection.fetch(_COUNTED):
        furthest = f"SELECT coalesce(max({column}), 0) + 1 FROM {table}"  # noqa: S608  # our own words
        await connection.execute(
            f"SELECT setval(pg_get_serial_sequence($1, $2), ({furthest}), false)", table, column
        )
    await connection.close()


def held(url: str) -> Tables:
    """Every row there is, in the form of a dump."""
    if not url.startswith("sqlite"):
        return asyncio.run(_held(url))
    with closing(_sqlite(url)) as file:
        file.row_factory = sqlite3.Row
        known = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        names = sorted(row["name"] for row in known.fetchall())
        return {
            name: [_as_told(dict(row)) for row in file.execute(f"SELECT * FROM {name}")]  # noqa: S608  # our own words
            for name in names
            if name != "alembic_version"
        }


async def _held(url: str) -> Tables:
    connection = await asyncpg.connect(url, server_settings={"timezone": "UTC"})
    names = [name for (name,) in await connection.fetch(_NAMES) if name != "alembic_version"]
    told = {name: await connection.fetch(f"SELECT row_to_json({name}) FROM {name}") for name in names}  # noqa: S608  # our own words
    await connection.close()
    return {name: [_as_told(json.loads(row[0])) for row in rows] for name, rows in told.items()}


def _sqlite(url: str) -> sqlite3.Connection:
    return sqlite3.connect(url.removeprefix("sqlite:///"))


def _of_hex(value: Any) -> Any:
    return bytes.fromhex(value[2:]) if isinstance(value, str) and value.startswith("\\x") else value


def _as_told(row: Row) -> Row:
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    instant = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    return f"{instant[1]}.{instant[2] or '':0<6}Z" if instant else value
