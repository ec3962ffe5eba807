"""The figures of a UKM year by year: each year a record of its own, and the UKM's scale follows the latest sales."""

from typing import Any, NoReturn

from app.database import Database, Transaction
from app.database.register import State
from app.http.ask import Ask
from app.http.conditional import Expectation
from app.http.presenting import Put
from app.http.problems import NotFound, invalid
from app.ukms.scale import independence
from app.ukms.schemas import UkmYear
from app.ukms.service import held, rescale
from app.ukms.tables import UKM_YEARS, UKMS


def address(ukm_id: str, year: int) -> str:
    """What addresses a year: as it stands below `/v1/ukms/` without `years/`."""
    return f"{ukm_id}/{year}"


async def known(database: Database, ukm_id: str) -> str:
    """The id of a UKM that exists; 404 `ukm.not_found` otherwise."""
    if await UKMS.find(database, ukm_id) is None:
        raise NotFound("ukm.not_found", pointer="/path/id")
    return ukm_id


async def missing(ask: Ask, ukm_id: str) -> NoReturn:
    """Raise 404 for a year that is not there: `ukm.not_found`, or `ukm_year.not_found` where only the year lacks."""
    await known(ask.database, ukm_id)
    raise NotFound("ukm_year.not_found", pointer="/path/year")


async def report(
    tx: Transaction, ukm_id: str, year: int, figures: UkmYear, expected: Expectation | None
) -> Put:
    """Replace the whole record of a year, or begin it; 422 `ukm_year.in_future` for one that has not begun."""
    if year > int(tx.act.today[:4]):
        raise invalid("/path/year", "ukm_year.in_future")
    ukm = await held(tx, ukm_id)
    old = await UKM_YEARS.find(tx, address(ukm_id, year))
    if expected:
        expected.check(None if old is None else old["version"])
    new = {"ukm_id": ukm_id, "year": year, **_figures(figures), **_beside(ukm, year)}
    written = await (UKM_YEARS.create(tx, new) if old is None else UKM_YEARS.update(tx, old, new))
    await rescale(tx, ukm)
    return Put(written, first=old is None)


async def remove(tx: Transaction, ukm_id: str, year: int, expected: Expectation | None) -> State:
    """Take a year out of the register."""
    ukm = await held(tx, ukm_id)
    old = await UKM_YEARS.find(tx, address(ukm_id, year))
    if old is None:
        raise NotFound("ukm_year.not_found", pointer="/path/year")
    if expected:
        expected.check(old["version"])
    await UKM_YEARS.delete(tx, old)
    await rescale(tx, ukm)
    return old


def _figures(given: UkmYear) -> dict[str, Any]:
    stands_alone = independence(sales_idr=given.sales_idr, support_idr=given.village_fund_support_idr)
    return {**given.model_dump(), "independence": stands_alone}


def _beside(ukm: State, year: int) -> State:
    place = {name: ukm[name] for name in ("village_id", "village_code")}
    return {"id": address(ukm["id"], year), **place}
