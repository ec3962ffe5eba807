"""A database of every earlier revision, with data, comes up to the newest whole; and no way down loses anything."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from alembic import command

import app.tables  # noqa: F401  # every table enters the metadata
from app.access.audit.verifying import verify
from app.database.migrate import alembic_config, migrate
from app.database.schema import HEAD
from app.database.words import metadata
from app.main import create_app
from app.settings import Settings
from tests.changes.reading import feed
from tests.conftest import Callers, Templates
from tests.migrations.dumps import REVISIONS, Row, Tables, held, load, read

LEFT_BEHIND = {("tokens", "revoked_at"), ("kept_answers", "at")}
"""Revoked tokens are gone, and of an answer it is said until when it is kept: each has a test of its own."""
COUNTED = ("regions", "villages", "cooperatives", "ukms", "groups", "trainings")
LISTS = (*COUNTED, "legality-conflicts", "users", "tokens", "webhook-subscriptions", "imports", "audit")


class Upgraded(NamedTuple):
    """A database that came from a dump."""

    url: str
    dump: Tables


@pytest.fixture(scope="module", params=REVISIONS)
def upgraded(request: pytest.FixtureRequest, engine: str, templates: Templates) -> Iterator[Upgraded]:
    """Each dump, brought to the newest revision."""
    url, dump = templates.empty(engine), read(request.param)
    migrate(url, request.param)
    load(url, dump)
    migrate(url)
    yield Upgraded(url, dump)
    templates.drop(url)


def test_the_revision_before_the_newest_has_its_dump() -> None:
    assert f"{int(HEAD) - 1:04}" in REVISIONS


def test_a_dump_has_rows_in_every_table_of_its_revision() -> None:
    never_filled = {"cooperative_members", "webhook_deliveries"}

    assert {one.name for one in metadata.sorted_tables} - read(max(REVISIONS)).keys() <= never_filled


def test_no_row_and_no_value_of_a_dump_is_lost(upgraded: Upgraded) -> None:
    after = held(upgraded.url)

    assert lost(upgraded.dump, after) == []


async def test_the_application_reads_what_was_upgraded(upgraded: Upgraded) -> None:
    dump = upgraded.dump
    application = create_app(Settings(database_url=upgraded.url, webhooks=False))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        office = await callers.holding("admin", name="office")
        counted = {one: (await office.get(f"/v1/{one}?count=exact")).json()["total"] for one in COUNTED}
        listed = [(await office.get(f"/v1/{one}")).status_code for one in LISTS]
        changes, _ = await feed(office)
        verdict = await verify(application.place.database)
        await callers.leave()

    assert listed == [200] * len(LISTS)
    assert counted == {one: len(dump[one]) for one in COUNTED}
    shown = {one["id"] for one in changes}
    hidden = {row["type"] for row in dump["changes"] if row["id"] not in shown}
    assert hidden <= {"token", "user", "session", "webhook_subscription", "subscription"}
    assert (verdict.wrong, verdict.sealed >= len(dump.get("audit_chain", []))) == (0, True)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_way_down_is_refused_or_loses_nothing(engine: str, templates: Templates, revision: str) -> None:
    url = templates.empty(engine)
    migrate(url, revision)
    load(url, read(revision))
    before = held(url)

    refusal = _refusal(url)
    migrate(url, revision)

    assert refusal is None or "would lose" in refusal
    assert held(url) == before or (refusal is None and lost(before, held(url)) == [])
    templates.drop(url)


def _refusal(url: str) -> str | None:
    try:
        command.downgrade(alembic_config(url), "-1")
    except RuntimeError as refused:
        return str(refused)
    return None


def lost(before: Tables, after: Tables) -> list[tuple[str, Row]]:
    """The rows that are not there any more as they were, in all columns that still are."""
    missing = []
    for table, rows in before.items():
        columns = [name for name in rows[0] if (table, name) not in LEFT_BEHIND] if rows else []
        there = {_shown(row, columns) for row in after[table]}
        missing += [(table, row) for row in rows if _shown(row, columns) not in there]
    return missing


def _shown(row: Row, columns: list[str]) -> tuple[object, ...]:
    return tuple(row[name] for name in columns)
