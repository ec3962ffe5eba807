"""The real data of Kutai Kartanegara that comes with the project; `kukar/README.md` names the sources."""

import csv
import json
from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files
from typing import Any
from zoneinfo import ZoneInfo

from app.database import Act, Database
from app.index.formula import unpack
from app.index.schemas import IDM, IdmRecord
from app.seed import idm, regions, register

_FOLDER = files("app.seed").joinpath("kukar")
ZONE = ZoneInfo("Asia/Makassar")
"""Kukar's days are days there."""
RECODED_ON = "2022-02-14"
RECODED_BY = "Kepmendagri 050-145/2022"
IDM_SOURCES = {
    2023: "Kemendesa PDTT, IDM 2023: yearly file",
    2024: "Kemendesa PDTT, IDM 2024: yearly file (indices, status), open API (scores)",
}


def lines(name: str) -> Iterator[dict[str, str]]:
    """The lines of one of the tables."""
    yield from csv.DictReader(_FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines())


def village_codes() -> list[str]:
    """The 237 villages of which the reports speak, by their codes of 2025."""
    return [line["code"] for line in lines("regions.csv") if line["level"] == "village"]


def reported() -> dict[str, Any]:
    """What the press reported of trainings, UKM and cooperatives."""
    told: dict[str, Any] = json.loads(_FOLDER.joinpath("register.json").read_text(encoding="utf-8"))
    return told


async def load_villages(database: Database, act: Act) -> regions.Loaded:
    """20 districts, 237 villages with their coordinates, and the 20 codes that were given up in 2022."""
    recodings = [
        regions.Recoding(line["old_code"], line["new_code"], RECODED_ON, RECODED_BY)
        for line in lines("recodings.csv")
    ]
    with as_file(_FOLDER.joinpath("regions.csv")) as path:
        return await regions.load(database, act, regions.read(path), recodings)


def idm_years() -> dict[str, dict[int, IdmRecord]]:
    """The published IDM by village code and year: indices of 2023, indices and scores of 2024."""
    found: dict[str, dict[int, IdmRecord]] = {}
    for year, source in IDM_SOURCES.items():
        for line in lines(f"idm_{year}.csv"):
            found.setdefault(line["code"], {})[year] = _idm_record(line, source)
    return found


def _idm_record(line: Mapping[str, str], source: str) -> IdmRecord:
    digits = line.get("scores")
    scores = unpack(IDM, bytes(map(int, digits))) if digits else {}
    indices = {name: float(line[name]) for name in ("iks", "ike", "ikl", "idm")}
    published = {**indices, "status": line["status"]}
    return IdmRecord.model_validate({**scores, "published": published, "source": source})


async def load_idm(database: Database, act: Act) -> int:
    """The IDM of Kukar's 193 desa for 2023 and 2024, as published and with what differs in it."""
    return await idm.load(database, act, idm_years())


async def load_all(database: Database, act: Act) -> dict[str, int]:
    """Everything, each part only where it is missing; gives how many of each were new."""
    places = await load_villages(database, act)
    return {
        "regions": places.regions,
        "villages": places.villages,
        "idm_years": await load_idm(database, act),
        "cooperatives": await register.load_cooperatives(
            database, act, village_codes(), reported()["cooperatives"], ZONE
        ),
        "trainings": await register.load_trainings(database, act, reported()["trainings"]),
        "ukms": await register.load_ukms(database, act, reported()["ukms"]),
    }
