"""Formula, audit and rubric against the ministry's own records, where they lie beside the repository."""

import gzip
import json
import re
from collections import Counter
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pytest

from app.index.audit import INTERNET_ROWS_SHOWN_ALIKE, Published, audit
from app.index.formula import calculate, gains, pack, points_of, scores_out_of_rubric, status_of
from tests.index.official import DATA, plain, table, word
from tests.index.village_years import FIGURES, IDM

pytestmark = pytest.mark.official_data

LEVELS_AT_SOURCE = {
    "PUSAT": "pusat",
    "PROV": "provinsi",
    "KAB": "kabupaten",
    "DESA": "desa",
    "CSR": "csr",
    "LAINNYA": "lainnya",
}


def scores_of(row: dict[str, str]) -> bytes:
    """The fifty digits of a row, packed."""
    return pack(IDM, **{d: [int(digit) for digit in row[f"{d}_scores"]] for d in ("iks", "ike", "ikl")})


def published(row: dict[str, str], prefix: str = "") -> Published:
    """The figures of a row."""
    indices = {figure: float(row[prefix + figure]) for figure in FIGURES}
    return Published(**indices, status=word(row[f"{prefix}status"]))


@cache
def rubric() -> list[dict[str, Any]]:
    """The rubric as extracted."""
    rows: list[dict[str, Any]] = json.loads((DATA / "idm_rubric.json").read_text("utf-8"))
    return rows


@cache
def documents() -> list[list[dict[str, Any]]]:
    """The fifty indicator rows of each whole document, in official order."""
    with gzip.open(DATA / "idm_rumusan_samples.jsonl.gz", "rt") as lines:
        parsed = [json.loads(line) for line in lines]
    return [[row for row in document["mapData"]["ROW"] if row["NO"] is not None] for document in parsed]


def test_every_consistent_open_record_is_reproduced_and_exactly_328_are_not_consistent() -> None:
    verdicts: Counter[tuple[str, bool | None, bool]] = Counter()

    for row in table("idm_official_open.csv.gz"):
        scores = scores_of(row)
        verdict = audit(IDM, year=int(row["year"]), scores=scores, published=published(row))
        verdicts[row["year"], verdict.consistent, verdict.explanation is INTERNET_ROWS_SHOWN_ALIKE] += 1
        if verdict.consistent:
            calculation = calculate(IDM, scores)
            told = zip(FIGURES, (*calculation.indices, calculation.value), strict=True)
            assert all(abs(value - float(row[figure])) < 1e-9 for figure, value in told)
            assert calculation.status == word(row["status"])
            assert calculation.target_status == word(row["target_status"])
            assert calculation.target_score == float(row["target_score"])
            assert abs(calculation.increase_needed - float(row["increase_needed"])) < 1e-9
        assert scores_out_of_rubric(IDM, scores) == ()

    assert verdicts == {
        ("2021", True, False): 1274,
        ("2022", True, False): 1268,
        ("2023", True, False): 1270,
        ("2024", True, False): 942,
        ("2024", False, True): 328,
    }


def test_the_status_of_every_village_on_the_grid_of_2024_agrees() -> None:
    grids = {
        d.id: {f"{total / d.divisor:.4f}": total for total in range(d.divisor + 1)} for d in IDM.dimensions
    }
    outcomes: Counter[str] = Counter()

    for row in table("national_idm_2024.csv.gz"):
        if not all(row[figure] for figure in FIGURES):
            outcomes["without a score"] += 1
            continue
        sums = [grid.get(f"{float(row[dimension]):.4f}") for dimension, grid in grids.items()]
        known = [total for total in sums if total is not None]
        if len(known) < len(sums):
            outcomes["off the grid"] += 1
            continue
        agrees = status_of(IDM, points_of(IDM, known)) == word(row["status"])
        outcomes["agrees" if agrees else "differs"] += 1

    assert outcomes == {"agrees": 75_238, "without a score": 4, "off the grid": 23}


def test_every_printed_gain_agrees_to_its_eighth_decimal_however_it_is_rounded() -> None:
    printed = 0

    for rows in documents():
        computed = gains(IDM, bytes(row["SKOR"] for row in rows))
        for row, gain in zip(rows, computed, strict=True):
            for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
                assert Decimal(gain).quantize(Decimal("1e-8"), rounding) == Decimal(row["NILAI"])
            printed += 1

    assert printed == 73 * 50


def test_the_villages_of_kukar_are_consistent_but_for_three() -> None:
    differing, outside, records = [], [], 0

    for row in table("kukar_idm_2024_scores.csv"):
        verdict = audit(IDM, year=2024, scores=scores_of(row), published=published(row, "official_"))
        records += 1
        differing += [] if verdict.consistent else [row["village"]]
        outside += [(row["village"], warning.indicator, warning.score) for warning in verdict.warnings]
        assert verdict.explanation is None

    assert records == 193
    assert differing == ["JONGKANG", "BILA TALANG", "TUKUNG RITAN"]
    assert outside == [("BADAK MEKAR", "iks_16", 1)]


def test_no_rule_of_presence_could_be_stated_for_the_idm_without_exception() -> None:
    """Rows 15 and 16 (mutual aid), and 23 and 24 (the watch), are the only pairs that could depend by meaning."""
    pairs = Counter[tuple[str, str]]()

    for row in table("idm_official_open.csv.gz"):
        scores = scores_of(row)
        for first, then, best in (("iks_15", "iks_16", 0), ("iks_23", "iks_24", 1)):
            absent = scores[IDM.position[first]] == 1
            pairs[first, then] += absent and scores[IDM.position[then]] != best

    assert pairs == {("iks_15", "iks_16"): 18, ("iks_23", "iks_24"): 309}


def test_every_level_of_the_rubric_is_there_and_an_activity_where_it_has_one() -> None:
    ours = {
        (row.id, level.score): level.activity is not None for row in IDM.indicators for level in row.levels
    }
    theirs = {
        (f"{row['dimension'].lower()}_{row['no']:02}", level["score"]): level["activity"] is not None
        for row in rubric()
        for level in row["levels"]
    }

    assert ours == theirs
    assert len(theirs) == 178


def test_no_sentence_is_the_rubrics_own() -> None:
    theirs = {
        plain(level[part])
        for row in rubric()
        for level in row["levels"]
        for part in ("meaning", "activity")
        if level[part]
    }
    ours = {
        plain(text["id"])
        for row in IDM.indicators
        for level in row.levels
        for text in (level.meaning, level.activity)
        if text
    }

    assert len(theirs) > 200
    assert ours & theirs == set()


def test_the_number_bounds_of_each_meaning_are_the_rubrics() -> None:
    """Every figure we print at a level is printed there by the rubric, as a share for a per cent."""
    for row, source in zip(IDM.indicators, rubric(), strict=True):
        for level, told in zip(row.levels, source["levels"], strict=True):
            figures = {float(n.replace(",", ".")) for n in re.findall(r"\d+(?:,\d+)?", told["meaning"] or "")}
            shares = {round(100 * figure, 6) for figure in figures}
            ours = re.sub(r"(?<=\d)\.(?=\d{3})", "", level.meaning["id"])
            for number in re.findall(r"\d+(?:,\d+)?", ours):
                value = float(number.replace(",", "."))
                near = figures | shares | {figure - 0.01 for figure in figures} | {f + 0.01 for f in figures}
                assert any(abs(value - figure) < 1e-6 for figure in near), (row.id, level.score, number)


def test_each_row_is_acted_on_at_the_levels_the_rubric_names() -> None:
    actors: dict[tuple[str, str], set[str]] = {}

    for row, source in zip(IDM.indicators, rubric(), strict=True):
        for column, level in LEVELS_AT_SOURCE.items():
            named = source["executors"][column]
            words = row.executors[level]
            assert (words is None) == (named is None), (row.id, level)
            if words and named:
                parts = [part.strip().casefold() for part in re.split(r"[,/]", named)]
                split = {"kemenperpus arsip"}  # one name at the source, two offices
                assert len(words) == len(parts) + len(split & set(parts)), (row.id, level)
                if len(words) == len(parts):
                    for part, actor in zip(parts, words, strict=True):
                        actors.setdefault((column, part), set()).add(actor)

    assert {name: words for name, words in actors.items() if len(words) > 1} == {}
