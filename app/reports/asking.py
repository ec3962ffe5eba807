"""What every report understands, and the answer to it: JSON with a tag of its content, or CSV."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Literal

import orjson
from pydantic import Field
from sqlalchemy import ColumnElement, bindparam

from app.database import Database
from app.database.words import Code
from app.http.answers import CSV, Answer, tagged
from app.http.ask import Ask
from app.http.fields import Input
from app.http.negotiation import chosen
from app.http.sheets import csv_of
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
    format: Literal["json", "csv"] | None = Field(default=None, description="beats `Accept`")
    dialect: Literal["excel"] | None = Field(
        default=None, description="`excel`: CSV with a BOM and semicolons"
    )


def within(code: ColumnElement[Any]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions that a village code lies between `bounds`."""
    lower, upper = (bindparam(f"region_{side}", type_=Code) for side in ("from", "to"))
    return code >= lower, code < upper


def bounds(region: str | None) -> dict[str, str]:
    """The range of village codes of a region; without one, of all: `:` follows the digits in ASCII."""
    return {"region_from": region or "", "region_to": f"{region}/" if region else ":"}


def answered(
    ask: Ask, query: ReportQuery, whole: dict[str, Any], *, columns: Sequence[str], lines: Sequence[Line]
) -> Answer:
    """The report as the caller asked for it: `whole` as JSON, or `lines` under their columns as CSV."""
    if chosen(query.format, ask.raw.get(b"accept"), ("json", "csv")) == "json":
        return tagged(Answer(body=orjson.dumps(whole)))
    name = ask.url_path.rpartition("/")[2]

    async def batches() -> AsyncIterator[Sequence[Line]]:
        yield lines

    return Answer(
        body=csv_of(columns, batches(), excel=query.dialect == "excel"),
        media=CSV,
        cache=b"no-store",
        headers=[(b"content-disposition", f'attachment; filename="{name}.csv"'.encode())],
    )


async def names_of(database: Database, codes: Sequence[str]) -> dict[str, str]:
    """The names of regions by their codes."""
    return {row[0]: row[1] for row in await database.fetch(named, {"codes": sorted(codes)})}
