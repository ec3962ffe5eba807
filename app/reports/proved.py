"""Whether a report is as it was is told by the change log, before anything is computed.

Law: a report is proved unchanged by a mark that was read before it was computed, since which no change was committed
of a kind that bears on it. What cannot be proved is computed and compared, as it would be without any of this.
"""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, case, func, select

from app import clock
from app.database import Database, Statement
from app.database.ledgers import changes
from app.database.record import later, oldest_transaction
from app.database.statement import one_of
from app.database.words import Position
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.conditional import unchanged

OF_VILLAGES = frozenset({"region", "village"})
OF_THE_INDEX = OF_VILLAGES | {"idm_record"}
OF_TRAININGS = OF_THE_INDEX | {"training"}
OF_LEGALITY = OF_VILLAGES | {"cooperative", "legality_event", "legality_resolution"}
"""The kinds of things that bear on a report: nothing else can change it, and nothing else makes it be computed."""

WINDOW = 500
"""How many changes behind a mark are looked at; beyond them nothing is proved."""
GOOD_SECONDS = 60.0
"""How long a proof is good for. What commands mend beside the log (the `rebuild` ones) shows after so long."""
KEPT = 500
"""Proofs kept a process, the latest: some hundred bytes each, and the reports themselves."""
KEPT_BYTES = 8_000_000
"""What the reports that are kept may come to; of a longer one the tag alone is kept."""

_PACKED_FROM = 1024

_transaction_id = bindparam("after_transaction", type_=Position)
_position = bindparam("after_position", type_=Position)
_place = Statement(
    select(changes.c.transaction_id, changes.c.position)
    .where(changes.c.transaction_id < oldest_transaction())
    .order_by(changes.c.transaction_id.desc(), changes.c.position.desc())
    .limit(1)
)
"""The last change in the order of the feed: all that is committed from now on stands behind it."""

_behind = (
    select(changes.c.type).where(later(changes, _transaction_id, _position)).limit(WINDOW).subquery("behind")
)
_since = Statement(
    select(
        select(changes.c.id)
        .where(changes.c.position == _position, changes.c.transaction_id == _transaction_id)
        .scalar_subquery(),
        func.count(),
        func.coalesce(func.sum(case((one_of(_behind.c.type, "kinds"), 1), else_=0)), 0),
    ).select_from(_behind)
)
"""Which change stands at a place, how many behind it can be seen, and how many of these bear."""


class Mark(NamedTuple):
    """A place in the log, the change that stands there, and how many changes that bear could be seen behind it.

    Some can be, as a transaction that is still open may be older than what others have committed.
    """

    transaction_id: int
    position: int
    change_id: str | None
    bearing: int

    @classmethod
    async def read(cls, database: Database, kinds: frozenset[str]) -> "Mark | None":
        """The mark of all that is committed now; None where too much stands behind its place."""
        place = await database.row(_place, {}) or (0, 0)
        return await cls._at(database, place[0], place[1], kinds)

    @classmethod
    async def _at(
        cls, database: Database, transaction_id: int, position: int, kinds: frozenset[str]
    ) -> "Mark | None":
        values = {"after_transaction": transaction_id, "after_position": position, "kinds": sorted(kinds)}
        ((change_id, seen, bearing),) = await database.fetch(_since, values)
        return cls(transaction_id, position, change_id, bearing) if seen < WINDOW else None

    async def holds(self, database: Database, kinds: frozenset[str]) -> bool:
        """Whether nothing that bears was committed since; the change at its place says that it is the same log."""
        return self == await self._at(database, self.transaction_id, self.position, kinds)


@dataclass(frozen=True, slots=True)
class Proof:
    """An answer, the mark that was read before it was computed, and how long it is good.

    One that is not `whole` has nothing but the length of a body: it can only go out as 304.
    """

    answer: Answer
    whole: bool
    mark: Mark
    until: float

    @property
    def size(self) -> int:
        """The bytes that it keeps."""
        return len(self.answer.body) if isinstance(self.answer.body, bytes) else 0

    async def answers(self, ask: Ask, kinds: frozenset[str]) -> bool:
        """Whether it can answer this caller, and is still what the report says."""
        fits = self.whole or unchanged(ask.raw.get(b"if-none-match"), self.answer.etag or "")
        return fits and time.monotonic() < self.until and await self.mark.holds(ask.database, kinds)


class Proofs:
    """The latest proofs of one database, by what was asked."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Proof] = OrderedDict()
        self._size = 0

    def find(self, asked: bytes) -> Proof | None:
        """The proof of what was asked."""
        return self._kept.get(asked)

    def keep(self, asked: bytes, proof: Proof) -> None:
        """Keep it, and let go of the oldest."""
        before = self._kept.pop(asked, None)
        self._kept[asked] = proof
        self._size += proof.size - (before.size if before else 0)
        while len(self._kept) > KEPT or self._size > KEPT_BYTES:
            self._size -= self._kept.popitem(last=False)[1].size


_proofs: WeakKeyDictionary[Database, Proofs] = WeakKeyDictionary()


async def unless_proved(
    ask: Ask, kinds: frozenset[str], compute: Callable[[], Awaitable[Answer]], *, dated: bool = False
) -> Answer:
    """The report that `compute` gives, or the one that was given before, where that is proved to be the same.

    One that is `dated` says when it was computed, so that it is only ever proved to whoever has it.
    """
    proofs = _proofs.setdefault(ask.place.database, Proofs())
    asked = _asked(ask)
    proof = proofs.find(asked)
    if proof is not None and await proof.answers(ask, kinds):
        return replace(proof.answer, headers=[*proof.answer.headers])
    mark = await Mark.read(ask.database, kinds)
    answer = await compute()
    if mark is not None and answer.etag is not None and isinstance(answer.body, bytes):
        whole = not dated and len(answer.body) <= KEPT_BYTES
        # As long as this, what is no body is packed or not as the whole one would be, and so is its tag.
        body = answer.body if whole else bytes(min(len(answer.body), _PACKED_FROM))
        kept = replace(answer, body=body, headers=[*answer.headers])
        proofs.keep(asked, Proof(kept, whole, mark, time.monotonic() + GOOD_SECONDS))
    return answer


def _asked(ask: Ask) -> bytes:
    """All that one caller's report may differ by from another's: nothing in it depends on who asks."""
    today = clock.day_of(clock.now(), ask.place.settings.zone)
    parts = (ask.operation.path, ask.scope["query_string"], ask.raw.get(b"accept"), ask.language, today)
    return blake2b(repr(parts).encode(), digest_size=16).digest()
