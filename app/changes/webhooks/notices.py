"""What a notice says: the change as the feed tells it, in the envelope of Standard Webhooks, under 20 kB.

Law: the body of a change is the same at every attempt, unless somebody in it was erased meanwhile.
"""

import orjson

from app.changes.presenting import change
from app.database.face import Row

LARGEST = 20_000
"""Bytes of a body; a longer representation is left out and can be read at its own address."""


def body_of_change(row: Row) -> bytes:
    """The body for a row of the feed."""
    data = change(row)
    envelope = {"type": f"{data['type']}.{data['operation']}", "timestamp": data["at"], "data": data}
    body = orjson.dumps(envelope)
    if len(body) < LARGEST:
        return body
    return orjson.dumps({**envelope, "data": {**data, "data": None}, "data_left_out": True})


def body_of_ping(subscription_id: str, at: str) -> bytes:
    """The body of a notice that tells of nothing."""
    return orjson.dumps({"type": "ping", "timestamp": at, "data": {"subscription_id": subscription_id}})
