"""Half of the random requests are about things that there are: by the document alone hardly any id would be one.

Law: only what is valid in an address is replaced, so a request that breaks the document there goes on doing so. And
nobody revokes the token that asks: whatever came after would be 401, and nothing be tried.
"""

from typing import Any, NamedTuple
from weakref import WeakKeyDictionary
from zlib import crc32

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

from app.main import Berdaya
from tests.access.things import MISSING, Things


class Known(NamedTuple):
    """The things there are, by village, and the id of the token that asks."""

    things: tuple[Things, ...]
    token: str


_known: WeakKeyDictionary[Berdaya, Known] = WeakKeyDictionary()


def know(application: Berdaya, known: Known) -> None:
    """Let the addresses of this application's operations name these things."""
    _known[application] = known


@schemathesis.hook
def before_call(
    context: schemathesis.HookContext, case: schemathesis.Case[Any], kwargs: dict[str, Any]
) -> None:
    """Schemathesis finds its hooks by their names. Which half it is follows from what was drawn."""
    known = _known[case.operation.app]
    if _names_at_random(case):
        drawn = crc32(repr(sorted(case.path_parameters.items())).encode())
        if drawn % 2:
            names = _names(case.operation.path, known.things[drawn // 2 % len(known.things)])
            for name in case.path_parameters.keys() & names.keys():
                case.path_parameters[name] = names[name]
    if known.token in case.path_parameters.values():
        case.path_parameters["id"] = MISSING


def _names_at_random(case: schemathesis.Case[Any]) -> bool:
    meta = case.meta
    if meta is None or meta.phase.name is not TestPhase.FUZZING:
        return False
    part = meta.components.get(ParameterLocation.PATH)
    return part is not None and part.mode is schemathesis.GenerationMode.POSITIVE


def _names(path: str, things: Things) -> dict[str, Any]:
    collection = path.split("/")[2]
    of_thing = {"id": things.ids[collection]} if collection in things.ids else {}
    code = things.village[:8] if collection == "regions" else things.village
    return {"code": code, "year": 2024, **things.below, **of_thing}
