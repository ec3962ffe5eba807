"""What an audit can find: decided in whole points, and silent where a printed decimal may stand for either side."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.audit import Published, audit
from app.index.audits.findings import (
    FINDINGS,
    Audited,
    findings,
    on_the_border,
    points_meant,
    smallest_step,
    statuses_meant,
)
from app.index.formula import calculate, status_of
from tests.index.indeks_desa import INDEKS_DESA
from tests.index.village_years import IDM, VILLAGE_YEARS, scores_worth

CUT_OFFS = (3091, 3773, 4455, 5137)


def found(
    *, points: int | None = None, published: Published | None = None, consistent: bool | None = None
) -> tuple[str, ...]:
    status = None if points is None else status_of(IDM, points)
    return findings(
        Audited(edition=IDM, published=published, status=status, points=points, consistent=consistent)
    )


def found_of(village: str) -> tuple[str, ...]:
    record = VILLAGE_YEARS[village]
    result = calculate(IDM, record.scores)
    verdict = audit(IDM, year=record.year, scores=record.scores, published=record.published)
    return findings(
        Audited(
            edition=IDM,
            published=record.published,
            status=result.status,
            points=result.points,
            consistent=verdict.consistent,
        )
    )


@pytest.mark.parametrize(
    ("village", "words"),
    [
        ("Perian", ()),
        ("Barat Daya", ("inconsistent", "status_would_change", "borderline")),
        ("Jongkang", ("inconsistent",)),
        ("Bila Talang", ("inconsistent", "status_would_change")),
        ("Tukung Ritan", ("inconsistent",)),
        ("Kurungan Nyawa", ("borderline",)),
        ("Sialogo", ("borderline",)),
    ],
)
def test_a_village_year_has_the_findings_that_hold_in_the_order_of_the_table(
    village: str, words: tuple[str, ...]
) -> None:
    assert found_of(village) == words
    assert tuple(word for word in FINDINGS if word in words) == words


@pytest.mark.parametrize("cut", CUT_OFFS)
def test_the_border_is_where_one_point_of_the_iks_more_or_less_is_another_status(cut: int) -> None:
    bordering = [points for points in range(cut - 20, cut + 21) if on_the_border(IDM, points)]

    assert smallest_step(IDM) == 12
    assert bordering == list(range(cut - 11, cut + 13))


def test_nobody_stands_on_a_border_away_from_a_cut_off() -> None:
    bordering = sum(on_the_border(IDM, points) for points in range(IDM.total + 1))

    assert bordering == 24 * len(CUT_OFFS)


@pytest.mark.parametrize("points", [4443, 4444, 4455, 4456, 4467, 4468])
def test_the_border_follows_from_the_rows_themselves(points: int) -> None:
    """Moving one IKS row by one point is what the definition speaks of."""
    scores = scores_worth(points)
    near = [
        bytes([*scores[:at], scores[at] + by, *scores[at + 1 :]])
        for at in range(35)
        for by in (-1, 1)
        if 0 <= scores[at] + by <= 5
    ]

    statuses = {calculate(IDM, one).status for one in near}

    assert (statuses != {status_of(IDM, points)}) is (4444 <= points <= 4467)


@given(st.integers(0, 6300))
def test_a_printed_index_of_four_decimals_stands_for_the_one_number_of_points_it_came_from(
    points: int,
) -> None:
    printed = float(f"{points / 6300:.4f}")

    assert points_meant(IDM, printed) == {points}
    assert points_meant(IDM, points / 6300) == {points}
    assert points_meant(IDM, float(f"{points / 6300:.14f}")) == {points}


@given(st.decimals(0, 1, places=4))
def test_whatever_is_printed_stands_for_the_points_within_half_a_unit_or_for_both_sides(
    printed: Decimal,
) -> None:
    exact, tolerance = Fraction(printed) * 6300, Fraction(6300, 20_000)

    meant = points_meant(IDM, float(printed))

    near = {k for k in range(int(exact) - 1, int(exact) + 3) if abs(k - exact) <= tolerance}
    assert meant == (near or {int(exact), int(exact) + 1})


@pytest.mark.parametrize(
    ("printed", "statuses"),
    [
        (0.4906, ("sangat_tertinggal",)),
        (0.4907, ("sangat_tertinggal", "tertinggal")),
        (0.4908, ("tertinggal",)),
        (0.5989, ("tertinggal",)),
        (0.599, ("berkembang",)),
        (0.7071, ("berkembang",)),
        (0.7072, ("berkembang", "maju")),
        (0.7073, ("maju",)),
        (0.8154, ("maju",)),
        (0.8155, ("maju", "mandiri")),
        (0.8156, ("mandiri",)),
        (0.741, ("maju",)),
        (0.0, ("sangat_tertinggal",)),
        (1.0, ("mandiri",)),
        (None, ()),
    ],
)
def test_a_printed_index_has_one_status_unless_it_may_stand_for_either_side(
    printed: float | None, statuses: tuple[str, ...]
) -> None:
    assert statuses_meant(IDM, printed) == statuses


@pytest.mark.parametrize(
    ("index", "status", "contradicts"),
    [
        (0.7410, "berkembang", True),
        (0.7410, "maju", False),
        (0.8155, "maju", False),
        (0.8155, "mandiri", False),
        (0.8155, "berkembang", True),
        (0.8154, "mandiri", True),
        (None, "mandiri", False),
        (0.7410, None, False),
    ],
)
def test_a_label_contradicts_its_value_only_where_the_value_leaves_no_doubt(
    *, index: float | None, status: str | None, contradicts: bool
) -> None:
    words = found(published=Published(idm=index, status=status))

    assert ("label_contradicts_value" in words) is contradicts


@pytest.mark.parametrize(("printed", "borders"), [(0.7071, True), (0.7072, True), (0.7050, False)])
def test_where_the_rows_are_not_known_the_printed_index_tells_the_border(
    *, printed: float, borders: bool
) -> None:
    assert found(published=Published(idm=printed)) == (("borderline",) if borders else ())


def test_the_rows_tell_the_border_where_they_are_known() -> None:
    assert found(points=4455, published=Published(idm=0.75)) == ("borderline",)
    assert found(points=4725, published=Published(idm=0.7071)) == ()


def test_nothing_known_is_nothing_found() -> None:
    assert found() == ()
    assert found(published=Published()) == ()


def test_another_edition_has_a_border_of_its_own() -> None:
    bordering = [points for points in range(127, 636) if on_the_border(INDEKS_DESA, points)]

    assert smallest_step(INDEKS_DESA) == 1
    assert bordering == [314, 315, 364, 365, 440, 441, 505, 506]
