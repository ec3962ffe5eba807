"""What only the document or a few requests need is not made, and not loaded, before they come."""

import subprocess
import sys
from typing import Annotated

import pytest
from fastapi.routing import APIRoute

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Input, Output
from app.http.operation import Operation, Operations, Query

SPARED = (
    "xlsxwriter",
    "openpyxl",
    "jwt",
    "cryptography",
    "alembic",
    "sqlalchemy.orm",
    "asyncpg",
    "websockets.server",
)


class ContohQuery(Input):
    """Asked."""

    word: str | None = None


class ContohOut(Output):
    """Told."""

    word: str


def declared() -> Operation:
    """An operation that nobody has looked at."""
    operations = Operations("Contoh")

    @operations.get("/v1/contoh/{id}", summary="One", response_model=ContohOut, refuses=(404,))
    async def contoh(id: str, query: Annotated[ContohQuery, Query()], ask: Ask) -> Answer:
        """What is told."""
        return Answer()

    return operations.routes[0]


def test_what_serving_needs_of_a_route_is_there_without_its_description() -> None:
    operation = declared()

    assert (operation.path, operation.path_names) == ("/v1/contoh/{id}", ["id"])
    assert operation.verbs == {"GET"}
    assert 404 in operation.refusals
    assert "dependant" not in vars(operation)
    assert not ContohOut.__pydantic_complete__


def test_a_route_that_is_looked_at_is_described_as_fastapi_describes_it() -> None:
    operation = declared()

    assert (operation.summary, operation.description) == ("One", "What is told.")
    assert [field.name for field in operation.dependant.path_params] == ["id"]
    assert operation.response_field is not None
    assert set(operation.responses) == set(operation.refusals)
    told = set(vars(APIRoute("/v1/contoh/{id}", operation.endpoint, response_model=None)))
    assert told <= set(vars(operation))


def test_what_no_route_has_is_an_error_of_the_usual_kind() -> None:
    operation = declared()

    for _ in range(2):
        with pytest.raises(AttributeError, match="nothing_like_this"):
            _ = operation.nothing_like_this


def test_a_started_application_has_described_nothing_and_loaded_only_what_serves() -> None:
    told = (
        "import sys, app.cli, app.serving; from app.settings import Settings; from app.main import create_app;"
        "made = create_app(Settings(database_url='sqlite:///never-opened.db')); made.build_middleware_stack();"
        "print([one.path for one in made.operations if 'dependant' in vars(one)],"
        f"[name for name in {SPARED} if name in sys.modules])"
    )

    said = subprocess.run(  # noqa: S603  # this interpreter, and what stands above
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    )

    assert said.stdout == "[] []\n", said.stdout
