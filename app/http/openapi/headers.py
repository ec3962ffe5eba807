"""The headers an answer can carry, each told once."""

from typing import Any

SHARED: dict[str, Any] = {
    "X-Request-ID": {
        "description": "Finds this request in the log.",
        "schema": {"type": "string", "examples": ["6c1d02b7a94e-2f"]},
    },
    "ETag": {
        "description": "Names this version in this form; for `If-None-Match`, and for `If-Match` when you change it.",
        "schema": {"type": "string", "examples": ['"3"']},
    },
    "Location": {
        "description": "The address to use.",
        "schema": {"type": "string", "format": "uri-reference", "examples": ["/v1/villages/64.02.04.2001"]},
    },
    "Link": {
        "description": 'The next page, `rel="next"`; absent on the last one.',
        "schema": {"type": "string", "examples": ['</v1/villages?limit=2&cursor=WyJhIl0>; rel="next"']},
    },
    "Idempotent-Replayed": {
        "description": "`true` when this is the answer kept from the first request with this `Idempotency-Key`, or "
        "from the first delivery with this `webhook-id`.",
        "schema": {"type": "string", "const": "true"},
    },
    "Berdaya-Read-After": {
        "description": "Where reads go to a replica: sent along with a read, it is answered from this write on.",
        "schema": {"type": "string", "examples": ["1CE0A48"]},
    },
    "Retry-After": {
        "description": "Seconds to wait before sending the same again.",
        "schema": {"type": "integer", "minimum": 1, "examples": [1]},
    },
    "RateLimit": {
        "description": "Where this installation limits callers: `r` more now, all again in `t` seconds.",
        "schema": {"type": "string", "examples": ['"caller";r=599;t=1']},
    },
    "RateLimit-Policy": {
        "description": "Where this installation limits callers: `q` requests in `w` seconds.",
        "schema": {"type": "string", "examples": ['"caller";q=600;w=60']},
    },
    "WWW-Authenticate": {
        "description": "How to say who is asking.",
        "schema": {"type": "string", "examples": ['Bearer realm="berdaya"']},
    },
}


COUNTS = ("RateLimit", "RateLimit-Policy")
"""What any counted answer bears where the installation limits its callers."""


def referred(*names: str) -> dict[str, Any]:
    """The headers of one response."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
