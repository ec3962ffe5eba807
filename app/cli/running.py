"""What commands share: the configured database with an act of the command line, and a region as it is typed."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from app.settings import Settings


def act_of_command(settings: Settings) -> Any:
    """The deed of whoever typed the command: its first two words are the action."""
    from app import clock
    from app.database import Act

    at = clock.now()
    return Act(
        at=at,
        today=clock.day_of(at, settings.zone),
        actor="system:cli",
        actor_name="command line",
        role="system",
        action=" ".join(sys.argv[1:3]),
        request_id=f"cli-{at}",
    )


def with_database(work: Callable[[Any, Any], Awaitable[Any]]) -> Any:
    """Run `work(database, act)` on the configured database, which must have the schema of this version."""
    from app.database import connect
    from app.database.schema import check_schema

    settings = Settings()
    act = act_of_command(settings)

    async def run() -> Any:
        database = connect(settings.database_url, pool_size=1, audit_key=settings.audit_key_bytes)
        await database.open()
        try:
            check_schema(await database.revision())
            return await work(database, act)
        finally:
            await database.close()

    return asyncio.run(run())


@contextmanager
def in_words() -> Iterator[None]:
    """What the rules of the API refuse is told as a usage error, in their own words."""
    from pydantic import ValidationError

    import app.access.texts  # noqa: F401  # its codes enter the catalogue
    from app.constraints import CODES
    from app.database import ConstraintBroken
    from app.http.catalogue import TEXTS
    from app.http.fields import faults_of
    from app.http.problems import Fault, Refusal

    try:
        yield
        return
    except ValidationError as wrong:
        faults: Sequence[Fault] = faults_of(wrong)
    except Refusal as refusal:
        faults = refusal.faults
    except ConstraintBroken as broken:
        code, _, pointer = CODES.get(broken.name, "conflict.constraint").partition(" ")
        faults = [Fault(pointer, code)]
    # Without the cause: what was typed may stand in it.
    told = (f"{one.pointer.rpartition('/')[2]}: {TEXTS[one.code].say('en', one.facts)}" for one in faults)
    raise typer.BadParameter(" ".join(told))


def reach_of(region: str) -> str:
    """A code prefix as it is kept; a usage error for what is none."""
    from pydantic import TypeAdapter, ValidationError

    from app.regions.codes import Region

    try:
        return TypeAdapter(Region).validate_python(region) if region else ""
    except ValidationError as wrong:
        raise typer.BadParameter("a code prefix, as 64.02.04", param_hint="--region") from wrong
