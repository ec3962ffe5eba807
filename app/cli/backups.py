"""`berdaya backup` and `berdaya restore`: all of the register as one file, and back into an empty place."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from app.cli.running import act_of_command
from app.settings import Settings


def backup(
    file: Annotated[Path, typer.Argument(help="A file that is made, readable by you alone.")],
) -> None:
    """Write all of the register, as it is at this instant, to a new file, while a server goes on.

    The file holds personal data in the clear: encrypt it before it leaves the machine.
    """
    from app.backups.writing import back_up

    manifest = asyncio.run(back_up(Settings().database_url, file))
    typer.echo(
        f"{manifest.rows} rows of {len(manifest.tables)} tables, as of {manifest.head.at}; "
        f"audit head {manifest.audit_head}",
        err=True,
    )


def restore(
    file: Annotated[Path, typer.Argument(help="What `berdaya backup` wrote.")],
    erasures: Annotated[
        Path | None, typer.Option(help="What `berdaya subject erasures` printed last, before the restore.")
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only read the file through and say what it is.")
    ] = False,
) -> None:
    """Make the register anew from a backup, in a database without tables; nothing is written for an unsound file."""
    from app.backups.reading import checked
    from app.backups.restoring import restore as run
    from app.subjects.erasing import read_log

    settings = Settings()
    known = read_log(erasures.read_bytes()) if erasures else []
    if check:
        found = checked(file)
        typer.echo(
            f"sound: {found.rows} rows, revision {found.head.revision}, as of {found.head.at}", err=True
        )
        return
    # Where the file lay is nobody's business in the trail.
    act = replace(act_of_command(settings), action="restore")
    restored = run(settings.database_url, file, act, erasures=known, audit_key=settings.audit_key_bytes)
    manifest = restored.manifest
    typer.echo(
        f"{manifest.rows} rows of {len(manifest.tables)} tables put back as of {manifest.head.at}, each table as its "
        f"manifest says; {restored.erased} erasures applied again; feed epoch {restored.epoch}; "
        f"audit head {restored.audit_head}",
        err=True,
    )
    if erasures is None:
        typer.echo(
            f"WARNING: who was erased after {manifest.head.at} is here again. Run: berdaya subject reapply FILE",
            err=True,
        )
