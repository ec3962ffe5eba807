"""What a village's year means and what would move it, over HTTP; nothing here is stored."""

import app.index.texts  # noqa: F401  # its codes enter the catalogue
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.caller import READ
from app.http.fields import PathYear
from app.http.operation import Operations
from app.index.advice import presenting
from app.index.advice.schemas import Simulation
from app.index.advice.shapes import ExplanationOut, RecommendationsOut, SimulationOut
from app.regions.codes import VillageCode

operations = Operations("Village index")


@operations.get(
    "/v1/villages/{code}/idm/{year}/explanation",
    summary="Where a village's IDM comes from",
    tagged=True,
    response_model=ExplanationOut,
    refuses=(308, 404, 409),
)
async def explain_idm_year(code: VillageCode, year: PathYear, ask: Ask) -> Answer:
    """Every figure traced to its rows: what each dimension, sector, variable and indicator contributes and misses.

    Contributions are whole points of 6300: a row is worth its score times the `weight` of its dimension, and
    what is above it the sum of its rows, so they add up to the IDM without remainder. `thresholds` tells for
    each status how many points are missing to reach it, or how many can be lost before falling below it.
    Calculated from the rows, whatever was published; `audit` says whether both agree. 409 without rows.
    """
    return await presenting.explained(ask, code, year)


@operations.get(
    "/v1/villages/{code}/idm/{year}/recommendations",
    summary="What would raise a village's IDM",
    tagged=True,
    response_model=RecommendationsOut,
    refuses=(308, 404, 409),
)
async def recommend_for_idm_year(code: VillageCode, year: PathYear, ask: Ask) -> Answer:
    """The ministry's rumusan: all fifty rows with activity and executors; then `ranking`, the open rows by their gain.

    A gain is what full marks in a row add to the IDM (NILAI, unrounded). The ranking also tells the next score
    a row can have, what that gives, and whether the row alone reaches the next status, which whole points
    decide and never `target_score`. Calculated from the rows, whatever was published. 409 without rows.
    """
    return await presenting.recommended(ask, code, year)


@operations.post(
    "/v1/villages/{code}/idm/{year}/simulations",
    summary="Simulate changes of a village's IDM",
    permission=READ,
    stores=False,
    status_code=200,
    response_model=SimulationOut,
    refuses=(404, 409),
)
async def simulate_idm_year(code: VillageCode, year: PathYear, simulation: Simulation, ask: Ask) -> Answer:
    """The year as it is and as it would be with other scores: every index, the status, the ranks; nothing is stored.

    The ranks are among the villages of the district, the regency and the province with an IDM of that year: 1 is
    the highest, equal ones share a rank. Both sides compare the same figures: the IDM calculated from a village's
    rows, or the published one where its rows are not known. Only this village's rows move. 409 without rows.
    """
    return await presenting.simulated(ask, code, year, simulation)
