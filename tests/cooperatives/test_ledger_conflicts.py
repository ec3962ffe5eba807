"""A number that two cooperatives claim, until an officer says whose it is."""

from collections.abc import Iterable
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from app.cooperatives.ledger import Claim, Event, Legality, Resolution, conflict_id, conflicts, fold
from app.cooperatives.ledger_view import describe
from tests.cooperatives.histories import (
    NIB,
    OTHER_NIB,
    SK,
    codes,
    legality,
    randoms,
    shared_stores,
    told,
    way_to_the_decree,
)

NIB_OF_A = [told("nib", "2025-06-01", number=NIB)]
BY_B = {("nib", NIB): ("B",)}
ID = conflict_id("nib", NIB)


def decided(holder: str, at: int = 1, *, id: str = ID, event_id: str = "r") -> Resolution:
    """An officer's decision on a day of August 2025."""
    return Resolution(event_id, id, holder, "by the original certificate", f"2025-08-0{at}T00:00:00.000000Z")


resolutions = st.lists(
    st.builds(decided, st.sampled_from("ABCX"), st.integers(1, 3), event_id=st.sampled_from(("r", "s", "t"))),
    max_size=5,
)


def test_while_two_claim_a_number_neither_holds_it_and_the_milestone_stands() -> None:
    present = legality(NIB_OF_A, held_by_others=BY_B)

    assert present.identifiers["nib"] is None
    assert present.claims == {"nib": NIB}
    assert present.anomalies == ()
    nib = next(paper for paper in present.milestones if paper.milestone == "nib")
    assert (nib.achieved, nib.number) == (True, None)
    assert "nib" not in present.missing
    assert [(one.id, one.claimants, one.state, one.holder) for one in present.conflicts] == [
        (ID, ("A", "B"), "open", None)
    ]


def test_a_contested_decree_leaves_a_legal_body_without_a_number() -> None:
    present = legality(way_to_the_decree(), held_by_others={("sk_ahu", SK): ["B", "C"]})

    assert present.legality_stage == "berbadan_hukum"
    assert (present.identifiers["sk_number"], present.identifiers["sk_on"]) == (None, "2025-05-10")
    assert present.conflicts[0].claimants == ("A", "B", "C")


def test_a_decision_gives_the_number_to_its_holder_and_says_so_at_the_others() -> None:
    here = legality(NIB_OF_A, held_by_others=BY_B, resolutions=[decided("A")])
    there = legality(NIB_OF_A, held_by_others=BY_B, resolutions=[decided("B")])

    assert (here.identifiers["nib"], here.conflicts, codes(here)) == (NIB, (), [])
    assert (there.identifiers["nib"], there.conflicts, codes(there)) == (None, (), ["number_of_another"])
    assert there.anomalies[0].facts == {"milestone": "nib", "number": NIB, "conflict": ID}


def test_the_decision_made_last_counts() -> None:
    both = [decided("B", 2, event_id="a"), decided("A", 1, event_id="z")]

    present = legality(NIB_OF_A, held_by_others=BY_B, resolutions=both)
    between = legality(NIB_OF_A, held_by_others=BY_B, resolutions=both, known_at=both[1].decided_at)
    before = legality(NIB_OF_A, held_by_others=BY_B, resolutions=both, known_at="2025-07-31T00:00:00.000000Z")

    assert codes(present) == ["number_of_another"]
    assert between.identifiers["nib"] == NIB
    assert [one.state for one in before.conflicts] == ["open"]


def test_a_decision_holds_against_whoever_claims_the_number_afterwards() -> None:
    claims = [Claim("nib", NIB, name) for name in "ABC"]

    (case,) = conflicts(claims, [decided("A")])

    assert (case.state, case.holder, case.claimants) == ("resolved", "A", ("A", "B", "C"))


def test_a_decision_falls_silent_when_its_holder_no_longer_claims_the_number() -> None:
    (case,) = conflicts([Claim("nib", NIB, "B"), Claim("nib", NIB, "C")], [decided("A")])

    alone = conflicts([Claim("nib", NIB, "B")], [decided("A")])

    assert (case.state, case.resolution) == ("open", None)
    assert alone == ()


def test_a_number_is_contested_only_by_another_cooperative_and_only_of_the_same_kind() -> None:
    itself = legality(NIB_OF_A, held_by_others={("nib", NIB): ["A", "A"]})
    other_kind = legality(NIB_OF_A, held_by_others={("nik_koperasi", NIB): ["B"], ("nib", OTHER_NIB): ["B"]})

    assert itself.identifiers["nib"] == other_kind.identifiers["nib"] == NIB
    assert itself.conflicts == other_kind.conflicts == ()


def test_a_number_that_is_no_longer_claimed_is_not_contested() -> None:
    present = legality([*NIB_OF_A, told("nib", "2025-06-05", number=OTHER_NIB)], held_by_others=BY_B)

    assert present.identifiers["nib"] == OTHER_NIB
    assert present.conflicts == ()


def test_the_number_of_a_deed_may_be_another_notarys_too() -> None:
    present = legality([told("akta", "2025-06-01", number="21")], held_by_others={("akta", "21"): ["B"]})

    assert present.identifiers["akta_number"] == "21"
    assert "akta" not in present.claims


def test_the_id_of_a_case_follows_from_kind_and_number() -> None:
    assert conflict_id("nib", NIB) == "b7ef6597-1cdb-536e-8085-e01f5cf40fd0"
    assert UUID(conflict_id("nib", NIB)).version == 5
    assert len({conflict_id(kind, number) for kind in ("nib", "npwp") for number in (NIB, OTHER_NIB)}) == 4


def test_a_case_is_shown_with_its_claimants() -> None:
    shown = describe(legality(NIB_OF_A, held_by_others=BY_B), "en")["conflicts"]

    assert shown == [
        {
            "id": ID,
            "kind": "nib",
            "number": NIB,
            "claimants": ["A", "B"],
            "state": "open",
            "holder": None,
            "reason": None,
            "decided_at": None,
        }
    ]


claims = st.lists(
    st.builds(
        Claim,
        st.sampled_from(("nib", "sk_ahu")),
        st.sampled_from((NIB, OTHER_NIB)),
        st.sampled_from(("A", "B", "C")),
    ),
    max_size=10,
)


@settings(max_examples=300, deadline=None)
@given(claims, resolutions, randoms)
def test_cases_depend_on_the_set_of_claims_and_decisions_alone(
    told_claims: list[Claim], told_decisions: list[Resolution], random: Random
) -> None:
    shuffled = random.sample(told_claims * 2, len(told_claims) * 2)
    decisions = random.sample(told_decisions * 2, len(told_decisions) * 2)

    cases = conflicts(told_claims, told_decisions)

    assert conflicts(shuffled, decisions) == cases
    assert [one.kind for one in cases] == sorted((one.kind for one in cases), reverse=True)
    for one in cases:
        assert set(one.claimants) == {
            name for kind, number, name in told_claims if (kind, number) == one[1:3]
        }
        assert len(one.claimants) > 1
        assert one.holder is None or one.holder in one.claimants


@settings(max_examples=300, deadline=None)
@given(shared_stores, resolutions)
def test_no_number_is_ever_shown_at_two_cooperatives(
    events: list[Event], told_decisions: list[Resolution]
) -> None:
    names = ("A", "B", "C")
    first = {name: fold(events, cooperative=name) for name in names}
    claims = [Claim(kind, number, name) for name in names for kind, number in first[name].claims.items()]

    shown = [_contested(events, name, claims, told_decisions) for name in names]

    cases = conflicts(claims, told_decisions)
    numbers = [
        (kind, present.identifiers[field])
        for present in shown
        for kind, field in (("sk_ahu", "sk_number"), ("nib", "nib"), ("npwp", "npwp"))
        if present.identifiers[field]
    ]
    assert len(numbers) == len(set(numbers))
    for name, present in zip(names, shown, strict=True):
        assert list(present.conflicts) == [
            one for one in cases if name in one.claimants and one.state == "open"
        ]
        assert present.missing == first[name].missing


def _contested(
    events: Iterable[Event], name: str, claims: Iterable[Claim], told_decisions: Iterable[Resolution]
) -> Legality:
    others: dict[tuple[str, str], list[str]] = {}
    for kind, number, cooperative in claims:
        if cooperative != name:
            others.setdefault((kind, number), []).append(cooperative)
    return fold(events, cooperative=name, held_by_others=others, resolutions=told_decisions)
