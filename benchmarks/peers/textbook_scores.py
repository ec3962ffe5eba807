"""The textbook's long form, a row a score: `add_all` of a table of villages, and the index from sums, timed.

`python -m benchmarks.peers.textbook_scores SCORES.csv`, with TEXTBOOK_DATABASE_URL set; prints seconds as JSON.
The time of `ingest` runs from the start of the process, as that of the other side does.
"""

import asyncio
import csv
import json
import sys
import time
from collections import defaultdict
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from benchmarks.peers.textbook import Base, Code, engine, new_session

COMMITTED, AGAIN = 100, 3
DIVISORS = {"iks": 175, "ike": 60, "ikl": 15}
CUT_OFFS = ((0.4907, "sangat_tertinggal"), (0.5989, "tertinggal"), (0.7072, "berkembang"), (0.8155, "maju"))


class Score(Base):
    """One score of one village in one year."""

    __tablename__ = "textbook_scores"

    village_code: Mapped[str] = mapped_column(Code, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    score: Mapped[int]


def dimension_of(number: int) -> str:
    return "iks" if number < 35 else "ike" if number < 47 else "ikl"


async def ingest(path: Path) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with new_session() as session:
        with path.open(newline="", encoding="utf-8") as file:
            for line, village in enumerate(csv.DictReader(file), 1):
                session.add_all(
                    Score(
                        village_code=village["code"],
                        year=int(village["year"]),
                        dimension=dimension_of(number),
                        number=number,
                        score=int(score),
                    )
                    for number, score in enumerate(village["scores"])
                )
                if line % COMMITTED == 0:
                    await session.commit()
                    session.expunge_all()
        await session.commit()


async def recompute() -> dict[str, tuple[float, str]]:
    """Index and status of every village, from sums that the database makes."""
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    statement = select(Score.village_code, Score.dimension, func.sum(Score.score)).group_by(
        Score.village_code, Score.dimension
    )
    async with new_session() as session:
        for code, dimension, total in await session.execute(statement):
            sums[code][dimension] = total
    found = {}
    for code, of_village in sums.items():
        value = sum(of_village[name] / divisor for name, divisor in DIVISORS.items()) / len(DIVISORS)
        status = next((status for cut_off, status in CUT_OFFS if value <= cut_off), "mandiri")
        found[code] = (value, status)
    return found


async def measure(path: Path) -> dict[str, float]:
    await ingest(path)
    told = {"ingest": time.perf_counter() - BEGAN}
    taken = []
    for _ in range(AGAIN):
        began = time.perf_counter()
        await recompute()
        taken.append(time.perf_counter() - began)
    await engine.dispose()
    return told | {"recompute": min(taken)}


if __name__ == "__main__":
    BEGAN = time.perf_counter()
    print(json.dumps(asyncio.run(measure(Path(sys.argv[1])))))
