"""The answer to a list: a page as JSON, or the whole filtered set as CSV or GeoJSON, streamed."""

import hashlib
from collections.abc import AsyncIterator, Iterable
from typing import Any

import orjson

from app.database.face import Row
from app.database.register import Register, State
from app.http.answers import CSV, GEOJSON, Answer
from app.http.ask import Ask
from app.http.negotiation import chosen
from app.http.paging import Listing, next_link
from app.http.sheets import csv_of


async def listed(ask: Ask, listing: Listing, query: Any, *, geojson: bool = False, **fixed: Any) -> Answer:
    """The list as the caller asked for it; `geojson` offers that form too, `fixed` fills the list's own condition."""
    query = await ask.presently(query)
    offered = ("json", "csv", "geojson") if geojson else ("json", "csv")
    form = chosen(query.format, ask.raw.get(b"accept"), offered)
    if form == "json":
        return await _page(ask, listing, query, fixed)
    states = _shown(listing.register, listing.walk(ask.database, query, **fixed), ask.caller.personal_reach)
    if form == "geojson":
        return Answer(body=_features(states), media=GEOJSON, vary=_vary(listing.register))
    names = (*listing.register.fields, "masked") if listing.register.personal else listing.register.fields
    name = f"{listing.register.type}s.csv".encode()
    return Answer(
        body=csv_of(names, states, excel=query.dialect == "excel"),
        media=CSV,
        vary=_vary(listing.register),
        cache=b"no-store",
        headers=[(b"content-disposition", b'attachment; filename="' + name + b'"')],
    )


async def _page(ask: Ask, listing: Listing, query: Any, fixed: dict[str, Any]) -> Answer:
    page = await listing.page(ask.database, query, **fixed)
    register, reach = listing.register, ask.caller.personal_reach
    if reach is None or not register.personal:
        items = ",".join([row[1] for row in page.rows]).encode()
        clear = False
    else:
        items = b",".join([shown(register, row, reach) for row in page.rows])
        clear = True
    body = [b'{"items":[', items, b'],"next_cursor":', orjson.dumps(page.next_cursor)]
    if page.total is not None:
        body.append(b',"total":%d' % page.total)
    body.append(b"}")
    whole = b"".join(body)
    answer = Answer(
        body=whole,
        etag=hashlib.sha256(whole).hexdigest()[:24],
        vary=_vary(register),
        cache=b"no-store" if clear else b"no-cache",
    )
    if page.next_cursor is not None:
        answer.headers.append((b"link", next_link(ask.url_path, ask.scope["query_string"], page.next_cursor)))
    return answer


def shown(register: Register, row: Row, reach: str | None) -> bytes:
    """One published row for a reader with that personal reach."""
    state = register.state(row)
    document: str = row[1]
    return register.clear_document(state) if register.reveals(state, reach) else document.encode()


async def _shown(
    register: Register, batches: AsyncIterator[Iterable[Row]], reach: str | None
) -> AsyncIterator[list[State]]:
    async for batch in batches:
        yield [orjson.loads(shown(register, row, reach)) for row in batch]


async def _features(batches: AsyncIterator[list[State]]) -> AsyncIterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    first = True
    async for batch in batches:
        pieces = [orjson.dumps(_feature(state)) for state in batch]
        if pieces:
            yield (b"" if first else b",") + b",".join(pieces)
            first = False
    yield b"]}"


def _feature(state: State) -> dict[str, Any]:
    # Longitude before latitude, as RFC 7946 wants; a village without coordinates is a feature without geometry.
    longitude, latitude = state.get("longitude"), state.get("latitude")
    located = longitude is not None and latitude is not None
    geometry = {"type": "Point", "coordinates": [longitude, latitude]} if located else None
    return {"type": "Feature", "id": state["code"], "geometry": geometry, "properties": state}


def _vary(register: Register) -> bytes:
    return b"Accept, Accept-Encoding, Authorization" if register.personal else b"Accept, Accept-Encoding"
