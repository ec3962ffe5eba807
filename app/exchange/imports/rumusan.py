"""The ministry's "rumusan" documents as a table: one row a document, with the fifty scores and the figures beside them.

Source: the shape of `GET …/open/api/desa/rumusan/{code}/{year}`; what cannot be found in it stays an empty cell.
"""

from typing import Any

from app.exchange.imports.table import Cell, Row, Table
from app.http.problems import Invalid, Unreadable, invalid
from app.http.strict_json import loads
from app.index.schemas import IDM

_EMPTY = Cell("empty", "")
_SIZES = tuple((one.id, one.rows.stop - one.rows.start) for one in IDM.dimensions)
_SCORES = tuple(f"{name}_{place + 1:02}" for name, size in _SIZES for place in range(size))
_FIGURES = (*(name for name, _ in _SIZES), "idm", "status")
_HEADER = ("village_code", "village_name", "year", *_SCORES, *(f"published_{name}" for name in _FIGURES))
SHEET = "rumusan"


def table_of(body: bytes) -> Table:
    """The table of a document, a list of documents, or one document a line; 422 `import.unreadable_json` otherwise."""
    rows = tuple(Row(number, _cells(document)) for number, document in enumerate(_documents(body), start=1))
    header = Row(0, tuple(Cell("text", name) for name in _HEADER))
    return Table(sheet=SHEET, header=header, rows=rows, decimal_comma=False)


def _documents(body: bytes) -> list[Any]:
    try:
        told = loads(body)
    except (Unreadable, Invalid):
        lines = [line for line in body.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        told = [loads(line) for line in lines]
    documents = told if isinstance(told, list) else [told]
    if not documents or not all(isinstance(one, dict) for one in documents):
        raise invalid("", "import.unreadable_json")
    return documents


def _cells(document: dict[str, Any]) -> tuple[Cell, ...]:
    data = document.get("mapData")
    data = data if isinstance(data, dict) else {}
    place = _first(data.get("IDENTITAS"))
    summary = _first(data.get("SUMMARIES"))
    rows = [row for row in data.get("ROW") or () if isinstance(row, dict)]
    scores = [row.get("SKOR") for row in rows if row.get("NO") is not None]
    figures = [row.get("SKOR") for row in rows if row.get("NO") is None]
    told = [
        place.get("id_desa") or {},
        place.get("nama_desa"),
        summary.get("TAHUN"),
        *(scores if len(scores) == len(_SCORES) else [None] * len(_SCORES)),
        *(figures if len(figures) == len(_FIGURES) else [None] * len(_FIGURES)),
    ]
    if told[-2] is None:
        told[-2:] = summary.get("SKOR_SAAT_INI"), summary.get("STATUS")
    return tuple(_cell(value) for value in told)


def _first(told: Any) -> dict[str, Any]:
    first = next(iter(told), None) if isinstance(told, list) else told
    return first if isinstance(first, dict) else {}


def _cell(value: Any) -> Cell:
    if value is None or value == "":
        return _EMPTY
    if isinstance(value, bool | list | dict):
        return Cell("error", "?")
    if isinstance(value, float) and value.is_integer():
        return Cell("number", str(int(value)))
    return Cell("number" if isinstance(value, int | float) else "text", str(value))
