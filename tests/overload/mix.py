"""What is asked of the server in a wave: work of 5 to 10 ms, and cheap things between, as an office would ask them."""

import json
from typing import Any

from app.seed import kukar_data

JSON = dict[str, Any]
PLACE = next(code for code, years in kukar_data.idm_years().items() if 2024 in years)
YEAR = f"/v1/villages/{PLACE}/idm/2024"
VILLAGE = f"/v1/villages/{PLACE}"

# How often of a hundred, what, and the body of a write.
MIX: tuple[tuple[int, str, str, JSON | None], ...] = (
    (8, "GET", VILLAGE, None),
    (8, "GET", "/v1/villages?region=64.02&limit=50&count=exact", None),
    (30, "GET", "/v1/villages?region=64.02&format=csv", None),
    (20, "GET", "/v1/villages?region=64.02&format=xlsx", None),
    (20, "GET", "/v1/changes?limit=500", None),
    (4, "GET", "/v1/reports/legality", None),
    (5, "PATCH", VILLAGE, {"households": 1}),
    (3, "POST", f"{YEAR}/simulations", {"changes": {"ikl_02": 5}}),
    (2, "POST", f"{YEAR}/plans", {"target_status": "maju", "payers": ["dana_desa"]}),
)


def requests(token: str) -> list[str]:
    """A hundred requests as they go over the wire, the cheapest first."""
    made = []
    for often, method, address, body in MIX:
        for number in range(often):
            changed = body if method != "PATCH" else {"households": 100 + number}
            made.append(_written(method, address, changed, token))
    return made


def _written(method: str, address: str, body: JSON | None, token: str) -> str:
    sent = "" if body is None else json.dumps(body)
    kind = "application/merge-patch+json" if method == "PATCH" else "application/json"
    described = f"Content-Type: {kind}\r\nContent-Length: {len(sent)}\r\n" if sent else ""
    asks = f"{method} {address} HTTP/1.1\r\nHost: berdaya.test\r\nAuthorization: Bearer {token}\r\n"
    return f"{asks}{described}\r\n{sent}"
