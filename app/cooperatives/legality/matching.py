"""Which cooperative an event is about: by its id, the village of its seat, or a number that it alone claims."""

from collections.abc import Awaitable, Callable, Mapping

from app.cooperatives.legality import queries
from app.cooperatives.tables import COOPERATIVES
from app.database import Transaction
from app.database.register import State
from app.http.problems import Fault, Invalid, NotFound
from app.villages import service as villages

Reference = tuple[str, str]
"""(id, village_code, sk_number or nik_koperasi; its value)."""

_KIND = {"sk_number": "sk_ahu", "nik_koperasi": "nik_koperasi"}


class Matching:
    """Finds cooperatives for one batch; the same reference is looked up once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._found: dict[Reference, State | None] = {}

    async def find(self, reference: Reference) -> State | None:
        """The cooperative that is meant, or None when it is not known yet and the event waits for it.

        A number that a cooperative out of reach claims is as unknown as one that nobody does.

        Raises `NotFound` for an id or village that does not exist or lies out of reach (the same for both), and
        `Invalid` `cooperative.ambiguous` when several cooperatives are seated in the village.
        """
        if reference not in self._found:
            kind, value = reference
            self._found[reference] = await _FIND[kind](self._tx, value)
        return self._found[reference]


async def _by_id(tx: Transaction, id: str) -> State:
    cooperative = await COOPERATIVES.find(tx, id)
    if cooperative is None or not tx.act.reaches(cooperative["village_code"]):
        raise NotFound("cooperative.not_found", pointer="/cooperative/id")
    return cooperative


async def _by_village(tx: Transaction, code: str) -> State | None:
    village = await villages.within_reach(tx, code, pointer="/cooperative/village_code")
    rows = await tx.fetch(queries.seated_in, {"village_id": village["village_id"]})
    return _only([COOPERATIVES.state(row) for row in rows], "/cooperative/village_code")


def _by_number(field: str) -> Callable[[Transaction, str], Awaitable[State | None]]:
    async def find(tx: Transaction, number: str) -> State | None:
        rows = await tx.fetch(queries.claimants, {"kind": _KIND[field], "number": number})
        found = [await COOPERATIVES.find(tx, row[0]) for row in rows]
        cooperative = _only([one for one in found if one is not None], f"/cooperative/{field}")
        within = cooperative is not None and tx.act.reaches(cooperative["village_code"])
        return cooperative if within else None

    return find


def _only(found: list[State], pointer: str) -> State | None:
    if len(found) > 1:
        candidates = [{"id": one["id"], "name": one["name"]} for one in found]
        raise Invalid([Fault(pointer, "cooperative.ambiguous")], members={"candidates": candidates})
    return found[0] if found else None


_FIND: Mapping[str, Callable[[Transaction, str], Awaitable[State | None]]] = {
    "id": _by_id,
    "village_code": _by_village,
    "sk_number": _by_number("sk_number"),
    "nik_koperasi": _by_number("nik_koperasi"),
}
