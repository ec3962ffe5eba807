"""`berdaya subject`: what a person may ask of the office about their own data (UU 27/2022)."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.running import in_words, with_database

subject = typer.Typer(help="What is held on a person: find it, export it, erase it.", no_args_is_help=True)

Ukm = Annotated[str, typer.Option(help="The id of a UKM: its owner is meant.")]
Cooperative = Annotated[str, typer.Option(help="The id of a cooperative: whoever is reached there is meant.")]


@subject.command("find")
def find_subject() -> None:
    """Print type, id and village of whatever tells of a person, a line each, and nothing else of it.

    The name, phone number or e-mail address is read from standard input, one line: as an argument it would stand in
    the list of processes and in the history of the shell.
    """
    from app.subjects.finding import find

    if sys.stdin.isatty():
        typer.echo("A name, a phone number or an e-mail address, then Enter:", err=True)
    told = sys.stdin.readline().strip()
    if not told:
        raise typer.BadParameter("nothing was told on standard input")
    for found in with_database(lambda database, act: find(database, told)):
        typer.echo("\t".join(found))


@subject.command("export")
def export_subject(
    ukm: Ukm = "",
    cooperative: Cooperative = "",
    out: Annotated[Path | None, typer.Option(help="A file that is made, readable by you alone.")] = None,
) -> None:
    """Write all that is held on a person as JSON: the data, every version, and who did and read what.

    Leaves its own row in the audit trail.
    """
    import orjson

    from app.subjects.exporting import held_on

    type, id = _meant(ukm, cooperative)
    held = with_database(lambda database, act: held_on(database, act, type, id))
    text = orjson.dumps(held, option=orjson.OPT_INDENT_2) + b"\n"
    if out is None:
        typer.echo(text.decode(), nl=False)
    else:
        _write(out, text)


@subject.command("erase")
def erase_subject(
    reason: Annotated[str, typer.Option(help="Why, as the request of 3 May 2026; kept, so name nobody.")],
    ukm: Ukm = "",
    cooperative: Cooperative = "",
) -> None:
    """Erase the personal fields of a thing for good. It stays in the register without them."""
    from pydantic import TypeAdapter

    from app.http.fields import Line
    from app.subjects.erasing import erase

    type, id = _meant(ukm, cooperative)
    with in_words():
        why = TypeAdapter(Line).validate_python(reason)

    async def work(database: Any, act: Any) -> Any:
        return await database.write(act, lambda tx: erase(tx, type, id, why))

    erasure = with_database(work)
    typer.echo(f"Erased {', '.join(erasure.fields)} of {type} {id}; on record as {erasure.id}.", err=True)


@subject.command("erasures")
def list_erasures() -> None:
    """Print every erasure, a JSON object a line: keep it beside the backups, and newer than them."""
    from dataclasses import asdict

    import orjson

    from app.subjects.erasing import recorded

    for erasure in with_database(lambda database, act: recorded(database)):
        typer.echo(orjson.dumps(asdict(erasure)).decode())


@subject.command("reapply")
def reapply_erasures(
    file: Annotated[Path, typer.Argument(help="What `berdaya subject erasures` printed before the restore.")],
) -> None:
    """Erase in a restored database what was erased since its backup; what it has on record is left alone."""
    from app.subjects.erasing import read_log, reapply

    known = read_log(file.read_bytes())
    applied = with_database(lambda database, act: reapply(database, act, known))
    typer.echo(f"{applied} of {len(known)} erasures were applied again.", err=True)


def _meant(ukm: str, cooperative: str) -> tuple[str, str]:
    from pydantic import TypeAdapter

    from app.http.fields import Identifier

    told = [(type, id) for type, id in (("ukm", ukm), ("cooperative", cooperative)) if id]
    if len(told) != 1:
        raise typer.BadParameter("tell one of --ukm and --cooperative")
    with in_words():
        TypeAdapter(Identifier).validate_python(told[0][1])
    return told[0]


def _write(out: Path, text: bytes) -> None:
    out.touch(mode=0o600, exist_ok=False)
    out.write_bytes(text)
