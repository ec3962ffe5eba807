"""The textbook peer's own way to report: the rows are grouped when they are asked for, and there is no ETag."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import func, select

from benchmarks.peers.textbook import Session, Village, app

__all__ = ["app"]


class Line(BaseModel):
    """The villages of a district with one status."""

    district_code: str
    status: str
    villages: int
    mean: float


reports = APIRouter(prefix="/v1/reports")


@reports.get("/idm-status", response_model=list[Line])
async def report_idm_status(year: int, session: Session) -> Sequence[Any]:
    """Villages by district and status, with their mean."""
    named = (
        Village.district_code,
        Village.idm_status.label("status"),
        func.count().label("villages"),
        func.avg(Village.idm_score).label("mean"),
    )
    grouped = select(*named).where(Village.idm_year == year)
    rows = await session.execute(grouped.group_by(Village.district_code, Village.idm_status))
    return rows.mappings().all()


app.include_router(reports)
