"""`berdaya idm`: the nation's IDM from a table, and all stored results made anew."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.running import with_database

idm = typer.Typer(help="The IDM of many villages.", no_args_is_help=True)


@idm.command("load")
def load_idm(
    file: Annotated[Path, typer.Argument(help="CSV, or .csv.gz: code,iks,ike,ikl,idm,status,scores[,year].")],
    year: Annotated[int | None, typer.Option(help="Of the lines that name none.")] = None,
    source: Annotated[
        str, typer.Option(help="Where the figures are from; the name of the file by default.")
    ] = "",
    rejects: Annotated[
        Path | None, typer.Option(help="Where refused lines go, with the reason; stdout by default.")
    ] = None,
) -> None:
    """Enter village-years, in batches, beside a running server. Running it again changes nothing.

    Exit status 0 when every line is stored, 1 when some were refused; the rest is stored all the same. What
    was refused can be put right in the table of refused lines, which can be loaded as it is.
    """
    from app.index.bulk import Refused, VillageYear, publish_many
    from app.index.lines import read, write_refused

    refused: list[Refused] = []

    def usable() -> Any:
        for one in read(file, year=year, source=source or file.name):
            if isinstance(one, VillageYear):
                yield one
            else:
                refused.append(one)

    async def work(database: Any, act: Any) -> Any:
        return await publish_many(database, act, usable())

    entered = with_database(work)
    refused += entered.refused
    counts = {name: getattr(entered, name) for name in ("created", "updated", "unchanged")}
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    typer.echo(f"{told}, {len(refused)} refused.", err=True)
    if not refused:
        return
    if rejects is None:
        write_refused(sys.stdout, refused)
    else:
        with rejects.open("w", encoding="utf-8", newline="") as out:
            write_refused(out, refused)
    raise typer.Exit(1)


@idm.command("rebuild")
def rebuild_idm() -> None:
    """Make all that follows from the stored rows again: each year's results, what villages show, the summaries.

    0 differed proves them equal.
    """
    from app.index.rebuilding import rebuild
    from app.index.recalculating import recalculate

    async def work(database: Any, act: Any) -> Any:
        return await recalculate(database, act), await rebuild(database, act)

    done, summed = with_database(work)
    typer.echo(
        f"{done.records} village-years, {done.differed} differed from their digits; "
        f"{done.villages_differed} villages showed another one than their latest; "
        f"{summed.summaries} summaries, {summed.differed} differed from their records."
    )
