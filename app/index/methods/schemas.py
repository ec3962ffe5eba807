"""Scores told for any edition: by dimension, in official order; the edition itself says what a row may have."""

from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError, create_model
from pydantic.json_schema import WithJsonSchema

from app.http.fields import Input, faults_of
from app.http.problems import Invalid
from app.index.editions import EDITIONS, Edition
from app.index.formula import pack
from app.index.schemas import judged

_LISTS = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "integer", "minimum": 0}},
}


class EditionScores(Input):
    """The scores of a village, by dimension."""

    # Judged by `packed`, once the path has said by which edition.
    scores: Annotated[dict[str, Any], WithJsonSchema(_LISTS)] = Field(
        description="for each dimension of the edition its scores in official order"
    )


def packed(edition: Edition, told: EditionScores) -> bytes:
    """The scores, a byte each; raises `Invalid` with every fault at its own row."""
    try:
        rows = _rows_of(edition.id).model_validate(told.scores)
    except ValidationError as wrong:
        raise Invalid(faults_of(wrong, "/scores")) from wrong
    return pack(edition, **rows.model_dump())


@cache
def _rows_of(name: str) -> type[BaseModel]:
    edition = EDITIONS[name]
    fields: dict[str, Any] = {
        part.id: Annotated[list[int], judged(edition.indicators[part.rows], codes="index_edition")]
        for part in edition.dimensions
    }
    return create_model("Rows", __base__=Input, **fields)
