"""How changes and copied things become an answer: their representations are sent as the register keeps them."""

from typing import Any

import orjson

from app.changes import copying
from app.changes.copying import Copied, Page
from app.changes.following import Slice
from app.changes.position import Position
from app.changes.types import NEEDED, Kinds
from app.database.face import Row
from app.http.answers import Answer, tagged
from app.http.ask import Ask
from app.http.caller import READ
from app.http.paging import next_link


def feed(ask: Ask, told: Slice, kinds: Kinds) -> Answer:
    """A page of the feed."""
    following = told.upto.cursor
    items = [change(row) for row in told.rows]
    return _page(ask, {"items": items, "next_cursor": following}, kinds, link=("after", following))


def change(row: Row) -> dict[str, Any]:
    """One change as it is told, from a row of `queries.COLUMNS`."""
    _, _, id, kind, resource_id, operation, version, at, village_code, data = row
    return {
        "id": id,
        "type": kind,
        "resource_id": resource_id,
        "operation": operation,
        "version": version,
        "at": at,
        "village_code": village_code,
        "data": None if data is None else orjson.Fragment(data),
    }


def snapshot(ask: Ask, page: Page, changes_after: Position, digest: str, kinds: Kinds) -> Answer:
    """A page of a copy."""
    following = None if page.stands is None else copying.cursor_of(page.stands, digest)
    told = {
        "items": [_copied(one) for one in page.items],
        "next_cursor": following,
        "changes_after": changes_after.cursor,
    }
    return _page(ask, told, kinds, link=None if following is None else ("cursor", following))


def _copied(one: Copied) -> dict[str, Any]:
    resource_id, version, village_code, document = one.row
    return {
        "type": one.kind,
        "resource_id": resource_id,
        "version": version,
        "village_code": village_code,
        "data": orjson.Fragment(document),
    }


def _page(ask: Ask, told: dict[str, Any], kinds: Kinds, *, link: tuple[str, str] | None) -> Answer:
    public = all(NEEDED[kind] == READ for kind in kinds.all)
    answer = tagged(
        Answer(
            body=orjson.dumps(told),
            cache=b"no-cache" if public else b"no-store",
            # Which kinds are told when none are named depends on who asks.
            vary=b"Accept, Accept-Encoding, Authorization",
        )
    )
    if link is not None:
        name, cursor = link
        address = next_link(ask.url_path, ask.scope["query_string"], cursor, name=name.encode())
        answer.headers.append((b"link", address))
    return answer
