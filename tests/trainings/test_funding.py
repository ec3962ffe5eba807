"""Dana desa is judged by what the village was in the fund's year."""

from hypothesis import given
from hypothesis import strategies as st

from app.trainings.funding import Era, was_desa

YEARS = st.integers(1945, 2100)


def test_a_desa_was_always_one() -> None:
    assert was_desa(1945, [Era("desa", None)])


def test_a_desa_adat_counts_as_desa() -> None:
    assert was_desa(2024, [Era("desa_adat", None)])


def test_a_kelurahan_was_none() -> None:
    assert not was_desa(2024, [Era("kelurahan", None)])


def test_in_the_year_of_the_change_it_was_both() -> None:
    eras = [Era("desa", "2025-06-01"), Era("kelurahan", None)]

    assert [was_desa(year, eras) for year in (2024, 2025, 2026)] == [True, True, False]


def test_a_change_on_new_years_day_leaves_nothing_of_the_new_year() -> None:
    eras = [Era("desa", "2025-01-01"), Era("kelurahan", None)]

    assert [was_desa(year, eras) for year in (2024, 2025)] == [True, False]


def test_a_kelurahan_that_became_a_desa_was_none_before() -> None:
    eras = [Era("kelurahan", "2024-12-31"), Era("desa", None)]

    assert [was_desa(year, eras) for year in (2023, 2024, 2025)] == [False, True, True]


@given(year=YEARS, changes=st.lists(st.integers(1945, 2100), max_size=4, unique=True))
def test_codes_of_one_kind_change_nothing(year: int, changes: list[int]) -> None:
    ends = [f"{change}-07-01" for change in sorted(changes)]

    for kind in ("desa", "kelurahan"):
        eras = [*(Era(kind, end) for end in ends), Era(kind, None)]
        assert was_desa(year, eras) == (kind == "desa")


@given(year=YEARS, change=st.dates().map(lambda day: day.isoformat()))
def test_the_two_orders_of_a_change_share_only_its_year(year: int, change: str) -> None:
    became_kelurahan = was_desa(year, [Era("desa", change), Era("kelurahan", None)])
    became_desa = was_desa(year, [Era("kelurahan", change), Era("desa", None)])

    assert became_kelurahan or became_desa
    assert (became_kelurahan and became_desa) == (change[:4] == str(year) and not change.endswith("-01-01"))
