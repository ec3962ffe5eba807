"""Writers who get in each other's way: short and slow transactions over things they share, some of them rolled back."""

import asyncio
import random
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from app.database import Busy, Database, Transaction
from app.database.register import State
from app.database.words import new_id
from app.groups.tables import GROUPS
from app.villages.followers import placed
from app.villages.service import find
from tests.conftest import act_of

SEPATIN = "64.02.04.2001"
ROLLED_BACK = 0.05
SLOW = 0.02
SHARED = 80
Event = tuple[str, str, int]
"""Of a group: its id, the operation and the version."""


class Regretted(Exception):
    """A writer changed its mind after writing."""


@dataclass
class Office:
    """Some writers on one database, and what they know to be committed."""

    database: Database
    slow: bool
    shared: list[str] = field(default_factory=list)
    committed: list[Event] = field(default_factory=list)
    rolled_back: int = 0

    async def write(self, writer: int, events: int) -> None:
        """One of them, until so many events are committed in all; the same number, the same deeds."""
        deeds = random.Random(writer)  # noqa: S311  # a play that can be repeated
        village = await find(self.database, SEPATIN)
        assert village is not None
        place = placed(village)
        while len(self.committed) < events:
            unit = partial(self._unit, seed=deeds.random(), place=place)
            try:
                done, made, removed = await self.database.write(act_of("write"), unit)
            except (Regretted, Busy):
                self.rolled_back += 1
                continue
            self.committed += done
            # The rest is left in peace, so that a long run does not carry it along.
            self.shared = [one for one in [*self.shared, *made] if one not in removed][: 2 * SHARED]

    async def _unit(
        self, tx: Transaction, *, seed: float, place: State
    ) -> tuple[list[Event], set[str], set[str]]:
        # Run again after a deadlock, it does the same.
        deeds = random.Random(seed)  # noqa: S311  # a play that can be repeated
        done: list[Event] = []
        made: set[str] = set()
        removed: set[str] = set()
        for _ in range(deeds.randint(1, 4)):
            group = await self._one(tx, deeds)
            if group is None:
                group = await GROUPS.create(tx, {**_group(), **place, "id": new_id()})
                made.add(group["id"])
                done.append((group["id"], "created", 1))
            elif deeds.random() < 0.1:
                await GROUPS.delete(tx, group)
                removed.add(group["id"])
                done.append((group["id"], "deleted", group["version"] + 1))
            else:
                after = await GROUPS.update(
                    tx, group, {**group, "members_male": (group["members_male"] or 0) + 1}
                )
                done.append((group["id"], "updated", after["version"]))
            if self.slow and deeds.random() < SLOW:
                await asyncio.sleep(deeds.uniform(0, 0.05))
        if deeds.random() < ROLLED_BACK:
            raise Regretted
        return done, made, removed

    async def _one(self, tx: Transaction, deeds: random.Random) -> State | None:
        # Mostly one that others want too.
        if len(self.shared) < SHARED or deeds.random() < 0.15:
            return None
        return await GROUPS.find(tx, self.shared[deeds.randrange(SHARED)])


def _group() -> dict[str, Any]:
    counts = dict.fromkeys(("members_male", "members_female", "poor_households"))
    return {"name": "Kelompok Contoh", "kind": "kelompok_usaha", **counts}
