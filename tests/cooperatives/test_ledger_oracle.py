"""The walk through the events against the same rules said without a walk: what stands, what is open, since when."""

from hypothesis import given, settings

from app.cooperatives.ledger import Event
from tests.cooperatives.histories import ledgers, legality

ORDER = [
    *("sosialisasi", "musdesus", "berkas_notaris", "pemesanan_nama", "akta", "pengajuan_sabh", "sk_ahu"),
    *(
        "berita_negara",
        "npwp",
        "rekening",
        "nib",
        "nik_koperasi",
        "akun_simkopdes",
        "gerai",
        "rat",
        "pembubaran",
    ),
]
STEPS = ORDER[:7]
STAGE_OF = {
    "musdesus": "terbentuk",
    "pemesanan_nama": "pemesanan_nama",
    "akta": "akta_terbit",
    "pengajuan_sabh": "diajukan",
    "sk_ahu": "berbadan_hukum",
}
FIELDS = {
    "akta": "akta_number",
    "sk_ahu": "sk_number",
    "npwp": "npwp",
    "nib": "nib",
    "nik_koperasi": "nik_koperasi",
}


@settings(max_examples=1500, deadline=None)
@given(ledgers)
def test_the_fold_agrees_with_the_rules_said_without_a_walk(events: list[Event]) -> None:
    ordered = sorted(
        events,
        key=lambda event: (event.occurred_at, ORDER.index(event.milestone), event.event_id, event.source),
    )

    present = legality(events)

    assert [entry.event for entry in present.history] == ordered
    assert present.legality_stage == _stage(ordered)
    assert present.stage_since == _since(ordered)
    for milestone, field in FIELDS.items():
        assert present.identifiers[field] == _number(ordered, milestone)
    for paper in present.milestones:
        if paper.milestone != "rat":
            assert paper.times == len(_standing(ordered, paper.milestone))


def _standing(ordered: list[Event], milestone: str) -> list[Event]:
    """Achievements that no later loss of theirs has taken away."""
    return [
        paper
        for at, paper in enumerate(ordered)
        if paper.milestone == milestone
        and paper.outcome == "achieved"
        and not any(_takes(loss, paper) for loss in ordered[at + 1 :])
    ]


def _takes(loss: Event, paper: Event) -> bool:
    same = loss.milestone == paper.milestone and loss.outcome in {"expired", "revoked"}
    return same and (loss.number is None or paper.number is None or loss.number == paper.number)


def _number(ordered: list[Event], milestone: str) -> str | None:
    numbers = [paper.number for paper in _standing(ordered, milestone) if paper.number]
    return numbers[-1] if numbers else None


def _stage(ordered: list[Event]) -> str:
    if _standing(ordered, "pembubaran"):
        return "dibubarkan"
    unsettled = [
        told.outcome
        for at, told in enumerate(ordered)
        if told.milestone in STEPS
        and told.outcome in {"returned", "rejected"}
        and not any(_settles(later, told) for later in ordered[at + 1 :])
    ]
    if unsettled:
        return "dikembalikan" if unsettled[-1] == "returned" else "ditolak"
    reached = [stage for step, stage in STAGE_OF.items() if _standing(ordered, step)]
    return reached[-1] if reached else "belum_terbentuk"


def _settles(later: Event, told: Event) -> bool:
    beyond = STEPS[STEPS.index(told.milestone) :]
    return later.outcome == "achieved" and later.milestone in beyond


def _since(ordered: list[Event]) -> str | None:
    since = None
    for at, event in enumerate(ordered):
        if _stage(ordered[: at + 1]) != _stage(ordered[:at]):
            since = event.occurred_at
    return since
