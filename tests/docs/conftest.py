"""The document as it is served, and a way to walk it."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.database.migrate import migrate
from app.http.operation import Operation
from app.main import Berdaya, create_app
from app.settings import Settings

Told = dict[str, Any]


class Documented(NamedTuple):
    """One operation of the document beside the one that is served."""

    verb: str
    path: str
    told: Told
    served: Operation


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory) -> Berdaya:
    """An application that is never started: it only describes itself."""
    folder = tmp_path_factory.mktemp("described")
    return create_app(Settings(database_url=f"sqlite:///{folder}/never.db"))


@pytest.fixture(scope="session")
def document(described: Berdaya) -> Told:
    """The OpenAPI document."""
    return described.openapi()


@pytest.fixture(scope="session")
def documented(document: Told, described: Berdaya) -> list[Documented]:
    """Every operation, with references at hand resolved one level."""
    served = {operation.name: operation for operation in described.operations}
    found = [
        Documented(verb, path, _inlined(told, document), served[told["operationId"]])
        for path, verbs in document["paths"].items()
        for verb, told in verbs.items()
    ]
    assert len(found) > 20, "a walk that finds nothing proves nothing"
    return found


def _inlined(told: Told, document: Told) -> Told:
    """Parameters, responses and headers themselves where references stand for them; schemas stay references."""

    def there(one: Told) -> Told:
        reference = one.get("$ref", "")
        if not reference.startswith("#/components/") or reference.startswith("#/components/schemas/"):
            return one
        _, _, kind, name = reference.split("/")
        return dict(document["components"][kind][name])

    responses = {status: there(response) for status, response in told["responses"].items()}
    for response in responses.values():
        response["headers"] = {name: there(header) for name, header in response.get("headers", {}).items()}
    return {**told, "parameters": [there(one) for one in told["parameters"]], "responses": responses}


@pytest.fixture
def empty_database(tmp_path: Path) -> str:
    """The URL of a migrated database with nothing in it, on SQLite."""
    url = f"sqlite:///{tmp_path}/session.db"
    migrate(url)
    return url
