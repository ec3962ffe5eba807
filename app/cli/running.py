"""What commands share: the configured database with an act of the command line, and a region as it is typed."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import typer

from app.settings import Settings


def with_database(work: Callable[[Any, Any], Awaitable[Any]]) -> Any:
    """Run `work(database, act)` on the configured database, which must have the schema of this version."""
    from app import clock
    from app.database import Act, connect
    from app.database.schema import check_schema

    settings = Settings()
    at = clock.now()
    act = Act(
        at=at,
        today=clock.day_of(at, settings.zone),
        actor="system:cli",
        actor_name="command line",
        role="system",
        action=" ".join(sys.argv[1:3]),
        request_id=f"cli-{at}",
    )

    async def run() -> Any:
        database = connect(settings.database_url, pool_size=1)
        await database.open()
        try:
            check_schema(await database.revision())
            return await work(database, act)
        finally:
            await database.close()

    return asyncio.run(run())


def reach_of(region: str) -> str:
    """A code prefix as it is kept; a usage error for what is none."""
    from pydantic import TypeAdapter, ValidationError

    from app.regions.codes import Region

    try:
        return TypeAdapter(Region).validate_python(region) if region else ""
    except ValidationError as wrong:
        raise typer.BadParameter("a code prefix, as 64.02.04", param_hint="--region") from wrong
