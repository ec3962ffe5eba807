"""CSV that a spreadsheet opens as it was meant: text quoted, codes and long numbers as text, no cell a formula."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

import orjson

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> Any:
    """One value as a cell: null is empty, a list of words is joined, anything deeper is its JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "; ".join(value)
    elif not isinstance(value, str):
        value = orjson.dumps(value).decode()
    return f"'{value}" if value.startswith(_FORMULA) else value


async def csv_of(
    names: Sequence[str], batches: AsyncIterator[Iterable[dict[str, Any]]], *, excel: bool
) -> AsyncIterator[bytes]:
    """The pieces of a CSV text: a header of field names, then a line a row. `excel`: a BOM and semicolons."""
    buffer = io.StringIO()
    writer = csv.writer(
        buffer, delimiter=";" if excel else ",", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n"
    )
    writer.writerow(names)
    if excel:
        yield b"\xef\xbb\xbf"
    async for batch in batches:
        writer.writerows([cell(row.get(name)) for name in names] for row in batch)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
