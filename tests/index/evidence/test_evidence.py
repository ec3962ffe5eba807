"""The evidence as arithmetic: every band at its edges, and never a score for what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.editions import EDITIONS
from app.index.evidence.evidence import (
    CREDIT_KINDS,
    INSTITUTIONS,
    MICRO_INDUSTRIES,
    Cooperative,
    Supported,
    Ukm,
    credit,
    findings,
    institutions,
    is_micro_industry,
    micro_industries,
    score_at,
)

IDM = EDITIONS["idm-2016"]
BANDS = {"ike_01": MICRO_INDUSTRIES, "ike_08": CREDIT_KINDS, "ike_09": INSTITUTIONS}


def cooperatives(number: int, *, lending: int = 0) -> list[Cooperative]:
    return [Cooperative(f"id-{at}", f"Koperasi Contoh {at}", at < lending) for at in range(number)]


def ukm(scale: str | None = "mikro", kbli: str | None = None, *, produces: bool = True) -> Ukm:
    return Ukm("id", "UKM Contoh", scale, kbli, produces)


any_ukm = st.builds(
    ukm,
    st.sampled_from((None, "mikro", "kecil", "menengah", "besar")),
    st.sampled_from((None, "10794", "33190", "09100", "34000", "47111")),
    produces=st.booleans(),
)


@pytest.mark.parametrize("indicator", BANDS)
def test_the_bands_give_the_scores_that_the_rubric_knows(indicator: str) -> None:
    scores = [score for _, score in BANDS[indicator]]

    assert scores == sorted(IDM.indicators[IDM.position[indicator]].admissible)


@pytest.mark.parametrize(("number", "least"), [(0, 1), (1, 3), (2, 5), (3, 5), (40, 5)])
def test_legal_cooperatives_are_a_lower_bound_of_the_institutions_until_they_reach_the_top(
    number: int, least: int
) -> None:
    found = institutions(cooperatives(number))

    assert (found.supported, found.numerator) == (Supported(least, 5), number)
    assert found.supported.known == ("exact" if number > 1 else "at_least")
    assert found.missing == (() if number > 1 else ("bumdes",))
    assert [one.id for one in found.records] == [f"id-{at}" for at in range(number)]


@pytest.mark.parametrize(("lending", "kinds", "least"), [(0, 0, 1), (1, 1, 2), (3, 1, 2)])
def test_however_many_savings_and_loan_units_are_one_kind_of_credit(
    lending: int, kinds: int, least: int
) -> None:
    found = credit(cooperatives(4, lending=lending))

    assert (found.supported, found.numerator) == (Supported(least, 5), kinds)
    assert found.missing[:3] == ("kur", "kkpe", "kuk")
    assert ("kredit_lainnya" in found.missing) is (kinds == 0)
    assert len(found.records) == lending


@pytest.mark.parametrize(("kinds", "score"), [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 5)])
def test_each_kind_of_credit_is_a_point(kinds: int, score: int) -> None:
    assert score_at(CREDIT_KINDS, kinds) == score


@pytest.mark.parametrize(
    ("industries", "households", "score"),
    [
        (1, 1001, 1),
        (1, 1000, 3),
        (2, 2001, 1),
        (3, 1000, 3),  # 0.003, where the printed band ends
        (7, 2000, 3),  # 0.0035, in the gap
        (399, 100_000, 3),
        (1, 251, 3),
        (1, 250, 5),  # 0.004
        (4, 1000, 5),
        (4, 1001, 3),
        (8_589_934, 2_147_483_647, 3),
        (8_589_935, 2_147_483_647, 5),
    ],
)
def test_micro_industries_per_household_are_judged_exactly_at_each_edge(
    industries: int, households: int, score: int
) -> None:
    assert score_at(MICRO_INDUSTRIES, industries * 1000 // households) == score


def test_micro_industries_are_counted_per_household() -> None:
    found = micro_industries([ukm(), ukm(), ukm("kecil"), ukm(kbli="47111")], 500)

    assert (found.supported, found.supported.known) == (Supported(5, 5), "exact")
    assert (found.numerator, found.uncertain, found.denominator) == (2, 0, 500)
    assert found.missing == ()


@pytest.mark.parametrize("households", [None, 0])
def test_without_households_nothing_is_known_of_micro_industries(households: int | None) -> None:
    found = micro_industries([ukm()], households)

    assert (found.supported, found.supported.known) == (Supported(None, None), "unknown")
    assert (found.numerator, found.denominator) == (1, households)
    assert found.missing == ("households",)


def test_a_village_of_which_no_ukm_is_registered_is_unknown_and_not_without_industry() -> None:
    found = micro_industries([], 500)

    assert (found.supported.known, found.numerator, found.missing) == ("unknown", None, ("ukm",))
    assert micro_industries([], None).missing == ("households", "ukm")


def test_a_ukm_without_a_scale_may_count_and_so_makes_a_range() -> None:
    found = micro_industries([ukm(None), ukm("kecil")], 1000)

    assert (found.supported, found.supported.known) == (Supported(1, 3), "at_least")
    assert (found.numerator, found.uncertain, found.missing) == (0, 1, ("ukm_profiles",))
    assert [one.counted for one in found.records] == [False]


def test_what_is_uncertain_does_not_matter_within_one_band() -> None:
    found = micro_industries([ukm(), ukm(None)], 100)

    assert (found.supported.known, found.missing) == ("exact", ())
    assert [one.counted for one in found.records] == [True, False]


@pytest.mark.parametrize(
    ("scale", "kbli", "produces", "counts"),
    [
        ("mikro", None, True, True),
        ("mikro", "10794", False, True),
        ("mikro", "33190", False, True),
        ("mikro", "09900", True, False),
        ("mikro", "35101", True, False),
        ("mikro", None, False, None),
        (None, None, True, None),
        (None, "10794", False, None),
        (None, "47111", True, False),
        ("kecil", None, True, False),
        ("besar", None, False, False),
    ],
)
def test_a_micro_industry_is_of_scale_mikro_and_makes_something(
    *, scale: str | None, kbli: str | None, produces: bool, counts: bool | None
) -> None:
    assert is_micro_industry(ukm(scale, kbli, produces=produces)) is counts


@given(
    legal=st.integers(0, 5),
    lending=st.integers(0, 5),
    ukms=st.lists(any_ukm, max_size=6),
    more=any_ukm,
    lends=st.booleans(),
    households=st.one_of(st.none(), st.integers(0, 3000)),
)
def test_another_cooperative_or_ukm_never_lowers_a_supported_score(
    *, legal: int, lending: int, ukms: list[Ukm], more: Ukm, lends: bool, households: int | None
) -> None:
    known = cooperatives(legal, lending=lending)
    another = Cooperative("another", "Koperasi Contoh Lain", lends)

    before = findings(cooperatives=known, ukms=ukms, households=households)
    after = findings(cooperatives=[*known, another], ukms=[*ukms, more], households=households)

    scores = zip(before, after, strict=True)
    assert all((new.supported.score or 0) >= (old.supported.score or 0) for old, new in scores)


@given(
    legal=st.integers(0, 5),
    ukms=st.lists(any_ukm, max_size=6),
    households=st.one_of(st.none(), st.integers(0, 3000)),
)
def test_a_score_is_exact_where_nothing_is_missing_and_only_there(
    legal: int, ukms: list[Ukm], households: int | None
) -> None:
    found = findings(cooperatives=cooperatives(legal, lending=1), ukms=ukms, households=households)

    assert [one.indicator for one in found] == ["ike_01", "ike_08", "ike_09"]
    for one in found:
        least, most = one.supported
        assert (one.supported.known == "exact") is (one.missing == ())
        assert (least is None) is (most is None)
        assert least is None or most is None or least <= most
