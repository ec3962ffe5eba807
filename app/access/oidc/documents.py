"""What an issuer publishes is fetched with little trust: over https, no redirect, few bytes, two seconds."""

import json
import urllib.request
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

SECONDS = 2.0
_MOST_BYTES = 262_144


class Unfetched(Exception):
    """The issuer did not give a document that can be used."""


# Without the handler of redirects: an issuer that moves is set anew by the operator.
_HANDLERS = (
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPErrorProcessor,
)


def safe(url: str) -> bool:
    """Whether an address is one we ask: https, or http on this very machine, which is for trying things out."""
    parts = urlsplit(url)
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def fetch(url: str) -> dict[str, Any]:
    """The JSON object at an address; raises `Unfetched`. It blocks, so it is called in a thread."""
    if not safe(url):
        raise Unfetched("not an https address")
    opener = urllib.request.OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    if not _is_loopback(urlsplit(url).hostname or ""):
        opener.add_handler(urllib.request.ProxyHandler())
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310  # `safe` judged it
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            body = answer.read(_MOST_BYTES + 1)
        if len(body) > _MOST_BYTES:
            raise Unfetched("too many bytes")
        told = json.loads(body)
    except (OSError, ValueError, RecursionError) as failed:
        raise Unfetched(type(failed).__name__) from failed
    if not isinstance(told, dict):
        raise Unfetched("no JSON object")
    return told
