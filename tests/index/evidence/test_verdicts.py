"""The verdicts: what the evidence would add is the formula's own difference, and doubt is never a claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.evidence.evidence import Cooperative, Finding, Supported, Ukm, findings
from app.index.evidence.verdicts import judge, resulting
from app.index.formula import calculate
from tests.index.village_years import IDM, VILLAGE_YEARS, any_scores

PERIAN = VILLAGE_YEARS["Perian"].scores


def scored(indicator: str, score: int) -> bytes:
    changed = bytearray(PERIAN)
    changed[IDM.position[indicator]] = score
    return bytes(changed)


@pytest.mark.parametrize(
    ("official", "supported", "verdict"),
    [
        (1, Supported(3, 3), "higher"),
        (3, Supported(3, 3), "supported"),
        (5, Supported(3, 3), "lower"),
        (1, Supported(3, 5), "higher"),
        (3, Supported(3, 5), "supported"),
        (4, Supported(3, 5), "unknown"),
        (5, Supported(3, 5), "unknown"),
        (5, Supported(1, 3), "unknown"),
        (3, Supported(1, 3), "unknown"),
        (3, Supported(None, None), "unknown"),
        (5, Supported(5, 5), "supported"),
    ],
)
def test_the_verdict_follows_from_where_the_official_score_lies(
    official: int, supported: Supported, verdict: str
) -> None:
    finding = Finding(indicator="ike_01", supported=supported, numerator=1)

    found = judge(IDM, scored("ike_01", official), finding)

    assert (found.official_score, found.verdict) == (official, verdict)
    assert (found.gain is not None) is (verdict == "higher")


def test_without_official_scores_there_is_no_verdict() -> None:
    finding = Finding(indicator="ike_09", supported=Supported(5, 5), numerator=2)

    assert judge(IDM, None, finding)[1:] == (None, "unknown", None)


def test_two_points_of_the_economy_are_worth_a_ninetieth_of_the_index() -> None:
    finding = Finding(indicator="ike_09", supported=Supported(5, 5), numerator=2)

    found = judge(IDM, scored("ike_09", 3), finding)

    assert found.gain == 2 / 180


@given(
    scores=any_scores,
    legal=st.integers(0, 3),
    lends=st.booleans(),
    mikro=st.integers(0, 3),
    households=st.one_of(st.none(), st.integers(1, 2000)),
)
def test_the_gain_is_the_difference_that_the_formula_gives(
    *, scores: bytes, legal: int, lends: bool, mikro: int, households: int | None
) -> None:
    cooperatives = [Cooperative(str(at), "Koperasi Contoh", lends) for at in range(legal)]
    ukms = [Ukm(str(at), "UKM Contoh", "mikro", None, True) for at in range(mikro)]
    found = findings(cooperatives=cooperatives, ukms=ukms, households=households)

    judged = [judge(IDM, scores, one) for one in found]
    result = resulting(IDM, scores, judged)

    before = calculate(IDM, scores)
    gains = [one.gain for one in judged if one.gain is not None]
    assert result.calculation.value - before.value == pytest.approx(sum(gains), abs=1e-12)
    assert result.gain == (result.calculation.points - before.points) / IDM.total
    assert all(gain > 0 for gain in gains)
    assert result.raised == tuple(one.finding.indicator for one in judged if one.verdict == "higher")


@given(scores=any_scores, legal=st.integers(0, 3), lends=st.booleans())
def test_a_lower_bound_never_says_that_an_official_score_is_too_high(
    *, scores: bytes, legal: int, lends: bool
) -> None:
    cooperatives = [Cooperative(str(at), "Koperasi Contoh", lends) for at in range(legal)]

    for finding in findings(cooperatives=cooperatives, ukms=[], households=None):
        assert judge(IDM, scores, finding).verdict != "lower"
