"""The feed over HTTP."""

from typing import Annotated

import app.changes.texts  # noqa: F401  # its codes enter the catalogue
from app.changes import copying, following, presenting
from app.changes.area import area_of
from app.changes.position import START
from app.changes.position import read as position_of
from app.changes.schemas import ChangePage, ChangesQuery, SnapshotPage, SnapshotQuery
from app.changes.types import Kinds, kinds_of, refused_to, told_to
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.operation import Operations, Query
from app.http.problems import Forbidden, Unauthenticated

operations = Operations("Changes")


@operations.get("/v1/changes", summary="What changed", response_model=ChangePage, refuses=(410,), newest=True)
async def list_changes(query: Annotated[ChangesQuery, Query()], ask: Ask) -> Answer:
    """Every change of every thing, once, in an order that holds for each thing; without `after` from the beginning.

    Keep `next_cursor` and ask again with it as `after`: at once after a page with items or a cursor that moved,
    after a pause when it is the same as `after`, which means that nothing follows yet. A page may be short or empty
    although more follows, since a filter looks at a bounded number of changes at a time: only the cursor tells.
    Every committed change comes once; while a transaction is being written, later ones wait for it.

    **In a region** a change is told when its thing was in the region before or is in it after: a thing that leaves
    is told a last time, with the code of where it went, so drop from a copy what bears a code outside. What lies
    nowhere, as a token, is in no region. Its own rights decide what a caller is told: `token` and `user` are for
    those who may list them, and everything is shown as to anybody, with personal fields null.

    410 `feed.restarted` after a restore of the database: start again with a fresh copy. How to keep a copy, with a
    client of some eighty lines, is told in the project's `docs/feed.md`.
    """
    kinds = _kinds(ask, query.types)
    after = None if query.after is None else position_of(query.after, pointer="/query/after")
    told = await following.following(
        ask.database,
        START if after is None else after.place,
        limit=int(query.limit),
        kinds=kinds,
        area=await area_of(ask.database, query.region),
    )
    await following.checked(ask.database, told, after, pointer="/query/after")
    return presenting.feed(ask, told, kinds)


@operations.get(
    "/v1/changes/snapshot", summary="Start a copy", response_model=SnapshotPage, refuses=(410,), newest=True
)
async def copy_register(query: Annotated[SnapshotQuery, Query()], ask: Ask) -> Answer:
    """Everything that is there now, page by page, and from where to follow the changes.

    Walk to the end by `next_cursor`, then ask **What changed** with `after` set to `changes_after` and the same
    `region` and `types`. What changes while the copy is made may be in it or not: the feed tells it again, and the
    higher version counts. A page may be short or empty before the end; only a `next_cursor` of null is the end.
    """
    kinds = _kinds(ask, query.types)
    names = copying.kinds_in(kinds, query.region)
    digest = copying.digest_of(query.region, names)
    if query.cursor is None:
        start = await copying.begin(ask.database, names)
    else:
        start = copying.read(query.cursor, digest, names)
        now = await following.present(ask.database)
        start.changes_after.of(now.epoch, pointer="/query/cursor")
    area = await area_of(ask.database, query.region)
    page = await copying.page(ask.database, start, limit=int(query.limit), kinds=names, area=area)
    return presenting.snapshot(ask, page, start.changes_after, digest, kinds)


def _kinds(ask: Ask, types: str | None) -> Kinds:
    """The kinds asked for, all that the caller is told of when none are named; 401 or 403 for one that needs more."""
    if types is None:
        return kinds_of(told_to(ask.caller.permissions))
    names = types.split(",")
    lacking = refused_to(ask.caller, names)
    if lacking is not None:
        if not ask.caller.id:
            raise Unauthenticated
        raise Forbidden("access.forbidden", permission=lacking)
    return kinds_of(names)
