"""Fill the textbook's own tables from the region table that our seed reads: both hold the same rows.

`python -m benchmarks.peers.textbook_rows REGIONS.csv`, with TEXTBOOK_DATABASE_URL and TEXTBOOK_TOKEN set.
"""

import asyncio
import hashlib
import os
import sys
from pathlib import Path

from sqlalchemy import insert

from benchmarks.data import Nation, read
from benchmarks.peers.textbook import Token, Village, engine
from benchmarks.peers.textbook_events import Base


def rows(nation: Nation) -> list[dict[str, str | float | None]]:
    """Every village with the names of its district and regency, as the answers show it."""
    names = {region.code: region.name for region in nation.regions}
    return [
        {
            "code": village.code,
            "name": village.name,
            "kind": village.kind,
            "district_code": village.code[:8],
            "district_name": names[village.code[:8]],
            "regency_code": village.code[:5],
            "regency_name": names[village.code[:5]],
            "latitude": village.latitude,
            "longitude": village.longitude,
        }
        for village in nation.villages
    ]


async def fill(nation: Nation, *, token: str) -> None:
    """Create the tables, then write the villages and the one token."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.execute(insert(Village), rows(nation))
        await connection.execute(insert(Token), [{"hash": hashlib.sha256(token.encode()).hexdigest()}])
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(fill(read(Path(sys.argv[1])), token=os.environ["TEXTBOOK_TOKEN"]))
