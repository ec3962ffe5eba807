"""Indeks Desa 2025 against the sample and the rubric of the ministry's data unit, beside the repository."""

import json
from collections import Counter

import pytest

from app.index.formula import calculate, scores_out_of_rubric
from app.index.rules import broken
from tests.index.indeks_desa import INDEKS_DESA
from tests.index.official import DATA, plain, table, word

pytestmark = pytest.mark.official_data


def test_the_same_lines_reproduce_the_sample_of_indeks_desa_2025() -> None:
    dimensions = [dimension.id for dimension in INDEKS_DESA.dimensions]
    records, warned = 0, Counter[str]()

    for row in table("indeks_desa_2025_sample.csv.gz"):
        scores = bytes(int(digit) for digit in row["scores"])
        calculation = calculate(INDEKS_DESA, scores)
        assert calculation.sums == tuple(int(row[dimension]) for dimension in dimensions)
        assert scores_out_of_rubric(INDEKS_DESA, scores) == ()
        assert calculation.points == int(row["total"])
        assert abs(100 * calculation.value - float(row["percent"])) <= 0.005 + 1e-9
        assert calculation.status == word(row["status"])
        warned.update(one.rule.id for one in broken(INDEKS_DESA, scores))
        records += 1

    assert records == 814
    assert warned == {"no_own_revenue": 3, "no_bum_desa": 1}


def test_the_admissible_scores_of_indeks_desa_are_the_sources_and_no_sentence_is_its_own() -> None:
    source = json.loads((DATA / "indeks_desa_rubric.json").read_text("utf-8"))
    parts = ("text", "meaning", "activity", "recommendation_regency_table")

    theirs = {plain(level[p]) for row in source for level in row["levels"] for p in parts if level[p]}
    levels = [level for row in INDEKS_DESA.indicators for level in row.levels]
    ours = {plain(text["id"]) for level in levels for text in (level.meaning, level.activity) if text}

    assert [sorted(known) for known in INDEKS_DESA.admissible] == [row["allowed_scores"] for row in source]
    assert len(theirs) > 500
    assert ours & theirs == set()
