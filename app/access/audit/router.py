"""The audit trail over HTTP."""

from typing import Annotated

import app.access.labels  # noqa: F401  # its labels enter the sheets
from app.access.audit.queries import TRAIL
from app.access.audit.schemas import AuditQuery, AuditRowOut
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.lists import listed
from app.http.operation import Operations, Query
from app.http.shapes import listing_of

operations = Operations("Access")


@operations.get(
    "/v1/audit",
    summary="Who did or read what",
    permission="audit:read",
    responses=listing_of(AuditRowOut),
)
async def list_audit(query: Annotated[AuditQuery, Query()], ask: Ask) -> Answer:
    """The audit trail, newest first: every write, and every reading that showed personal fields in the clear.

    `type=ukm&resource_id=…&since=2026-11-01T00:00:00Z` tells who wrote or was shown that UKM since then, lists
    included. `actor=…` tells what one token or user did, `request_id=…` what one request did. `hash` chains each row
    to the one before it; `berdaya audit verify` checks the chain. `format=csv` is a table of the whole filtered set.
    """
    answer = await listed(ask, TRAIL, query)
    answer.cache, answer.vary = b"no-store", b"Accept, Accept-Encoding, Authorization"
    return answer
