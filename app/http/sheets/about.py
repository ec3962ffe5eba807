"""The last sheet of a workbook says what the rows are: from where, chosen how, made when, and what each column is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.http.ask import Ask
from app.http.sheets.cells import Reader, moment
from app.http.sheets.columns import Column
from app.http.sheets.labels import header

Lines = list[tuple[str, str | int]]

_OF_THE_FORM = frozenset({"format", "dialect", "limit", "count"})


def said_of(  # the parts of a table, each told by name
    *,
    ask: Ask,
    query: Any,
    kind: str,
    columns: Sequence[Column],
    headers: Sequence[str],
    notes: Mapping[str, Any],
    reader: Reader,
    rows: int,
    at: str,
) -> Lines:
    """What is to be said, a line each, in the reader's language."""
    language = reader.language

    def word(name: str) -> str:
        return header("about", name, language)

    chosen = [f"{header(kind, name, language)}: {value}" for name, value in _chosen(query)]
    lines: Lines = [
        (word("source"), f"Berdaya, {ask.url_path}"),
        (word("filters"), "; ".join(chosen) or word("all")),
        (word("made_at"), str(moment(at, reader.zone))),
        (word("zone"), reader.zone.key),
        (word("rows"), rows),
        (word("empty"), word("not_reported")),
    ]
    lines += [
        (header(kind, name, language), value if isinstance(value, int) else str(value))
        for name, value in notes.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    ]
    told = [(title, column.name) for column, title in zip(columns, headers, strict=True)]
    return [*lines, ("", ""), (word("columns"), word("field")), *told]


def _chosen(query: Any) -> Iterator[tuple[str, Any]]:
    for attribute, field in type(query).model_fields.items():
        value = getattr(query, attribute)
        if attribute in query.model_fields_set and attribute not in _OF_THE_FORM and value is not None:
            yield field.alias or attribute, value
