"""Trainings, found by their id, else by village, title and year."""

from collections.abc import Sequence
from typing import Any, get_args

from app.exchange.imports.cells import Choice, day, listed, whole
from app.exchange.imports.column import shown, told
from app.exchange.imports.kind import Kind
from app.exchange.imports.kinds.located import ID, PLACE, TIMES, VERSION, by_name, existing, of_name
from app.exchange.imports.things import applying
from app.trainings import tables
from app.trainings.schemas import Focus, Source, TrainingStatus

_FOCUS = Choice(
    get_args(Focus),
    {"entrepreneurship": "kewirausahaan", "poverty": "penanggulangan_kemiskinan", "other": "lainnya"},
)
_STATUS = Choice(
    get_args(TrainingStatus),
    {
        "planned": "rencana",
        "running": "berjalan",
        "done": "selesai",
        "cancelled": "dibatalkan",
        "batal": "dibatalkan",
    },
)
_SOURCES = Choice(
    get_args(Source),
    {"add": "dana_desa", "village fund": "dana_desa", "apbd kab": "apbd_kabupaten", "other": "lainnya"}
    | {"apbd": "apbd_kabupaten"},
)
_YEARS = range(1945, 2101)


def _fund(source: str, more: Sequence[str]) -> dict[str, Any]:
    """`apbd_kabupaten (150000000, 2024)`: how much, and from which year's budget."""
    fund: dict[str, Any] = {"source": _SOURCES.one(source)}
    for one in more:
        number = int(one.replace(".", "")) if one.replace(".", "").isdigit() else None
        if number is not None:
            fund["fiscal_year" if number in _YEARS and "fiscal_year" not in fund else "amount_idr"] = number
    return fund


TRAININGS = Kind(
    name="trainings",
    type="training",
    permission="trainings:write",
    columns=(
        ID,
        told("title", needed=True, stand_in="Contoh", aliases=("Nama pelatihan", "Pelatihan", "Judul")),
        told("focus", _FOCUS, needed=True, stand_in="lainnya", choices=_FOCUS.words, shape="choice"),
        told("topic", aliases=("Topik",)),
        *PLACE,
        told("venue"),
        told("year", whole, needed=True, stand_in=2024, shape="integer"),
        told("starts_on", day, shape="day", aliases=("Tanggal mulai",)),
        told("ends_on", day, shape="day", aliases=("Tanggal selesai",)),
        told("status", _STATUS, choices=_STATUS.words, shape="choice"),
        told("organiser"),
        told("funds", listed(_fund)),
        told("quota", whole, shape="integer"),
        told("participants_male", whole, shape="integer"),
        told("participants_female", whole, shape="integer"),
        told("outcome"),
        *shown("enrolled"),
        VERSION,
        *TIMES,
    ),
    apply=applying("training", by_name(tables.TRAININGS, "title", tables.trainings.c.title_key, "year")),
    key=of_name("title", "year"),
    existing=existing(tables.TRAININGS),
)
