"""The file of an import back to its sender, with what is wrong at its place; sent again, the marks are not read."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from app.exchange.imports.confining import MARK_SECONDS, confined
from app.exchange.imports.reading import order_of
from app.http.catalogue import Language


class Mark(NamedTuple):
    """What is wrong with one cell: `row` as in the sheet, `column` from 1, and what to write instead, if known."""

    row: int
    column: int
    message: str
    suggestion: str | None = None


WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "row": "Row",
        "column": "Column",
        "cell": "Cell",
        "message": "What is wrong",
        "suggestion": "Suggestion",
    },
    "id": {
        "row": "Baris",
        "column": "Kolom",
        "cell": "Sel",
        "message": "Yang salah",
        "suggestion": "Saran",
    },
}


async def annotate(
    body: bytes,
    *,
    media: str,
    marks: Sequence[Mark],
    known_headers: Collection[str] = frozenset(),
    language: Language = "id",
) -> bytes:
    """The same file with its bad cells marked; `media` and `known_headers` are those it was read with.

    A workbook gets a frame and a comment at each cell, and a last sheet that lists all; a CSV one more column.
    Raises a `Refusal` like `read`, 413 also for a workbook that is too large to be marked.
    """
    order = order_of(body, media=media, known_headers=known_headers)
    told = await confined(
        {"do": "annotate", **order, "marks": [list(mark) for mark in marks], "words": WORDS[language]},
        body,
        seconds=MARK_SECONDS,
    )
    return told.partition(b"\n")[2]
