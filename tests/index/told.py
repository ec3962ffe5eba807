"""Real village-years as a client would tell them, and the addresses of Kukar's villages in these tests."""

from typing import Any

import httpx

from app.index.formula import unpack
from tests.index.village_years import FIGURES, IDM, VILLAGE_YEARS

PERIAN = "64.02.01.2001"
SEPATIN = "64.02.04.2001"
BADAK_MEKAR = "64.02.05.2009"
JAHAB = "64.02.06.1001"  # a kelurahan
KEDANG_IPIL, ITS_OLD_CODE = "64.02.19.2001", "64.02.08.2001"


def rows(village: str) -> dict[str, list[int]]:
    """The fifty scores of a village."""
    return unpack(IDM, VILLAGE_YEARS[village].scores)


def published(village: str) -> dict[str, Any]:
    """What the ministry printed of it."""
    figures = VILLAGE_YEARS[village].published
    return {name: getattr(figures, name) for name in (*FIGURES, "status")}


def record(village: str) -> dict[str, Any]:
    """The whole record of a village: rows and published figures side by side."""
    return {**rows(village), "published": published(village), "source": "yearly file and open API"}


def only_published(idm: float, status: str) -> dict[str, Any]:
    """A record of which the rows are not known."""
    return {"published": {"idm": idm, "status": status}, "source": "yearly file"}


def at(code: str, year: int | str | None = None) -> str:
    """The address of a village's series, or of one year."""
    return f"/v1/villages/{code}/idm" + ("" if year is None else f"/{year}")


def faults(answer: httpx.Response) -> list[tuple[str, str]]:
    """Where what is wrong."""
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]
