"""A village's IDM of one year: its scores a digit each, what follows from them, and the figures as published.

The stored representation is made of facts without a language; an answer adds the texts. A year belongs to the
village's identity and so continues under every code it gets.
"""

from collections.abc import Collection, Mapping
from typing import Any, get_args

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    literal_column,
)

from app.database.register import Register, State
from app.database.words import Code, Count, Ratio, Units, Word, Year, metadata, registered
from app.index.audit import Published
from app.index.audits.findings import Audited, findings
from app.index.editions import EDITIONS
from app.index.formula import calculate, pack
from app.villages.followers import PLACE, located, place_columns
from app.villages.schemas import IdmStatus

FIGURES = ("iks", "ike", "ikl", "idm", "status")
"""What a calculation gives and an authority prints, by the same names."""

FLAGS = ("status_would_change", "label_contradicts_value", "borderline", "found")
"""Beside `consistent`: 1 where the audit found this, or anything at all; else null."""

SUMMARY = {"villages": Count, "units": Units, "minimum": Ratio, "maximum": Ratio}
"""What is kept of each figure of a district: how many villages have it, their sum, the least and the most."""

idm_records = Table(
    "idm_records",
    metadata,
    Column("id", Code, primary_key=True),
    *place_columns(),
    Column("year", Year, nullable=False),
    Column("edition", Word, nullable=False),
    Column("digits", Word, nullable=True),
    Column("points", Count, nullable=True),
    *(Column(name, Ratio, nullable=True) for name in FIGURES[:-1]),
    Column("status", Word, nullable=True),
    *(Column(f"published_{name}", Ratio, nullable=True) for name in FIGURES[:-1]),
    Column("published_status", Word, nullable=True),
    Column("consistent", Count, nullable=True),
    *(Column(name, Count, nullable=True) for name in FLAGS),
    *registered(),
    UniqueConstraint("village_id", "year"),
    CheckConstraint("(digits IS NULL) = (points IS NULL)", name="calculated"),
    CheckConstraint("consistent IN (0, 1)", name="consistent"),
    # With all that reports count, so that they read no row for it.
    Index(
        "ix_idm_records_figures",
        "year",
        "village_code",
        *(name for figure in FIGURES for name in (f"published_{figure}", figure)),
    ),
    comment="`digits`: one score each in official order; `points`: the whole points that decide the status.",
)

FOUND: Mapping[str, ColumnElement[bool]] = {
    "inconsistent": idm_records.c.consistent == literal_column("0"),
    **{name: idm_records.c[name] == literal_column("1") for name in FLAGS[:-1]},
    "any": idm_records.c.found == literal_column("1"),
}
"""What the rows with a finding have in common, spelt as their partial index spells it."""

for _word, _where in FOUND.items():
    Index(
        f"ix_idm_records_{_word}",
        idm_records.c.village_code,
        idm_records.c.id,
        idm_records.c.year,
        sqlite_where=_where,
        postgresql_where=_where,
    )

STATUSES = get_args(IdmStatus)
"""From the lowest to the highest."""

idm_summaries = Table(
    "idm_summaries",
    metadata,
    Column("year", Year, nullable=False),
    Column("district_code", Code, nullable=False),
    Column("measured", Count, nullable=False),
    Column("measured_desa", Count, nullable=False),
    *(Column(status, Count, nullable=False) for status in STATUSES),
    *(
        Column(f"{figure}_{name}", word, nullable=word is Ratio)
        for figure in FIGURES[:-1]
        for name, word in SUMMARY.items()
    ),
    PrimaryKeyConstraint("year", "district_code"),
    comment="What the records of a district add up to in a year, as villages show them; never written by hand.",
)


def record_id(village_id: str, year: int) -> str:
    """The identity of a village's year."""
    return f"{village_id}/{year}"


def _columns(state: State) -> Mapping[str, Any]:
    edition, published = EDITIONS[state["edition"]], state["published"] or {}
    scores, consistent = state["scores"], state["audit"]["consistent"]
    packed = None if scores is None else pack(edition, **scores)
    points = None if packed is None else calculate(edition, packed).points
    audited = Audited(
        edition=edition,
        published=Published(**published),
        status=state["status"],
        points=points,
        consistent=consistent,
    )
    return {
        "digits": None if packed is None else "".join(map(str, packed)),
        "points": points,
        **{f"published_{name}": published.get(name) for name in FIGURES},
        "consistent": None if consistent is None else int(consistent),
        **_flags(findings(audited)),
    }


def _flags(found: Collection[str]) -> dict[str, int | None]:
    return {**{name: 1 if name in found else None for name in FLAGS[:-1]}, "found": 1 if found else None}


IDM_RECORDS = located(
    Register(
        type="idm_record",
        table=idm_records,
        fields=(
            "year",
            *PLACE,
            "edition",
            *FIGURES,
            "target_status",
            "target_score",
            "increase_needed",
            "scores",
            "published",
            "source",
            "as_of",
            "audit",
            "version",
            "created_at",
            "updated_at",
        ),
        beside=("id", "village_id"),
        derive=_columns,
    )
)
