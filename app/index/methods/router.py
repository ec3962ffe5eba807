"""The published methods over HTTP: each as data, and a calculation by any of them for anybody."""

from typing import Annotated

from pydantic import Field

import app.index.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.operation import Operations
from app.http.shapes import page_of
from app.index.methods import presenting
from app.index.methods.schemas import EditionScores
from app.index.methods.shapes import EditionCalculationOut, IndexEditionItem, IndexEditionOut

operations = Operations("Village index")

EditionName = Annotated[
    str,
    Field(max_length=40, description="which published method", examples=["idm-2016", "indeks-desa-2025"]),
]


@operations.get(
    "/v1/index-editions",
    summary="List the index editions",
    permission=None,
    response_model=page_of(IndexEditionItem),
)
async def list_index_editions() -> Answer:
    """The published methods by which villages are measured."""
    return presenting.editions()


@operations.get(
    "/v1/index-editions/{edition}",
    summary="One index edition",
    permission=None,
    tagged=True,
    response_model=IndexEditionOut,
    refuses=(404,),
)
async def get_index_edition(edition: EditionName) -> Answer:
    """A method as data: weights, cut-offs, indicators, admissible scores, their meaning, and who can act.

    Names and sentences are in both languages. An edition does not change.
    """
    return presenting.edition(edition)


@operations.post(
    "/v1/index-editions/{edition}/calculations",
    summary="Calculate an index by one edition",
    permission=None,
    stores=False,
    status_code=200,
    response_model=EditionCalculationOut,
    refuses=(404,),
)
async def calculate_by_edition(edition: EditionName, scores: EditionScores, ask: Ask) -> Answer:
    """The index of a village's scores by one published method; nothing is stored and no token is needed.

    Give `scores` by dimension, in official order, as many as the edition has rows. For `indeks-desa-2025` that
    is 34, 17, 32, 18, 10 and 16 scores; each point weighs the same, the index is points / 635, and the status
    follows from the points: up to 314 sangat_tertinggal, 364 tertinggal, 440 berkembang, 505 maju, above that
    mandiri. A score its row cannot have is a fault; scores that contradict one another are `warnings`. The same
    scores by the same edition give the same answer for ever; figures of different editions do not compare.
    """
    return presenting.calculated(edition, scores, ask.language)
