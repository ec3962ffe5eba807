"""Offline writes over HTTP."""

import app.exchange.operations.texts  # noqa: F401  # its codes enter the catalogue
from app.exchange.operations.applying import applied
from app.exchange.operations.presenting import put_on_record, told
from app.exchange.operations.reading import read
from app.exchange.operations.schemas import Outbox
from app.exchange.operations.shapes import OutboxOut
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.operation import Operations

operations = Operations("Offline")


@operations.post(
    "/v1/operations",
    summary="Send an outbox",
    status_code=200,
    stores=False,
    response_model=OutboxOut,
    permission="operations:write",
)
async def submit_operations(outbox: Outbox, ask: Ask) -> Answer:
    """What was done offline, up to 200 operations in their order, each tried alone by the rules of single requests.

    Send the same outbox again whenever you are unsure, after any time: an operation is known by its `id`, and what
    was applied is `replayed`, without effect. So an Idempotency-Key is not needed. Another body under an `id` that
    was applied is refused, `operation.other_body`. What was refused or in conflict had no effect; it is judged anew
    when it is sent again.

    `conflict`: the thing is no longer at `expected_version`. `conflicts` has both values of each field that the
    operation wants to change and that differs now, and `version` is the present one: decide, and send a new
    operation that expects it. Where all fields have the wanted values already, the operation counts as applied.

    A bad operation blocks no other; one on a thing whose create was refused is refused too, as not found.
    """
    read_ones = [read(index, given, ask.caller) for index, given in enumerate(outbox.operations)]
    outcomes = await applied(ask, read_ones)
    await put_on_record(ask, read_ones, outcomes)
    return told(ask, read_ones, outcomes)
