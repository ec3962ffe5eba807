"""The answer to a list: a page as JSON, or the whole filtered set as a sheet or GeoJSON, streamed."""

import hashlib
from collections.abc import AsyncIterator, Iterable
from typing import Any

import orjson

from app.database.face import Row
from app.database.register import Register, State
from app.http.answers import GEOJSON, Answer
from app.http.ask import Ask
from app.http.paging import Listing, next_link
from app.http.readings import note, reading_of
from app.http.sheets.answer import Table, form_of, sheet
from app.http.sheets.columns import columns_of, item_of


async def listed(ask: Ask, listing: Listing, query: Any, *, geojson: bool = False, **fixed: Any) -> Answer:
    """The list as the caller asked for it; `geojson` offers that form too, `fixed` fills the list's own condition."""
    query = await ask.presently(query)
    form = form_of(ask, query, *(("geojson",) if geojson else ()))
    if form == "json":
        return await _page(ask, listing, query, fixed)
    states = _shown(ask, listing.register, listing.walk(ask.database, query, **fixed))
    if form == "geojson":
        return Answer(body=_features(states), media=GEOJSON, vary=_vary(listing.register))
    columns = columns_of(item_of(ask.operation.responses[200]["model"]))
    return sheet(
        ask, query, form, Table(listing.register.type, columns, states), vary=_vary(listing.register)
    )


async def _page(ask: Ask, listing: Listing, query: Any, fixed: dict[str, Any]) -> Answer:
    page = await listing.page(ask.database, query, **fixed)
    register, reach = listing.register, ask.caller.personal_reach
    if reach is None or not register.personal:
        items = ",".join([row[1] for row in page.rows]).encode()
        clear, reading = False, None
    else:
        documents, seen = _documents(register, page.rows, reach)
        items = b",".join(documents)
        clear, reading = True, reading_of(register, seen)
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
        reading=reading,
    )
    if page.next_cursor is not None:
        answer.headers.append((b"link", next_link(ask.url_path, ask.scope["query_string"], page.next_cursor)))
    return answer


def _documents(register: Register, rows: Iterable[Row], reach: str | None) -> tuple[list[bytes], list[State]]:
    """The published rows for a reader with that personal reach, and the states that it sees in the clear."""
    documents, seen = [], []
    for row in rows:
        state = register.state(row)
        if register.reveals(state, reach):
            documents.append(register.clear_document(state))
            seen.append(state)
        else:
            documents.append(row[1].encode())
    return documents, seen


async def _shown(
    ask: Ask, register: Register, batches: AsyncIterator[Iterable[Row]]
) -> AsyncIterator[list[State]]:
    async for batch in batches:
        documents, seen = _documents(register, batch, ask.caller.personal_reach)
        await note(ask, reading_of(register, seen))
        yield [orjson.loads(document) for document in documents]


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
