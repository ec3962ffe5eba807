"""What the simulation tells: events of no real paper, marked as demo in their ids, notes and issuer.

Law: the same seed and the same cooperatives give the same events, so a second run tells nothing new.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

from app.cooperatives.milestones import MILESTONES, NUMBERED, OUTCOMES, REASONED

_FIRST_DAY, _DAYS = date(2025, 5, 1), 150
_NAMES = tuple(row.name for row in MILESTONES if row.name != "pembubaran")
_OUTCOMES = (*OUTCOMES, *("achieved",) * 8)

Body = dict[str, Any]


class Demo(NamedTuple):
    """One event that is told of one cooperative, as its sender writes it."""

    cooperative: str
    body: Body


def demo_events(cooperatives: Sequence[str], *, count: int, seed: int) -> list[Demo]:
    """So many events of these cooperatives (ids); pairs of them claim one number."""
    random = Random(seed)  # noqa: S311  # nothing is kept secret by it
    events: list[Demo] = []
    for number in range(count):
        place = random.randrange(len(cooperatives))
        rival = place - place % 2 if place % 10 < 2 else place
        body = _body(random, f"demo-{seed}-{number}", cooperatives[place], cooperatives[rival])
        earlier = [one.body["event_id"] for one in events if one.cooperative == cooperatives[place]]
        if earlier and random.random() < 0.1:
            body["supersedes"] = random.choice(earlier)
        events.append(Demo(cooperatives[place], body))
    return events


def another_body(event: Demo) -> Demo:
    """The same id with something else in it."""
    return Demo(event.cooperative, {**event.body, "note": "demo: another body under the same id"})


def _body(random: Random, event_id: str, cooperative: str, rival: str) -> Body:
    milestone, outcome = random.choice(_NAMES), random.choice(_OUTCOMES)
    day = (_FIRST_DAY + timedelta(days=random.randrange(_DAYS))).isoformat()
    body: Body = {"event_id": event_id, "milestone": milestone, "outcome": outcome, "note": "demo"}
    if random.random() < 0.3:
        body["occurred_at"] = f"{day}T{random.randrange(24):02}:{random.randrange(60):02}:00+08:00"
    else:
        body["occurred_on"] = day
    if milestone in NUMBERED and outcome == "achieved":
        body["number"] = _number(random, milestone, rival if milestone == "nib" else cooperative)
    if outcome in REASONED:
        body["reason"] = "demo: a reason"
    if random.random() < 0.3:
        body["issuer"] = "demo"
    return body


def _number(random: Random, milestone: str, holder: str) -> str:
    """The number of a cooperative, in one of the spellings that senders use."""
    digits = f"{crc32(holder.encode()):010}"
    spellings = {
        "sk_ahu": (f"AHU-{digits[-7:]}.AH.01.29.TAHUN 2025", f"ahu-{digits[-7:]}.ah.01.29.tahun 2025 "),
        "nib": (f"999{digits}",),
        "npwp": (f"00999{digits}9", f"0999{digits}9"),
        "nik_koperasi": (f"9{digits}",),
    }
    return random.choice(spellings[milestone])
