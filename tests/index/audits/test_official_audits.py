"""What the audit finds in the ministry's own records, where they lie beside the repository."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator

import pytest

from app.index.audit import Published, audit
from app.index.audits.findings import Audited, findings
from app.index.audits.implied import implied
from app.index.formula import calculate, pack
from tests.conftest import OFFICIAL
from tests.index.village_years import FIGURES, IDM

pytestmark = pytest.mark.official_data

PAIR = slice(29, 31)


def lines(name: str) -> Iterator[dict[str, str]]:
    """The lines of one of the files."""
    with gzip.open(OFFICIAL / name, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def scores_of(line: dict[str, str]) -> bytes:
    return pack(IDM, **{d: [int(digit) for digit in line[f"{d}_scores"]] for d in ("iks", "ike", "ikl")})


def published_of(line: dict[str, str]) -> Published:
    figures = {name: float(line[name]) if line[name] else None for name in FIGURES}
    return Published(**figures, status=line["status"].lower().replace(" ", "_") or None)


def found_in(line: dict[str, str]) -> tuple[str, ...]:
    scores, published = scores_of(line), published_of(line)
    result = calculate(IDM, scores)
    verdict = audit(IDM, year=int(line["year"]), scores=scores, published=published)
    return findings(
        Audited(
            edition=IDM,
            published=published,
            status=result.status,
            points=result.points,
            consistent=verdict.consistent,
        )
    )


def test_in_5082_open_records_328_are_inconsistent_and_30_would_change_all_in_2024() -> None:
    found: Counter[tuple[str, str]] = Counter()
    records = 0

    for line in lines("idm_official_open.csv.gz"):
        records += 1
        found.update((line["year"], word) for word in found_in(line))

    borderline = {year: found.pop((year, "borderline")) for year in ("2021", "2022", "2023", "2024")}
    assert records == 5082
    assert found == {("2024", "inconsistent"): 328, ("2024", "status_would_change"): 30}
    assert borderline == {"2021": 46, "2022": 52, "2023": 61, "2024": 50}


def test_of_the_328_each_pair_adds_up_to_six_and_the_year_before_speaks_for_row_30() -> None:
    """The counts that the text of what is implied names."""
    records = {(line["code"], line["year"]): line for line in lines("idm_official_open.csv.gz")}
    kept: Counter[str] = Counter()

    for (code, year), line in records.items():
        scores, published = scores_of(line), published_of(line)
        verdict = audit(IDM, year=int(year), scores=scores, published=published)
        pair = implied(IDM, verdict.explanation, scores, published)
        if pair is None:
            continue
        shown, beside = pair.shown
        before = tuple(scores_of(records[code, "2023"])[PAIR])
        assert (shown, pair.sum, pair.readings) == (beside, 6, ((1, 5), (5, 1)))
        readings: dict[tuple[int, ...], str] = {
            (6 - shown, shown): "iks_31 is right",
            (shown, 6 - shown): "iks_30 is right",
        }
        kept[readings.get(before, "neither")] += 1
    assert kept == {"iks_31 is right": 294, "iks_30 is right": 1, "neither": 33}


def test_one_label_of_the_nation_contradicts_its_value() -> None:
    contradicting, records = [], 0

    for line in lines("national_idm_2024.csv.gz"):
        records += 1
        audited = Audited(
            edition=IDM, published=published_of(line), status=None, points=None, consistent=None
        )
        if "label_contradicts_value" in findings(audited):
            contradicting.append((line["code"], line["idm"], line["status"]))

    assert records == 75_265
    assert contradicting == [("62.13.06.2003", "0.741", "BERKEMBANG")]
