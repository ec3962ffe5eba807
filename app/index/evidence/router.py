"""The evidence on a village's index over HTTP."""

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import PathYear
from app.http.operation import Operations
from app.index.evidence.presenting import evidence_of
from app.index.evidence.schemas import EvidenceOut
from app.regions.codes import VillageCode

operations = Operations("Village index")


@operations.get(
    "/v1/villages/{code}/idm/{year}/evidence",
    summary="What our registers say of a village's IDM",
    tagged=True,
    response_model=EvidenceOut,
    refuses=(308, 404),
)
async def get_idm_evidence(code: VillageCode, year: PathYear, ask: Ask) -> Answer:
    """Official scores beside what our registers show of them, and the IDM if those the registers exceed were raised.

    `ike_09`: cooperatives with a decree (0, 1, more: score 1, 3, 5). `ike_08`: active savings and loan units, one
    kind of credit. `ike_01`: UKM of scale mikro that make something, per household (from 0.001: 3, from 0.004: 5).
    BUMDes and other credit are in no register of ours, so these scores are `at_least`; what is missing is unknown,
    never 0. The registers are read as they are now, whatever the year: it decides only the official scores. A verdict
    `lower` is a question about the score or about a register that is not complete, not a finding against a village.
    """
    return await evidence_of(ask, code, year)
