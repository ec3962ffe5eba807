"""What comes after a position in the feed, for whoever follows: a client, or a webhook's dispatcher.

Law: a reader who takes slice after slice sees every committed change of its kinds and area once, each thing's in the
order of its versions, however many write at the same time, and however often it is stopped in between.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.changes import queries
from app.changes.area import Area
from app.changes.position import START, Place, Position, restarted
from app.changes.types import Kinds
from app.database import Database, Transaction
from app.database.face import Row

WINDOW = 2_000
"""How many changes a slice looks at, whatever it finds there."""


class Slice(NamedTuple):
    """Changes in their order, as rows of `queries.COLUMNS`, and where the next slice begins.

    A slice may be short or empty although more follows: then its position has moved. When it has not, the end is
    reached for now.
    """

    rows: Sequence[Row]
    upto: Position


async def following(
    source: Database | Transaction,
    after: Place,
    *,
    limit: int,
    kinds: Kinds,
    area: Area,
    window: int = WINDOW,
) -> Slice:
    """At most `limit` changes of these kinds in this area after a place, out of the next `window`."""
    bounds = {"after_transaction": after.transaction_id, "after_position": after.position}
    row = await source.row(queries.edge, {**bounds, "window": window})
    if row is None:
        raise LookupError("the feed has no epoch")
    epoch, *edge = row
    if edge[0] is None:
        return Slice((), Position(epoch, after))
    upto = Place(*edge)
    rows = await source.fetch(
        queries.found[area.form],
        {
            **bounds,
            "upto_transaction": upto.transaction_id,
            "upto_position": upto.position,
            "placed": list(kinds.placed),
            "placeless": list(kinds.placeless),
            "limit": limit,
            **area.values,
        },
    )
    return Slice(rows, Position(epoch, Place(*rows[-1][:2]) if len(rows) == limit else upto))


async def present(source: Database | Transaction) -> Position:
    """The position behind the last change that can be read now."""
    row = await source.row(queries.present, {})
    if row is None:
        raise LookupError("the feed has no epoch")
    epoch, *place = row
    return Position(epoch, START if place[0] is None else Place(*place))


async def checked(
    source: Database | Transaction, told: Slice, after: Position | None, *, pointer: str
) -> None:
    """Raise 410 `feed.restarted` where a position is of another epoch, or ahead of everything that ever changed.

    The latter is what a restored database looks like whose epoch was not raised.
    """
    if after is None:
        return
    place = after.of(told.upto.epoch, pointer=pointer)
    if told.upto.place == place != START:
        newest = await source.row(queries.newest, {})
        if newest is None or place > Place(*newest):
            raise restarted(pointer)
