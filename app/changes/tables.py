"""The feed has one epoch at a time: positions of another one mean nothing any more."""

from sqlalchemy import CheckConstraint, Column, Table

from app.database.words import Count, Id, metadata

feed = Table(
    "feed",
    metadata,
    Column("number", Count, primary_key=True, autoincrement=False),
    Column("epoch", Id, nullable=False),
    CheckConstraint("number = 1", name="number"),
    comment="One row: the life of the change log to which a cursor belongs.",
)
