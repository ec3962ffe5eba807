"""The years with a finding: each finding has a list of its own, which is a range of its own partial index."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, literal_column

from app.database.words import Year
from app.http.filters import EqualsNumber, Filter, Within
from app.http.paging import Listing
from app.index.tables import FOUND, IDM_RECORDS, idm_records


class _Decided(Filter):
    """The parameter chose the list itself: it only keeps the cursors of one finding from those of another."""

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """The word."""
        return {name: value}

    def conditions(self, name: str, parts: int) -> list[ColumnElement[bool]]:
        """None."""
        return []


# Adding nothing hides the year from the index over all records of a year, which SQLite, without statistics, takes
# for shorter than the few rows that have a finding.
_year = idm_records.c.year + literal_column("0", type_=Year)

LISTINGS: Mapping[str, Listing] = MappingProxyType(
    {
        word: Listing(
            IDM_RECORDS,
            filters={
                "finding": _Decided(),
                "region": Within(idm_records.c.village_code),
                "year": EqualsNumber(_year),
            },
            sorts={"village_code": idm_records.c.village_code},
            within=where,
        )
        for word, where in FOUND.items()
    }
)
"""By the word of the finding, `any` among them. The key ends with the year, so a village's years stand in order."""
