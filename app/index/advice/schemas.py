"""What a simulation is told: other scores for some rows, each one that its row can have."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.http.fields import Input, Places, fault, several
from app.index.schemas import IDM, Score


def _judged(given: Any) -> Any:
    # A longer one is refused as such: most of it names no indicator.
    if not isinstance(given, dict) or len(given) > len(IDM.indicators):
        return given
    judged = {(name,): _wrong(name, score) for name, score in given.items()}
    found: Places = {at: wrong for at, wrong in judged.items() if wrong}
    if found:
        raise several(found)
    return given


def _wrong(name: str, score: Any) -> Any:
    at = IDM.position.get(name)
    if at is None:
        return fault("idm.unknown_indicator")
    if type(score) is not int:
        return fault("value.integer")
    known = IDM.admissible[at]
    if score in known:
        return None
    return fault("idm.score_outside_rubric", indicator=name, expected=", ".join(map(str, sorted(known))))


Changes = Annotated[
    dict[str, Score], Field(min_length=1, max_length=len(IDM.indicators)), BeforeValidator(_judged)
]


class Simulation(Input):
    """Rows as they might be."""

    changes: Changes = Field(
        description="a score for each indicator to change; only scores of the rubric",
        examples=[{"ike_09": 5, "ikl_03": 4}],
    )
