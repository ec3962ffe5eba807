"""What every report understands, and the answer to it: JSON with a tag of its content, or a sheet."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, Literal

import orjson
from pydantic import Field
from sqlalchemy import ColumnElement, bindparam

from app.database import Database
from app.database.words import Code
from app.http.answers import Answer, tagged
from app.http.ask import Ask
from app.http.fields import Input
from app.http.sheets.answer import Table, form_of, sheet
from app.http.sheets.columns import named as columns_named
from app.regions.codes import Region
from app.regions.queries import named

Grouping = Literal["district", "regency"]
Line = dict[str, Any]

LENGTH = {"regency": 5, "district": 8}
"""Characters of the code of a region of that level."""

MOST = 5000
"""Things that a report looks at one by one; a region with more is refused."""


class ReportQuery(Input):
    """What every report understands."""

    region: Region | None = Field(default=None, description="this region and all below it")
    format: Literal["json", "csv", "xlsx"] | None = Field(default=None, description="beats `Accept`")
    dialect: Literal["excel"] | None = Field(
        default=None,
        description="`excel`: CSV for an Indonesian Excel, with a BOM, semicolons, decimal commas and headers to read",
    )


def within(code: ColumnElement[Any]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions that a village code lies between `bounds`."""
    lower, upper = (bindparam(f"region_{side}", type_=Code) for side in ("from", "to"))
    return code >= lower, code < upper


def bounds(region: str | None) -> dict[str, str]:
    """The range of village codes of a region; without one, of all: `:` follows the digits in ASCII."""
    return {"region_from": region or "", "region_to": f"{region}/" if region else ":"}


def answered(
    ask: Ask,
    query: ReportQuery,
    whole: dict[str, Any],
    *,
    columns: Sequence[str],
    lines: Iterable[Line],
    spoken: bool = False,
) -> Answer:
    """The report as the caller asked for it: `whole` as JSON, or `lines` under their columns as a sheet.

    JSON takes no line, so they may be made when they are taken. `spoken` says that it holds texts in the caller's
    language.
    """
    form = form_of(ask, query)
    if form == "json":
        answer = tagged(Answer(body=orjson.dumps(whole)))
        if spoken:
            answer.vary += b", Accept-Language"
            answer.headers.append((b"content-language", ask.language.encode()))
        return answer

    async def batches() -> AsyncIterator[Sequence[Line]]:
        yield list(lines)

    kind = ask.operation.path.rpartition("/")[2]
    table = Table(kind, columns_named(*columns), batches(), notes=whole, spoken=spoken)
    return sheet(ask, query, form, table)


async def names_of(database: Database, codes: Sequence[str]) -> dict[str, str]:
    """The names of regions by their codes."""
    return {row[0]: row[1] for row in await database.fetch(named, {"codes": sorted(codes)})}
