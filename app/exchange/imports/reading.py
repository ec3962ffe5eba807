"""An upload becomes a table, whatever Excel and its relatives did to it; what it is, its bytes say, not its name."""

import asyncio
from collections.abc import Collection

from app.exchange.imports.confining import READ_SECONDS, confined
from app.exchange.imports.heading import folded
from app.exchange.imports.table import Table
from app.exchange.imports.texts import refusal
from app.exchange.imports.wire import heard
from app.http.answers import XLSX
from app.http.problems import UnsupportedMedia

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_BOOK = XLSX.decode()
# Windows calls a CSV by Excel's name, and some programs call every file by none.
_TAKEN = frozenset(
    {
        _BOOK,
        "text/csv",
        "text/plain",
        "application/csv",
        "application/vnd.ms-excel",
        "application/octet-stream",
        "",
    }
)


async def read(body: bytes, *, media: str, known_headers: Collection[str]) -> Table:
    """The table in a file: of the visible sheet, and from the row, that name the most of the known headers.

    Raises a `Refusal` (413, 415 or 422 with a code `import.…`) that says why a file is not taken and what to do.
    """
    order = {"do": "read", **order_of(body, media=media, known_headers=known_headers)}
    told = await confined(order, body, seconds=READ_SECONDS)
    try:
        return await asyncio.to_thread(heard, told)
    except ValueError:
        raise refusal("import.too_hard") from None


def order_of(body: bytes, *, media: str, known_headers: Collection[str]) -> dict[str, object]:
    """What a child needs to know of a file; raises `UnsupportedMedia` for a type that is neither of ours."""
    kind = media.partition(";")[0].strip().lower()
    if kind not in _TAKEN:
        raise UnsupportedMedia("import.media_type", expected=f"text/csv, {_BOOK}")
    return {
        "workbook": is_book(body) or kind == _BOOK,
        "known": sorted({folded(one) for one in known_headers}),
    }


def is_book(body: bytes) -> bool:
    """Whether a file is a workbook, of whatever kind, by its first bytes."""
    return body.startswith((_ZIP, _OLE))
