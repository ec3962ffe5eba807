"""Histories for the ledger: single events told by hand, and strategies for any that a store might come to hold.

All are made up: the cooperatives are A, B and C. A whole day ends at 15:59:59.999999Z, as in Tenggarong.
"""

import json
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

from app.cooperatives.ledger import Event, Legality, fold
from app.cooperatives.ledger_view import describe, describe_history
from app.cooperatives.milestones import CHAIN, MILESTONES, OUTCOMES

DAYS = tuple(f"2025-06-{day:02}" for day in range(1, 9))
INSTANTS = tuple(f"2025-07-0{day}T0{hour}:00:00.000000Z" for day in (1, 2) for hour in (1, 2, 3))
NAMES = tuple(row.name for row in MILESTONES)
NUMBERS = {
    "sk_ahu": tuple(f"AHU-000000{digit}.AH.01.29.TAHUN 2025" for digit in (1, 2)),
    "nib": ("1" * 13, "2" * 13),
    "npwp": ("0" + "1" * 15, "0" + "2" * 15),
    "nik_koperasi": ("3" * 13, "4" * 13),
    "akta": ("21", "22", None),
    "rat": ("2025", None),
}
PREDECESSORS = tuple((step, f"2025-05-0{at + 1}") for at, step in enumerate(CHAIN[:-1]))
SK, OTHER_SK = (number or "" for number in NUMBERS["sk_ahu"])
NPWP, NIK_KOPERASI = "0" + "5" * 15, "6" * 13
NIB, OTHER_NIB = (number or "" for number in NUMBERS["nib"])


def end_of(day: str) -> str:
    """The last instant of a day."""
    return f"{day}T15:59:59.999999Z"


def told(milestone: str, on: str, outcome: str = "achieved", **more: Any) -> Event:
    """An event of cooperative A on a whole day, or at an instant of it (`at="03:00"`, UTC, before 16:00)."""
    at = more.pop("at", None)
    return Event(
        **{
            "cooperative": "A",
            "source": "dinas",
            "event_id": f"{milestone} {outcome} {on}",
            "milestone": milestone,
            "outcome": outcome,
            "occurred_at": f"{on}T{at}:00.000000Z" if at else end_of(on),
            "occurred_on": on,
            "whole_day": at is None,
            "received_at": "2025-07-01T00:00:00.000000Z",
            **more,
        }
    )


PAPERS = [
    told("npwp", "2025-06-02", number=NPWP),
    told("rekening", "2025-06-03"),
    told("nib", "2025-06-04", number=NIB),
    told("nik_koperasi", "2025-06-05", number=NIK_KOPERASI),
]
"""What a loan asks for beside the decree."""


def way_to_the_decree(*, sk: str | None = SK) -> list[Event]:
    """Every step in its order, the decree on 10 May 2025."""
    return [*(told(step, on) for step, on in PREDECESSORS), told("sk_ahu", "2025-05-10", number=sk)]


def legality(events: Iterable[Event], **asked: Any) -> Legality:
    """What the events say of cooperative A."""
    return fold(events, **{"cooperative": "A", **asked})


def text(legality: Legality) -> str:
    """All that can be shown of it, byte for byte."""
    return json.dumps([describe(legality, "en"), describe(legality, "id"), describe_history(legality)])


def codes(legality: Legality) -> list[str]:
    """The codes of the anomalies."""
    return [anomaly.code for anomaly in legality.anomalies]


SAID = tuple(
    (milestone, outcome)
    for milestone in (*NAMES, *CHAIN[1:], "pengajuan_sabh", "sk_ahu")
    for outcome in (*OUTCOMES, "achieved", "achieved", "achieved")
)
TIMES = tuple((on, at) for on in DAYS for at in (None, None, "00:00", "03:00"))


@st.composite
def any_event(
    draw: st.DrawFn, *, cooperatives: Sequence[str] = ("A",), corrections: bool = True, ids: int = 8
) -> Event:
    """Any event; few ids, days and numbers, so that they meet."""
    names = tuple(f"e{number}" for number in range(ids))
    milestone, outcome = draw(st.sampled_from(SAID))
    on, at = draw(st.sampled_from(TIMES))
    numbers = NUMBERS.get(milestone, (None,))
    return told(
        milestone,
        on,
        outcome,
        at=at,
        cooperative=draw(st.sampled_from(cooperatives)),
        source=draw(st.sampled_from(("dinas", "notaris"))),
        event_id=draw(st.sampled_from(names)),
        number=draw(st.sampled_from(numbers if outcome == "achieved" else (*numbers, None))),
        supersedes=draw(st.sampled_from((*(None,) * ids * 2, *names, "never"))) if corrections else None,
        received_at=draw(st.sampled_from(INSTANTS)),
    )


def key(event: Event) -> tuple[str, str]:
    """What names an event for its sender."""
    return event.source, event.event_id


stores = st.lists(any_event(), max_size=14)
"""Whatever a store may hold of one cooperative: repeated ids, corrections of anything, circles."""

shared_stores = st.lists(any_event(cooperatives=("A", "B", "C"), ids=12), max_size=20)
"""The same of several cooperatives."""

ledgers = st.lists(any_event(corrections=False, ids=20), max_size=16, unique_by=key)
"""Events with an id of their own each, and no corrections: all of them count."""

randoms = st.randoms(use_true_random=True)


def sent_again(events: Sequence[Event], random: Random) -> list[Event]:
    """The same events shuffled, some of them several times, in batches of any size."""
    again = [*events, *(random.choice(events) for _ in range(random.randrange(6)) if events)]
    random.shuffle(again)
    batches: list[list[Event]] = [[]]
    for event in again:
        if random.randrange(3) == 0:
            batches.append([])
        batches[-1].append(event)
    random.shuffle(batches)
    return [event for batch in batches for event in batch]
