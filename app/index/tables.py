"""A village's IDM of one year: its scores a digit each, what follows from them, and the figures as published.

The stored representation is made of facts without a language; an answer adds the texts. A year belongs to the
village's identity and so continues under every code it gets.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Table, UniqueConstraint

from app.database.register import Register, State
from app.database.words import Code, Count, Ratio, Word, Year, metadata, registered
from app.index.editions import EDITIONS
from app.index.formula import calculate, pack
from app.villages.followers import PLACE, located, place_columns

FIGURES = ("iks", "ike", "ikl", "idm", "status")
"""What a calculation gives and an authority prints, by the same names."""

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
    *registered(),
    UniqueConstraint("village_id", "year"),
    CheckConstraint("(digits IS NULL) = (points IS NULL)", name="calculated"),
    CheckConstraint("consistent IN (0, 1)", name="consistent"),
    Index("ix_idm_records_year", "year", "village_code"),
    comment="`digits`: one score each in official order; `points`: the whole points that decide the status.",
)


def record_id(village_id: str, year: int) -> str:
    """The identity of a village's year."""
    return f"{village_id}/{year}"


def _columns(state: State) -> Mapping[str, Any]:
    published = state["published"] or {}
    scores, consistent = state["scores"], state["audit"]["consistent"]
    packed = None if scores is None else pack(EDITIONS[state["edition"]], **scores)
    return {
        "digits": None if packed is None else "".join(map(str, packed)),
        "points": None if packed is None else calculate(EDITIONS[state["edition"]], packed).points,
        **{f"published_{name}": published.get(name) for name in FIGURES},
        "consistent": None if consistent is None else int(consistent),
    }


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
