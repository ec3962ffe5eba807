"""A table of regions becomes regions and villages; what the register holds already is left as it is."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import app.regions.texts  # noqa: F401  # its codes enter the catalogue
from app.database import Act, Database, Transaction
from app.database.register import State
from app.database.words import new_id
from app.http.catalogue import TEXTS
from app.regions.codes import Region, district_of, kind_of
from app.regions.tables import REGIONS
from app.villages import queries, service
from app.villages.many import find_many
from app.villages.tables import VILLAGES

LEVELS = {2: "province", 5: "regency", 8: "district", 13: "village"}
COLUMNS = frozenset({"code", "name", "level", "kind", "latitude", "longitude"})
BATCH = 1000

_code: TypeAdapter[str] = TypeAdapter(Region)


class UnusableTable(Exception):
    """A table that cannot be loaded; its message names the lines."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the table: a region or a village."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None

    @property
    def level(self) -> str:
        """What the length of the code says."""
        return LEVELS[len(self.code)]


@dataclass(frozen=True, slots=True)
class Recoding:
    """A village took a new code; the old one still leads to it."""

    old_code: str
    new_code: str
    ended_on: str
    legal_basis: str


@dataclass(slots=True)
class Loaded:
    """How many were new."""

    regions: int = 0
    villages: int = 0


def read(path: Path) -> list[Place]:
    """The lines of a CSV file with the columns `code, name, level, kind, latitude, longitude`.

    Only `code` and `name` must have a value. Raises `UnusableTable` naming every line that does not fit.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        missing = {"code", "name"} - set(lines.fieldnames or ())
        unknown = set(lines.fieldnames or ()) - COLUMNS
        if missing or unknown:
            raise UnusableTable(f"the columns are {', '.join(sorted(COLUMNS))}; code and name are needed")
        places, faults = [], []
        for number, line in enumerate(lines, start=2):
            try:
                places.append(_place(line))
            except (ValueError, ValidationError) as wrong:
                faults.append(f"line {number}: {_said(wrong)}")
    if faults:
        raise UnusableTable("\n".join(faults[:50]))
    return places


def _place(line: dict[str, str]) -> Place:
    code = _code.validate_python((line["code"] or "").strip())
    name = " ".join((line["name"] or "").split())
    if not name:
        raise ValueError("the name is missing")
    if line.get("level") and line["level"] != LEVELS[len(code)]:
        raise ValueError("the level does not fit the code")
    return Place(
        code=code,
        name=name,
        latitude=_degrees(line, "latitude", 90),
        longitude=_degrees(line, "longitude", 180),
    )


def _degrees(line: dict[str, str], name: str, most: int) -> float | None:
    text = (line.get(name) or "").strip()
    if not text:
        return None
    value = float(text)
    if not -most <= value <= most:
        raise ValueError(f"{name} lies outside ±{most}")
    return value


def _said(wrong: Exception) -> str:
    if isinstance(wrong, ValidationError):
        return TEXTS[str(wrong.errors(include_url=False)[0]["type"])].en
    return str(wrong)


async def load(
    database: Database, act: Act, places: Sequence[Place], recodings: Iterable[Recoding] = ()
) -> Loaded:
    """Enter what is missing, in transactions of a thousand lines; running it again changes nothing.

    A village is known by its present code and by every code it gave up, so a table older or newer than the
    register adds no twin.
    """
    loaded = Loaded()
    former = {recoding.new_code: recoding for recoding in recodings}
    ordered = sorted(places, key=lambda place: (len(place.code) == 13, place.code))
    for batch in _batches(ordered):

        async def unit(tx: Transaction, batch: list[Place] = batch) -> tuple[int, int]:
            return await _load_batch(tx, batch, former)

        regions, villages = await database.write(act, unit)
        loaded.regions += regions
        loaded.villages += villages
    return loaded


def _batches(places: Iterable[Place]) -> Iterator[list[Place]]:
    remaining = iter(places)
    while batch := list(islice(remaining, BATCH)):
        yield batch


async def _load_batch(tx: Transaction, batch: list[Place], former: dict[str, Recoding]) -> tuple[int, int]:
    regions = [
        place for place in batch if place.level != "village" and await REGIONS.find(tx, place.code) is None
    ]
    await REGIONS.create_many(tx, [_region(place) for place in regions])
    told = [place for place in batch if place.level == "village"]
    known = await find_many(tx, [place.code for place in told])
    missing = [place for place in told if place.code not in known]
    around = {
        code: await service.surroundings(tx, code + ".2001", pointer="/code") for code in _districts(missing)
    }
    villages = [_village(place, around[district_of(place.code)], former.get(place.code)) for place in missing]
    await VILLAGES.create_many(tx, villages)
    for village in villages:
        recoding = former.get(village["code"])
        if recoding is not None:
            await tx.execute(queries.keep_former_code, _former(recoding, village))
    return len(regions), len(villages)


def _districts(places: Iterable[Place]) -> set[str]:
    return {district_of(place.code) for place in places}


def _region(place: Place) -> State:
    parent = place.code.rpartition(".")[0] or None
    return {"code": place.code, "name": place.name, "level": place.level, "parent": parent}


def _village(place: Place, around: State, recoding: Recoding | None) -> State:
    return {
        **service.unknown(),
        **around,
        "village_id": new_id(),
        "code": place.code,
        "kind": kind_of(place.code),
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "former_codes": [] if recoding is None else [recoding.old_code],
    }


def _former(recoding: Recoding, village: State) -> dict[str, str]:
    return {
        "code": recoding.old_code,
        "village_id": village["village_id"],
        "ended_on": recoding.ended_on,
        "legal_basis": recoding.legal_basis,
    }
