"""Which columns are looked up: to write one again, even with the value it has, is to write all its indexes again."""

from sqlalchemy import Column, Table
from sqlalchemy.sql.schema import ColumnCollectionConstraint
from sqlalchemy.sql.visitors import iterate


def looked_up(table: Table) -> frozenset[str]:
    """The columns of its keys, unique constraints and indexes, those within an expression too."""
    keys = [one.columns for one in table.constraints if isinstance(one, ColumnCollectionConstraint)]
    terms = [term for one in table.indexes for term in one.expressions if not isinstance(term, str)]
    indexed = {part.name for term in terms for part in iterate(term) if isinstance(part, Column)}
    return frozenset(indexed | {column.name for columns in keys for column in columns})
