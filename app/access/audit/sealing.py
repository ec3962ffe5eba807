"""One sealer at a time links the rows that every writer has finished with to the chain, in the order of the feed.

Writers never wait for it: it reads what is committed, and on PostgreSQL only what no running transaction can still
come before (`transaction_id` below the snapshot's oldest). Links are only ever added, behind the last one.

A PostgreSQL cluster that is restored elsewhere counts its transactions from a lower number on, so what is written
there would sort before what is stored. `berdaya backup` therefore writes a trail that is sealed to its end, with 0 for
every `transaction_id` (`app.backups.sealed`); the hashes do not cover that number, and sealing goes on behind the
furthest place that has a link. Whoever restores by other means seals everything first (`seal_all`), then says
`SET LOCAL berdaya.audit_may_change = 'on'` and sets `transaction_id` to 0 in `audit` and in `audit_chain`.
"""

import asyncio
import time
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import orjson
import structlog
from sqlalchemy import JSON, Text, bindparam, cast, column, exists, func, insert, select

from app import clock
from app.access.audit.chain import FIELDS, START, Head, link
from app.database import Act, Busy, Database, Statement, Transaction, Unavailable
from app.database.ages import Age
from app.database.face import Chain, Values
from app.database.ledgers import audit, audit_chain
from app.database.record import later, oldest_transaction
from app.database.words import Position

SEAL_SECONDS = 1.0
_BATCH = 250
_PATIENCE_SECONDS = 30.0
_TELL_SECONDS = 3600.0
_STOP_SECONDS = 1.0

_log = structlog.get_logger("berdaya.audit")


_unsealed = (
    select(audit.c.transaction_id, *(audit.c[name] for name in FIELDS))
    .where(
        later(audit, bindparam("transaction_id", type_=Position), bindparam("position", type_=Position)),
        audit.c.transaction_id < oldest_transaction(),
    )
    .order_by(audit.c.transaction_id, audit.c.position)
)
_next = Statement(_unsealed.limit(_BATCH))
_any = Statement(_unsealed.with_only_columns(audit.c.position).limit(1))
_head = Statement(
    select(audit_chain.c.number, audit_chain.c.hash).order_by(audit_chain.c.number.desc()).limit(1)
)
_furthest = Statement(
    select(audit_chain.c.transaction_id, audit_chain.c.position)
    .order_by(audit_chain.c.transaction_id.desc(), audit_chain.c.position.desc())
    .limit(1)
)

_sealed = select(func.coalesce(func.max(audit_chain.c.transaction_id), -1)).scalar_subquery()
UNSEALED = Age(
    "berdaya_audit_unsealed_seconds",
    "Age of the oldest audit row that is not in the chain yet",
    Statement(
        select(func.min(audit.c.at)).where(
            audit.c.transaction_id >= _sealed,
            ~exists().where(audit_chain.c.position == audit.c.position),
        )
    ),
)


class Place(NamedTuple):
    """A place in the order of the feed."""

    transaction_id: int
    position: int


BEGINNING = Place(-1, -1)


class _Links(Chain):
    """New links: one insert for all of them where the engine can."""

    _columns = tuple(audit_chain.c)

    @cached_property
    def together(self) -> Statement:
        """One link; gives its number."""
        given = {one.name: bindparam(one.name, type_=one.type) for one in self._columns}
        return Statement(insert(audit_chain).values(given).returning(audit_chain.c.number))

    @cached_property
    def apart(self) -> tuple[Statement, ...]:
        """The same; nothing follows."""
        return (
            Statement(
                insert(audit_chain).values({c.name: bindparam(c.name, type_=c.type) for c in self._columns})
            ),
        )

    @cached_property
    def many(self) -> Statement:
        """Many links out of a JSON array."""
        told = func.json_to_recordset(cast(bindparam("rows", type_=Text()), JSON)).table_valued(
            *(column(one.name, one.type) for one in self._columns)
        )
        rows = select(told.render_derived(name="told", with_types=True))
        names = [one.name for one in self._columns]
        return Statement(insert(audit_chain).from_select(names, rows).returning(audit_chain.c.number))

    def packed(self, rows: Sequence[Values]) -> str:
        """The array."""
        return orjson.dumps(rows).decode()


_links = _Links()


async def head(source: Database | Transaction) -> Head:
    """The last link; number 0 and zeros before anything is sealed."""
    row = await source.row(_head, {})
    return Head(0, START.hex()) if row is None else Head(row[0], row[1])


class Sealed(NamedTuple):
    """How many rows were sealed, and up to where."""

    rows: int
    place: Place


async def seal(database: Database, after: Place = BEGINNING) -> Sealed:
    """Seal what can be sealed; `after` is a place up to which all is known to be sealed. 0 rows when another seals."""
    rows = 0
    while await database.row(_any, after._asdict()):
        done = await database.write(_act(), _seal_some)
        if done is None:
            break
        rows, after = rows + done.rows, done.place
    return Sealed(rows, after)


async def seal_all(database: Database) -> int:
    """Seal until nothing is left, whoever seals besides; raises `Busy` when that takes too long."""
    patience = time.monotonic() + _PATIENCE_SECONDS
    rows, after = await seal(database)
    while await database.row(_any, after._asdict()):
        if time.monotonic() > patience:
            raise Busy("another process is sealing the audit trail")
        await asyncio.sleep(0.05)
        done = await seal(database, after)
        rows, after = rows + done.rows, done.place
    return rows


async def _seal_some(tx: Transaction) -> Sealed | None:
    if not await tx.claim("audit:seal"):
        return None
    furthest = await tx.row(_furthest, {})
    place = BEGINNING if furthest is None else Place(*furthest)
    number, digits = await head(tx)
    last = bytes.fromhex(digits)
    links = []
    for transaction_id, *content in await tx.fetch(_next, place._asdict()):
        number, last = number + 1, link(last, content)
        place = Place(transaction_id, content[0])
        links.append({"number": number, **place._asdict(), "hash": last.hex()})
    return Sealed(await tx.chain_many(_links, links), place)


class Sealer:
    """Seals for a running application, and tells its log the head every hour and at the end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._told: Head | None = None
        self._tell_at = time.monotonic() + _TELL_SECONDS
        self._down = False
        self._place = BEGINNING

    async def work(self) -> None:
        """Seal what is there; nothing to seal costs one look into an index. A database that is down is told once."""
        try:
            self._place = (await seal(self._database, self._place)).place
        except Unavailable:
            if self._down:
                return
            self._down = True
            raise
        self._down = False
        if time.monotonic() >= self._tell_at:
            self._tell_at = time.monotonic() + _TELL_SECONDS
            await self._tell()

    async def stop(self) -> None:
        """Seal what was written last, if the database still answers, and tell the head."""
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await seal(self._database, self._place)
                await self._tell()
        except Exception as failed:  # noqa: BLE001  # the next start seals it; stopping must not fail for that
            _log.warning("unsealed", reason=type(failed).__name__)

    async def _tell(self) -> None:
        last = await head(self._database)
        if last.number and last != self._told:
            self._told = last
            _log.info("audit_head", head=str(last))


def _act() -> Act:
    at = clock.now()
    return Act(
        at=at,
        today=at[:10],
        actor="system:sealer",
        actor_name="sealer",
        role="system",
        action="seal",
        request_id=f"seal-{at}",
    )
