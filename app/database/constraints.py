"""A constraint keeps its name on both engines: SQLite tells only the columns, so the tables tell the name."""

import re
from functools import cache

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.schema import PrimaryKeyConstraint

from app.database.words import metadata

_SQLITE_SAYS = re.compile(
    r"(?P<kind>UNIQUE|CHECK|NOT NULL|FOREIGN KEY) constraint failed(?:: (?P<what>.*))?$"
)


@cache
def _names_by_columns() -> dict[str, str]:
    names: dict[str, str] = {}
    for table in metadata.tables.values():
        unique: list[UniqueConstraint | PrimaryKeyConstraint | Index] = [
            constraint
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint | PrimaryKeyConstraint)
        ]
        unique += [index for index in table.indexes if index.unique]
        for one in unique:
            columns = ", ".join(f"{table.name}.{column.name}" for column in one.columns)
            names[columns] = str(one.name)
    return names


def name_of(message: str) -> str:
    """The constraint that SQLite's message speaks of: its name where the tables know it, else its kind."""
    said = _SQLITE_SAYS.search(message)
    if said is None:
        return message
    what = said["what"] or ""
    if said["kind"] == "CHECK":
        return what
    if what.startswith("index '"):
        return what.removeprefix("index '").removesuffix("'")
    return _names_by_columns().get(what, said["kind"].lower().replace(" ", "_"))
