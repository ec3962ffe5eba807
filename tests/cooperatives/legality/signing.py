"""Deliveries as the published package signs them, for a source whose secret is in the register."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import orjson
from standardwebhooks.webhooks import Webhook

from app.access.webhooks import keep
from app.database import Database, Transaction
from tests.conftest import act_of

KEY, OTHER_KEY = bytes(range(32)), bytes(range(32, 64))
ADDRESS = "/v1/webhooks/legality/simkopdes"


async def entrust(
    database: Database,
    key: bytes = KEY,
    *,
    region: str = "",
    source: str = "simkopdes",
    overlap_hours: float = 24,
) -> None:
    """Give a source a secret."""

    async def unit(tx: Transaction) -> None:
        await keep(tx, key, source=source, region=region, overlap_hours=overlap_hours)

    await database.write(act_of("secret"), unit)


def told(event_id: str = "1", **more: Any) -> dict[str, Any]:
    """An event of the cooperative of Sepatin."""
    return {
        "event_id": event_id,
        "milestone": "musdesus",
        "outcome": "achieved",
        "occurred_on": "2025-05-20",
        "cooperative": {"village_code": "64.02.04.2001"},
        **more,
    }


def body(*events: Any) -> bytes:
    """A batch."""
    return orjson.dumps({"events": list(events)})


def headers(content: bytes, *, id: str = "msg_1", key: bytes = KEY, skew: int = 0) -> dict[str, str]:
    """What the published sender sends with it; `skew`: seconds its clock runs ahead."""
    at = datetime.now(UTC) + timedelta(seconds=skew)
    signature = Webhook("whsec_" + b64encode(key).decode()).sign(id, at, content.decode())
    return {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature,
    }


async def deliver(
    client: httpx.AsyncClient,
    content: bytes,
    *,
    to: str = ADDRESS,
    change: dict[str, Any] | None = None,
    **signed: Any,
) -> httpx.Response:
    """Deliver signed bytes, with some headers changed afterwards (None: left out)."""
    sent = {**headers(content, **signed), **(change or {})}
    return await client.post(
        to, content=content, headers={name: value for name, value in sent.items() if value is not None}
    )
