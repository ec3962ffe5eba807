"""The chain is walked from its first link in bounded memory, and every row that is not as it was sealed is named.

What this cannot see is an end that was cut off cleanly, or a chain that was made anew from some row on: for that a
head must be kept elsewhere and given back (`head`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sqlalchemy import bindparam, func, select

from app.access.audit.chain import FIELDS, START, Broken, Head, link, misplaced
from app.database import Database, Statement
from app.database.face import Row
from app.database.ledgers import audit, audit_chain
from app.database.words import Position

Kind = Literal["edited", "deleted", "inserted", "reordered", "cut", "rewritten"]

_BATCH = 5_000
_WINDOW = 50_000
_COMPARED_AT_MOST = 300
_NAMED_AT_MOST = 1_000

_links = Statement(
    select(audit_chain.c.number, audit_chain.c.position, audit_chain.c.transaction_id, audit_chain.c.hash)
    .add_columns(*(audit.c[name].label(f"audit_{name}") for name in FIELDS))
    .select_from(audit_chain.outerjoin(audit, audit.c.position == audit_chain.c.position))
    .where(audit_chain.c.number > bindparam("after", type_=Position))
    .order_by(audit_chain.c.number)
    .limit(_BATCH)
)
_loose = Statement(
    select(audit.c.transaction_id, audit.c.position)
    .select_from(audit.outerjoin(audit_chain, audit_chain.c.position == audit.c.position))
    .where(
        audit.c.position > bindparam("after", type_=Position),
        audit.c.position <= bindparam("until", type_=Position),
        audit_chain.c.position.is_(None),
    )
    .order_by(audit.c.position)
)
_ends = Statement(select(func.min(audit.c.position), func.max(audit.c.position)))


class Finding(NamedTuple):
    """One thing that is wrong: what kind, the link's number and the audit row's position, where there is one.

    `edited`: another content than was sealed. `deleted`: sealed and gone, the row or its link. `inserted`: older than
    what is sealed, and never sealed. `reordered`: the row of another place. `cut`: the chain ends before the head.
    `rewritten`: at the head's number there is another hash.
    """

    kind: Kind
    number: int | None
    position: int | None


@dataclass
class Verdict:
    """What the walk found: how many links, how many rows behind the last one, and what is wrong."""

    sealed: int = 0
    unsealed: int = 0
    head: Head = field(default_factory=lambda: Head(0, START.hex()))
    findings: list[Finding] = field(default_factory=list)
    wrong: int = 0
    """How many findings there are; only the first of them are named."""

    def find(self, finding: Finding) -> None:
        """Add a finding."""
        self.wrong += 1
        if len(self.findings) < _NAMED_AT_MOST:
            self.findings.append(finding)


class _Walk:
    """Goes along the links in their order."""

    def __init__(self, verdict: Verdict, kept: Head | None) -> None:
        self._verdict = verdict
        self._kept = kept
        self._before: bytes | None = START
        self._broken: list[Broken] = []
        self.number = 0
        self.place = (-1, -1)

    def along(self, rows: Sequence[Row]) -> None:
        """Take the next links."""
        for number, position, transaction_id, digits, *content in rows:
            if number != self.number + 1:
                self._miss(number)
            here = bytes.fromhex(digits)
            if content[0] is None:
                self._verdict.find(Finding("deleted", number, position))
            elif self._before is not None and link(self._before, content) != here:
                self._doubt(Broken(number, position, self._before, here, content))
            self._before = here
            self.number, self.place = number, max(self.place, (transaction_id, position))
            if self._kept is not None and number == self._kept.number and digits != self._kept.hash:
                self._verdict.find(Finding("rewritten", number, position))
        self._verdict.sealed += len(rows)
        if rows:
            self._verdict.head = Head(rows[-1][0], rows[-1][3])

    def _miss(self, number: int) -> None:
        # A forged number may be astronomic; the first thousand gaps say enough.
        for missing in range(self.number + 1, number)[:_NAMED_AT_MOST]:
            self._verdict.find(Finding("deleted", missing, None))
        self._before = None  # what came before the next link is not known

    def _doubt(self, broken: Broken) -> None:
        if len(self._broken) < _COMPARED_AT_MOST:
            self._broken.append(broken)
        else:
            self._verdict.find(Finding("edited", broken.number, broken.position))

    def end(self) -> None:
        """Tell rows that changed places from rows that were edited, and whether the end is missing."""
        moved = misplaced(self._broken)
        for one in self._broken:
            kind: Kind = "reordered" if one.number in moved else "edited"
            self._verdict.find(Finding(kind, one.number, one.position))
        if self._kept is not None and self._kept.number > self.number:
            self._verdict.find(Finding("cut", self.number or None, None))


async def verify(database: Database, kept: Head | None = None) -> Verdict:
    """Compare every sealed row with its link, and the chain with a head that was kept elsewhere."""
    verdict = Verdict()
    walk = _Walk(verdict, kept)
    while rows := await database.survey(_links, {"after": walk.number}):
        walk.along(rows)
    walk.end()
    await _look_for_loose(database, walk.place, verdict)
    verdict.findings.sort(key=lambda one: (one.number or 0, one.position or 0))
    return verdict


async def _look_for_loose(database: Database, last: tuple[int, int], verdict: Verdict) -> None:
    """Rows without a link: behind the last one they wait to be sealed, before it somebody put them there."""
    [[after, end]] = await database.survey(_ends, {})
    if end is None:
        return
    after -= 1
    while after < end:
        for transaction_id, position in await database.survey(
            _loose, {"after": after, "until": after + _WINDOW}
        ):
            if (transaction_id, position) > last:
                verdict.unsealed += 1
            else:
                verdict.find(Finding("inserted", None, position))
        after += _WINDOW
