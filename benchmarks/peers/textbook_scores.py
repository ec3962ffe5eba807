"""The textbook's long form, a row a score: `add_all` of some villages, timed, as one line of JSON a village.

`python -m benchmarks.peers.textbook_scores REGIONS.csv VILLAGES`, with TEXTBOOK_DATABASE_URL set.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from benchmarks.data import read
from benchmarks.peers.textbook import Base, Code, engine, new_session

INDICATORS = 50


class Score(Base):
    """One score of one village in one year."""

    __tablename__ = "textbook_scores"

    village_code: Mapped[str] = mapped_column(Code, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[int]


async def measure(codes: list[str]) -> dict[str, float]:
    """Seconds of ingest and recompute, and on PostgreSQL bytes, for each village."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    began = time.perf_counter()
    async with new_session() as session:
        for code in codes:
            session.add_all(
                Score(village_code=code, year=2024, indicator=f"row_{number:02}", score=number % 6)
                for number in range(INDICATORS)
            )
        await session.commit()
    told = {"ingest": (time.perf_counter() - began) / len(codes)}
    began = time.perf_counter()
    async with new_session() as session:
        dimension = func.substr(Score.indicator, 5, 1)
        sums = select(Score.village_code, dimension, func.sum(Score.score)).group_by(
            Score.village_code, dimension
        )
        (await session.execute(sums)).all()
        told["recompute"] = (time.perf_counter() - began) / len(codes)
        if engine.dialect.name == "postgresql":
            size = await session.scalar(text("select pg_total_relation_size('textbook_scores')"))
            told["bytes"] = float(size or 0) / len(codes)
    await engine.dispose()
    return told


if __name__ == "__main__":
    villages = read(Path(sys.argv[1])).villages[: int(sys.argv[2])]
    print(json.dumps(asyncio.run(measure([village.code for village in villages]))))
