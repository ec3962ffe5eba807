"""Provinces, regencies and districts as the ministry lists them; each code begins with its parent's."""

from sqlalchemy import CheckConstraint, Column, Index, Table

from app.database.register import Register
from app.database.words import Code, Word, metadata, registered
from app.http.filters import folded

regions = Table(
    "regions",
    metadata,
    Column("code", Code, primary_key=True),
    Column("parent", Code, nullable=True),
    Column("level", Word, nullable=False),
    Column("name", Word, nullable=False),
    Column("name_key", Code, nullable=False),
    *registered(),
    CheckConstraint("level IN ('province', 'regency', 'district')", name="level"),
    Index("ix_regions_parent", "parent", "code"),
    Index("ix_regions_name_key", "name_key", "code"),
)

REGIONS = Register(
    type="region",
    table=regions,
    key="code",
    identity="code",
    fields=("code", "name", "level", "parent", "version", "created_at", "updated_at"),
    derive=lambda state: {"name_key": folded(state["name"])},
    village_code="code",
)
