"""One pass through the events that count, in effective order, says what stands and at which stage it is.

Law: each outcome does one thing.

- `achieved`: the milestone stands from now on, and every return or refusal of this step of the chain, or of one
  before it, is settled.
- `returned`, `rejected`: an application came back. No paper is lost by that, so nothing that stands falls; but a
  step of the chain (up to the decree) leaves the cooperative `dikembalikan` or `ditolak`, by the latest one that
  is not settled. A return of an NPWP, NIB or the like says nothing about its legal standing and leaves the stage.
- `expired`, `revoked`: a paper is lost. A booked name lapses by time and a decree or NIB is taken back by its
  office, and for both the achievement no longer stands from that day, so the stage falls to the furthest step
  that still does (after a lapsed name that the deed already uses, the deed stands and the stage with it).
  Where the event names a number, only achievements with that number, or with none, end: an old NIB that is
  revoked once the new one is there takes nothing from the new one. Without a number all of the milestone ends;
  of a yearly milestone, the latest year.
- `pembubaran` is final while it stands: only a correction, which removes the event, or its revocation ends it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.cooperatives.ledger_events import Event
from app.cooperatives.milestones import BY_NAME, CHAIN, FURTHEST_FIRST, RANK, SENT_BACK, UNFORMED

_IN_CHAIN = frozenset(CHAIN)
_MOVES_THE_STAGE = _IN_CHAIN | {"pembubaran"}


class Walk:
    """Where a cooperative is after the events taken so far; `take` them in effective order.

    `stage`, the `step` it comes from (None before any) and the event that brought it there (`reached_by`).
    By milestone: `standing` achievements and all that ever were (`achieved`), and the `last` event.
    `sent_back`: by step, the return or refusal that is not settled, the latest one at the end.
    `idle`: events that should have ended something, and found nothing to end.
    """

    __slots__ = ("achieved", "idle", "last", "reached_by", "sent_back", "stage", "standing", "step")

    def __init__(self) -> None:
        self.stage = UNFORMED
        self.step: str | None = None
        self.reached_by: Event | None = None
        self.standing: dict[str, list[Event]] = {}
        self.achieved: dict[str, list[Event]] = {}
        self.last: dict[str, Event] = {}
        self.sent_back: dict[str, Event] = {}
        self.idle: list[Event] = []

    def take(self, event: Event) -> None:
        """Let one event have its effect."""
        self.last[event.milestone] = event
        _EFFECTS[event.outcome](self, event)
        if event.milestone in _MOVES_THE_STAGE:
            before = self.stage
            self.stage, self.step = self._present()
            if self.stage != before:
                self.reached_by = event

    def speaking(self) -> dict[str, Event]:
        """By milestone that stands, the achievement that speaks for it: the latest, of those with a number if any."""
        return {
            milestone: next((paper for paper in reversed(papers) if paper.number is not None), papers[-1])
            for milestone, papers in self.standing.items()
            if papers
        }

    def _present(self) -> tuple[str, str | None]:
        if self.standing.get("pembubaran"):
            return "dibubarkan", "pembubaran"
        for step, event in reversed(self.sent_back.items()):
            return SENT_BACK[event.outcome], step
        for step, stage in FURTHEST_FIRST:
            if self.standing.get(step):
                return stage, step
        return UNFORMED, None


def _achieve(walk: Walk, event: Event) -> None:
    walk.standing.setdefault(event.milestone, []).append(event)
    walk.achieved.setdefault(event.milestone, []).append(event)
    if walk.sent_back and event.milestone in _IN_CHAIN:
        reached = RANK[event.milestone]
        walk.sent_back = {step: told for step, told in walk.sent_back.items() if RANK[step] > reached}


def _send_back(walk: Walk, event: Event) -> None:
    if event.milestone in _IN_CHAIN:
        walk.sent_back.pop(event.milestone, None)
        walk.sent_back[event.milestone] = event


def _end(walk: Walk, event: Event) -> None:
    standing = walk.standing.get(event.milestone, [])
    named = (None, event.number)
    ended = [at for at, paper in enumerate(standing) if event.number is None or paper.number in named]
    if not ended:
        walk.idle.append(event)
    lost = frozenset(ended[-1:] if BY_NAME[event.milestone].yearly else ended)
    walk.standing[event.milestone] = [paper for at, paper in enumerate(standing) if at not in lost]


_EFFECTS: Mapping[str, Callable[[Walk, Event], None]] = MappingProxyType(
    {
        "achieved": _achieve,
        "returned": _send_back,
        "rejected": _send_back,
        "expired": _end,
        "revoked": _end,
    }
)
