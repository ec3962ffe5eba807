"""Where reading is not public, advice asks for a token as reading does; whoever may read may simulate."""

import httpx
import pytest

from app.settings import Settings
from tests.conftest import Callers
from tests.index.told import PERIAN, at, record

CHANGES = {"changes": {"ikl_01": 5}}


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Reading only with a token."""
    return Settings(database_url=database_url, public_read=False)


@pytest.mark.parametrize("answer", ["explanation", "recommendations"])
async def test_a_stranger_is_asked_who_it_is_and_a_viewer_served(
    visitor: httpx.AsyncClient, office: httpx.AsyncClient, callers: Callers, answer: str
) -> None:
    viewer = await callers.holding("viewer", region="64.02.09")
    await office.put(at(PERIAN, 2024), json=record("Perian"))

    assert (await visitor.get(f"{at(PERIAN, 2024)}/{answer}")).status_code == 401
    assert (await viewer.get(f"{at(PERIAN, 2024)}/{answer}")).status_code == 200


async def test_whoever_may_read_may_simulate(
    visitor: httpx.AsyncClient, office: httpx.AsyncClient, callers: Callers
) -> None:
    viewer = await callers.holding("viewer", region="64.02.09")
    await office.put(at(PERIAN, 2024), json=record("Perian"))

    refused = await visitor.post(f"{at(PERIAN, 2024)}/simulations", json=CHANGES)
    served = await viewer.post(f"{at(PERIAN, 2024)}/simulations", json=CHANGES)

    assert refused.status_code == 401
    assert served.json()["after"]["points"] == 5770 + 140
