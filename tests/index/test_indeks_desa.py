"""Indeks Desa 2025 as an edition: its frame, its cut-offs, and real villages reproduced."""

from collections import Counter
from itertools import pairwise

import pytest

from app.index.formula import calculate, scores_out_of_rubric
from app.index.rules import broken
from tests.index.indeks_desa import INDEKS_DESA, VILLAGES, Village, items_worth


def test_the_frame_is_six_dimensions_13_sectors_48_variables_and_127_rows() -> None:
    sectors = [sector for dimension in INDEKS_DESA.dimensions for sector in dimension.sub_dimensions]

    assert [(d.id, d.divisor, d.weight) for d in INDEKS_DESA.dimensions] == [
        ("layanan_dasar", 170, 1),
        ("sosial", 85, 1),
        ("ekonomi", 160, 1),
        ("lingkungan", 90, 1),
        ("aksesibilitas", 50, 1),
        ("tata_kelola", 80, 1),
    ]
    assert [sector.maximum for sector in sectors] == [45, 100, 25, 65, 20, 40, 120, 65, 25, 20, 30, 35, 45]
    assert len(INDEKS_DESA.variables) == 48
    assert {row.variable for row in INDEKS_DESA.indicators} == {one.id for one in INDEKS_DESA.variables}
    assert INDEKS_DESA.total == 635


def test_the_rows_stand_in_official_order_under_ids_of_their_dimension() -> None:
    sizes = {"ld": 34, "so": 17, "ek": 32, "li": 18, "ak": 10, "tk": 16}

    ids = [row.id for row in INDEKS_DESA.indicators]

    assert ids == [f"{prefix}_{n:02}" for prefix, size in sizes.items() for n in range(1, size + 1)]
    assert len(ids) == 127


def test_the_admissible_scores_are_of_four_sets() -> None:
    sets = Counter("".join(map(str, sorted(known))) for known in INDEKS_DESA.admissible)

    assert sets == {"15": 63, "12345": 31, "135": 26, "1245": 7}


def test_the_cut_offs_are_whole_points_and_the_targets_fractions_as_printed() -> None:
    assert INDEKS_DESA.cut_offs == (314, 364, 440, 505)
    assert [status.target_score for status in INDEKS_DESA.statuses] == [
        "0.4949",
        "0.5739",
        "0.6935",
        "0.7963",
        "0.7963",
    ]
    assert all(below.target == above.id for below, above in pairwise(INDEKS_DESA.statuses))


@pytest.mark.parametrize(
    ("points", "status"),
    [
        *((127, "sangat_tertinggal"), (314, "sangat_tertinggal"), (315, "tertinggal"), (364, "tertinggal")),
        *((365, "berkembang"), (440, "berkembang"), (441, "maju"), (505, "maju"), (506, "mandiri")),
        (635, "mandiri"),
    ],
)
def test_the_status_turns_between_two_whole_points(points: int, status: str) -> None:
    calculation = calculate(INDEKS_DESA, items_worth(points))

    assert (calculation.points, calculation.status) == (points, status)
    assert calculation.value == points / 635


def test_the_printed_minimum_lies_between_the_two_points_where_the_status_turns() -> None:
    turns = zip(INDEKS_DESA.cut_offs, INDEKS_DESA.targets, strict=False)

    assert all(at_most / 635 < target <= (at_most + 1) / 635 for at_most, target in turns)


@pytest.mark.parametrize("village", VILLAGES, ids=lambda village: f"{village.points} points")
def test_a_real_village_is_reproduced(village: Village) -> None:
    calculation = calculate(INDEKS_DESA, village.scores)

    assert calculation.sums == village.sums
    assert calculation.points == village.points
    assert abs(100 * calculation.value - village.percent) <= 0.005 + 1e-9
    assert calculation.status == village.status
    assert scores_out_of_rubric(INDEKS_DESA, village.scores) == ()
    assert tuple(one.rule.id for one in broken(INDEKS_DESA, village.scores)) == village.broken


def test_every_row_says_that_its_best_score_is_inferred_and_names_nobody() -> None:
    assert all(row.note and "score" in row.note.en for row in INDEKS_DESA.indicators)
    assert not any(any(row.executors.values()) for row in INDEKS_DESA.indicators)


def test_only_unfit_housing_has_no_advice() -> None:
    silent = {
        row.id
        for row in INDEKS_DESA.indicators
        for level in row.levels
        if level.score < 5 and not level.activity
    }

    assert silent == {"ld_34"}


def test_the_edition_is_for_2025_on() -> None:
    assert INDEKS_DESA.regulation.number == "Permendesa PDTT 9/2024"
    assert [year for year in range(2016, 2028) if INDEKS_DESA.applies_to(year)] == [2025, 2026, 2027]
    assert INDEKS_DESA.verified_years == (2025, 2025)
