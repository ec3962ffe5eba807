"""What is known of Kukar's cooperatives, trainings and UKM; what was ever in the register is not entered again."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from app.cooperatives import service as cooperatives
from app.cooperatives.legality.schemas import LegalityEvent
from app.cooperatives.legality.service import SEED, Sender, Told, push
from app.cooperatives.naming import KINDS, merah_putih_name
from app.cooperatives.tables import COOPERATIVES
from app.database import Act, Database, Statement, Transaction
from app.database.ledgers import changes
from app.database.register import Register, State
from app.database.words import Word, new_id
from app.http.filters import folded
from app.trainings.schemas import TrainingInput
from app.trainings.tables import TRAININGS
from app.ukms.schemas import UkmInput
from app.ukms.tables import UKMS
from app.villages.followers import placed
from app.villages.service import find, within_reach

_was_ever = Statement(
    select(changes.c.position)
    .where(
        changes.c.type == bindparam("type", type_=Word), changes.c.resource_id == bindparam("id", type_=Word)
    )
    .limit(1)
)
_villages_with_a_cooperative = Statement(
    select(changes.c.village_code).where(changes.c.type == "cooperative").distinct()
)


async def load_cooperatives(
    database: Database, act: Act, codes: Iterable[str], told: Mapping[str, str], zone: ZoneInfo
) -> int:
    """One Koperasi Merah Putih for each village that was reported, named by the rule, and by when it was formed.

    `told` has `formed_by` and its `source`: all 237 by 28 May 2025. Nothing else of them is known. A village that
    has, or had, a cooperative in the register is passed over, under any code it bore.
    """

    async def unit(tx: Transaction) -> int:
        served = {row[0] for row in await tx.fetch(_villages_with_a_cooperative, {})}
        found = [await find(tx, code) for code in codes]
        villages = [village for village in found if village is not None]
        names = [folded(village["name"]) for village in villages]
        new = [
            _cooperative(village, repeated=names.count(folded(village["name"])) > 1)
            for village in villages
            if served.isdisjoint((village["code"], *village["former_codes"]))
        ]
        await COOPERATIVES.create_many(tx, new)
        await push(tx, Sender(SEED, zone), [_formed(index, one["id"], told) for index, one in enumerate(new)])
        return len(new)

    return await database.write(act, unit)


def _formed(index: int, cooperative_id: str, told: Mapping[str, str]) -> Told:
    """That a cooperative was formed by a day, which is all that was published of each."""
    event = LegalityEvent(
        event_id=f"musdesus {cooperative_id}",
        milestone="musdesus",
        outcome="achieved",
        occurred_on=told["formed_by"],
        note=f"By this date, not on it. {told['source']}",
    )
    return Told(index, event.event_id, reference=("id", cooperative_id), event=event)


def _cooperative(village: State, *, repeated: bool) -> State:
    name = merah_putih_name(
        village_kind=village["kind"],
        village_name=village["name"],
        district_name=village["district_name"],
        repeated=repeated,
    )
    kind = KINDS[village["kind"]]
    return {**cooperatives.unknown(), **placed(village), "id": new_id(), "name": name, "kind": kind}


async def load_trainings(database: Database, act: Act, known: Iterable[Mapping[str, Any]]) -> int:
    """The trainings that were reported, each under an id of its own."""
    return await _enter(database, act, TRAININGS, known, _training)


async def load_ukms(database: Database, act: Act, known: Iterable[Mapping[str, Any]]) -> int:
    """The UKM that were reported, each under an id of its own."""
    return await _enter(database, act, UKMS, known, _ukm)


def _training(told: Mapping[str, Any]) -> State:
    return {**TrainingInput.model_validate(told).model_dump(), "enrolled": 0}


def _ukm(told: Mapping[str, Any]) -> State:
    return {**UkmInput.model_validate(told).model_dump(), "scale": None, "scale_basis": None}


async def _enter(
    database: Database, act: Act, register: Register, known: Iterable[Mapping[str, Any]], state_of: Any
) -> int:
    async def unit(tx: Transaction) -> int:
        entered = 0
        for told in known:
            rest = dict(told)
            id, code = rest.pop("id"), rest.pop("village_code")
            if await tx.row(_was_ever, {"type": register.type, "id": id}) is not None:
                continue
            village = await within_reach(tx, code)
            await register.create(tx, {**state_of(rest), **placed(village), "id": id})
            entered += 1
        return entered

    return await database.write(act, unit)
