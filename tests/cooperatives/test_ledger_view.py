"""What a client reads of a legality and its history, member by member."""

from app.cooperatives.ledger import Anomaly
from app.cooperatives.ledger_view import describe, describe_history
from tests.cooperatives.histories import end_of, legality, told


def test_a_legality_is_told_with_all_its_members() -> None:
    akta = told("akta", "2025-06-02", number="21", issuer="a notary")

    shown = describe(legality([akta], as_of=end_of("2025-06-08"), known_at=end_of("2025-07-08")), "en")

    assert {
        name: shown[name] for name in shown if name not in ("milestones", "identifiers", "anomalies")
    } == {
        "legality_stage": "akta_terbit",
        "stage_since": end_of("2025-06-02"),
        "stage_since_on": "2025-06-02",
        "stage_milestone": "akta",
        "as_of": end_of("2025-06-08"),
        "known_at": end_of("2025-07-08"),
        "loan_ready": False,
        "missing": ["sk_ahu", "npwp", "rekening", "nib", "nik_koperasi"],
        "conflicts": [],
    }
    assert {name: number for name, number in shown["identifiers"].items() if number} == {"akta_number": "21"}
    assert [paper["milestone"] for paper in shown["milestones"] if paper["achieved"]] == ["akta"]


def test_an_anomaly_is_told_with_its_code_its_facts_and_a_sentence() -> None:
    anomaly = Anomaly("predecessor_missing", {"milestone": "musdesus", "reached": "akta"})

    akta = legality([told("akta", "2025-06-02")])

    for language in ("en", "id"):
        expected = {"code": anomaly.code, "facts": dict(anomaly.facts), "message": anomaly.say(language)}
        assert expected in describe(akta, language)["anomalies"]


def test_an_event_of_the_history_is_told_with_all_its_members() -> None:
    wrong = told("akta", "2025-06-02", event_id="one", number="21", issuer="a notary", note="Contoh")
    right = told("akta", "2025-06-03", "rejected", event_id="two", reason="Contoh", supersedes="one")

    first, second = describe_history(legality([right, wrong]))

    assert first == {
        "source": "dinas",
        "event_id": "one",
        "milestone": "akta",
        "outcome": "achieved",
        "occurred_on": "2025-06-02",
        "occurred_at": None,
        "number": "21",
        "issuer": "a notary",
        "reason": None,
        "supersedes": None,
        "note": "Contoh",
        "received_at": "2025-07-01T00:00:00.000000Z",
        "fate": "superseded",
        "superseded_by": ["two"],
    }
    assert (second["reason"], second["supersedes"], second["fate"]) == ("Contoh", "one", "folded")
