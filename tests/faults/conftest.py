"""One server for the tests of a module, on each engine."""

from collections.abc import Iterator

import pytest

from tests.conftest import Templates
from tests.faults.faults import PLANT
from tests.faults.stand import Stand
from tests.operation.tallies import ask


@pytest.fixture(scope="module")
def stand(engine: str, templates: Templates) -> Iterator[Stand]:
    """A server as it is set by default; PostgreSQL has a trigger that does nothing until it is told to."""
    url = templates.fresh(engine)
    if engine == "postgresql":
        for statement in PLANT.split(";\n"):
            ask(url, statement)
    made = Stand(url)
    made.start()
    yield made
    made.stop()
    templates.drop(url)
