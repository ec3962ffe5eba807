"""The type of a problem is an address that can be opened: it says what the code means, in both languages."""

from typing import Annotated

from pydantic import Field

from app.http.answers import Answer, json_answer
from app.http.catalogue import TEXTS
from app.http.fields import Output
from app.http.operation import Operations
from app.http.problems import NotFound

operations = Operations("Operation")

Code = Annotated[
    str, Field(max_length=100, description="the `code` of a problem", examples=["village.not_found"])
]


class ProblemText(Output):
    """What a problem says in both languages; `{limit}` and the like stand for facts of the case."""

    en: str = Field(description="English", examples=["There is no such village here."])
    id: str = Field(description="Bahasa Indonesia", examples=["Desa ini tidak ada di sini."])


class ProblemType(Output):
    """What the code of a problem means."""

    type: str = Field(description="the address of this answer", examples=["/problems/village.not_found"])
    code: str = Field(examples=["village.not_found"])
    detail: ProblemText


@operations.get(
    "/problems/{code}",
    summary="What a problem means",
    permission=None,
    response_model=ProblemType,
    refuses=(404,),
)
async def get_problem_type(code: Code) -> Answer:
    """The text of a code, as `type` of a problem document and `code` of each of its `errors` name it."""
    text = TEXTS.get(code)
    if text is None:
        raise NotFound("problem.not_found", pointer="/path/code")
    told = {"type": f"/problems/{code}", "code": code, "detail": {"en": text.en, "id": text.id}}
    return json_answer(told, cache=b"public, max-age=3600")
