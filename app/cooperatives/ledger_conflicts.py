"""A number that two cooperatives claim is held by neither, until an officer says whose it is.

Law: a case follows from the claims and the officers' decisions alone. The decision made last counts; it holds
against whoever claims the number afterwards, for it was made on papers, and it falls silent when its holder no
longer claims the number. Claims of the same number by one cooperative are one claim.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple
from uuid import UUID, uuid5

from app.cooperatives.milestones import RANK

_CASES = UUID("5f0c2c4e-9a0b-5d36-8f6e-6f1b3c7d2a94")

Number = tuple[str, str]
"""(kind, number): the kind is the milestone that carries it, the number its canonical text."""


class Claim(NamedTuple):
    """What one cooperative shows as its number (`Legality.claims`)."""

    kind: str
    number: str
    cooperative: str


class Resolution(NamedTuple):
    """An officer's decision, itself an event: whose number it is, and why. `decided_at`: canonical instant."""

    event_id: str
    conflict_id: str
    holder: str
    reason: str
    decided_at: str


class Case(NamedTuple):
    """One contested number; `claimants` are cooperatives, sorted. `resolution` is the decision that counts."""

    id: str
    kind: str
    number: str
    claimants: tuple[str, ...]
    state: Literal["open", "resolved"]
    resolution: Resolution | None

    @property
    def holder(self) -> str | None:
        """Whose number it is; None while the case is open."""
        return self.resolution.holder if self.resolution else None


def conflict_id(kind: str, number: str) -> str:
    """The id of the case about a number, a UUID: the same whoever claims it and whenever."""
    return str(uuid5(_CASES, f"{kind} {number}"))


def decisions(resolutions: Iterable[Resolution], *, known_at: str | None = None) -> dict[str, Resolution]:
    """By conflict id, the decision made last; of those made in one instant the one with the greatest id."""
    last: dict[str, Resolution] = {}
    for decided in resolutions:
        if known_at is not None and decided.decided_at > known_at:
            continue
        before = last.get(decided.conflict_id)
        if before is None or _lateness(decided) > _lateness(before):
            last[decided.conflict_id] = decided
    return last


def case(kind: str, number: str, claimants: Iterable[str], decided: Mapping[str, Resolution]) -> Case | None:
    """The case about a number; None while fewer than two cooperatives claim it."""
    claiming = tuple(sorted(set(claimants)))
    if len(claiming) < 2:
        return None
    id = conflict_id(kind, number)
    resolution = decided.get(id)
    if resolution is None or resolution.holder not in claiming:
        return Case(id, kind, number, claiming, "open", None)
    return Case(id, kind, number, claiming, "resolved", resolution)


def conflicts(
    claims: Iterable[Claim], resolutions: Iterable[Resolution] = (), *, known_at: str | None = None
) -> tuple[Case, ...]:
    """Every case among these claims, by kind in milestone order and number."""
    claimants: dict[Number, list[str]] = {}
    for kind, number, cooperative in claims:
        claimants.setdefault((kind, number), []).append(cooperative)
    decided = decisions(resolutions, known_at=known_at)
    cases = (case(kind, number, claiming, decided) for (kind, number), claiming in claimants.items())
    return tuple(sorted((one for one in cases if one), key=lambda one: (RANK[one.kind], one.number)))


def _lateness(decided: Resolution) -> tuple[str, ...]:
    return (decided.decided_at, decided.event_id, decided.holder, decided.reason)
