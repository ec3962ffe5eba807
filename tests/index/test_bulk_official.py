"""The ministry's whole files: what has no village is listed, all else is entered, and the second run writes nothing."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.database import Database
from app.index.bulk import Entered, Refused, VillageYear, publish_many
from app.index.lines import read
from app.seed import regions
from tests.conftest import OFFICIAL, act_of

# The nation takes a minute or two.
pytestmark = [pytest.mark.official_data, pytest.mark.soak]


def _lines(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(OFFICIAL / name, "rt", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _table(name: str, path: Path) -> Path:
    """The ministry's file in the project's own format."""
    with gzip.open(path, "wt", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, ("code", "year", "iks", "ike", "ikl", "idm", "status", "scores"))
        table.writeheader()
        for line in _lines(name):
            figures = {figure: line[figure] for figure in ("iks", "ike", "ikl", "idm")}
            scores = "".join(line.get(f"{dimension}_scores", "") for dimension in ("iks", "ike", "ikl"))
            status = line["status"].lower().replace(" ", "_")
            told = {"code": line["code"], "year": line.get("year", ""), "status": status, "scores": scores}
            table.writerow({**told, **figures})
    return path


async def _enter(database: Database, path: Path) -> Entered:
    unfit: list[Refused] = []

    def usable() -> Iterator[VillageYear]:
        for one in read(path, year=2024, source="the ministry"):
            if isinstance(one, VillageYear):
                yield one
            else:
                unfit.append(one)

    entered = await publish_many(database, act_of("load"), usable())
    entered.refused += unfit
    return entered


def _told(entered: Entered) -> tuple[int, int, int, Counter[str]]:
    codes = Counter(fault.code for one in entered.refused for fault in one.faults)
    return entered.created, entered.updated, entered.unchanged, codes


@pytest.fixture
async def nation(database: Database) -> None:
    """Every region and village of the nation."""
    places = [
        regions.Place(line["code"], line["name"], latitude=None, longitude=None)
        for line in _lines("national_regions.csv.gz")
    ]
    await regions.load(database, act_of("seed"), places)


@pytest.mark.timeout(600)
@pytest.mark.engine("sqlite")
async def test_795_lines_of_the_nation_have_no_village_and_47_of_the_open_records_an_old_code(
    nation: None, database: Database, tmp_path: Path
) -> None:
    yearly = _table("national_idm_2024.csv.gz", tmp_path / "yearly.csv.gz")
    opened = _table("idm_official_open.csv.gz", tmp_path / "open.csv.gz")

    first, again = await _enter(database, yearly), await _enter(database, yearly)
    records = await _enter(database, opened)

    # Four lines of the yearly file are blank but for the name.
    without = Counter({"village.not_found": 795, "idm.nothing_known": 4})
    assert _told(first) == (74_466, 0, 0, without)
    assert _told(again) == (0, 0, 74_466, without)
    old = [one.origin.cells["code"] for one in records.refused]
    assert {code[:2] for code in old} <= {"91", "92"}
    assert (len(old), len(set(old))) == (47, 26)
