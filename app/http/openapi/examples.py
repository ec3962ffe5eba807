"""Where nothing was recorded, an example is put together from what the fields show, without inventing anything."""

import csv
import io
from typing import Any

from app.http.sheets.csv_text import cell

Told = dict[str, Any]

PUT_TOGETHER = "Put together from the fields; figures, dates and ids are made up"
"""What such an example says of itself."""

REF = "#/components/schemas/"
_NOTHING: Told = {"type": "null"}

_BY_NAME: Told = {
    "version": 1,
    "village_code": "64.02.04.2001",
    "village_name": "Sepatin",
    "district_code": "64.02.04",
    "district_name": "Anggana",
    "year": 2024,
}
_BY_FORMAT: Told = {
    "date": "2026-01-05",
    "date-time": "2026-01-05T01:30:00.000000Z",
    "uuid": "01933f4e-8d2a-7c51-9f0e-3b6a1c5d7e90",
}


def resolved(schema: Told, schemas: Told) -> Told:
    """The schema itself, where a reference stands for it."""
    while "$ref" in schema:
        schema = schemas[schema["$ref"].removeprefix(REF)]
    return schema


def example_of(schema: Told, schemas: Told, *, name: str = "") -> Any:
    """A value of the schema; an object leaves out what it need not have and nobody showed."""
    schema = resolved(schema, schemas)
    if has_example(schema):
        return schema["examples"][0]
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        return None if _NOTHING in options else example_of(options[0], schemas, name=name)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    make = {"object": _object, "array": _list}.get(schema.get("type", ""))
    return make(schema, schemas) if make else _plain(schema, name)


def shown(summary: str, value: Any) -> Told:
    """The examples of a media type: this one, and what it is."""
    return {"kukar": {"summary": summary, "value": value}}


def has_example(schema: Told) -> bool:
    """Whether somebody put an example there."""
    return bool(schema.get("examples"))


def csv_example(item: Told) -> str:
    """The table of one thing, as `format=csv` gives it."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(item)
    writer.writerow(cell(value) for value in item.values())
    return text.getvalue()


def _object(schema: Told, schemas: Told) -> Told:
    required = schema.get("required", ())
    return {
        name: example_of(told, schemas, name=name)
        for name, told in schema.get("properties", {}).items()
        if name in required or has_example(told)
    }


def _list(schema: Told, schemas: Told) -> list[Any]:
    item = schema["items"]
    least = schema.get("minItems", 0)
    shown = least or int(resolved(item, schemas).get("type") == "object")
    return [example_of(item, schemas)] * shown


def _plain(schema: Told, name: str) -> Any:
    if name in _BY_NAME:
        return _BY_NAME[name]
    kind = schema.get("type")
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    if kind == "boolean":
        return True
    return _BY_FORMAT.get(schema.get("format", ""), "…") if kind == "string" else None
