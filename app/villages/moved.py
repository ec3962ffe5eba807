"""A retired code on a reading address leads, with its sub-path and query, to the code the village has now."""

from typing import NoReturn

from app.database.register import State
from app.http.ask import Ask
from app.http.problems import Moved, NotFound
from app.villages import service
from app.villages.tables import VILLAGES

_PREFIX = "/v1/villages/"


async def elsewhere(ask: Ask, code: str) -> NoReturn:
    """Raise the 308 for a retired code, or 404 `village.not_found`."""
    village = await service.find(ask.database, code)
    if village is None:
        raise NotFound("village.not_found", pointer="/path/code")
    _, _, rest = ask.url_path.removeprefix(_PREFIX).partition("/")
    query = ask.scope["query_string"].decode("latin-1")
    location = f"{_PREFIX}{village['code']}" + (f"/{rest}" if rest else "") + (f"?{query}" if query else "")
    raise Moved("village.moved", location)


async def village_at(ask: Ask, code: str) -> State:
    """The village that has this code now; a retired one raises the 308. For what lies below a village's address."""
    village = await VILLAGES.find(ask.database, code)
    return village if village is not None else await elsewhere(ask, code)
