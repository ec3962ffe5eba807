"""Before anything is timed: the peers' answers are equal field by field, or their times say nothing."""

import http.client
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.scenarios import Request

# Identity and clock belong to the server that made the row.
OWN = frozenset({"id", "created_at", "updated_at"})
# Opaque: only whether there is a next page can be the same.
OPAQUE = frozenset({"next_cursor"})


class UnequalAnswersError(Exception):
    """Two servers answered the same question differently, or one refused it."""


@dataclass(frozen=True, slots=True)
class Side:
    """A server to be asked: its port and a token it accepts."""

    port: int
    token: str


def differences(left: Any, right: Any, pointer: str = "") -> Iterator[str]:
    """The JSON pointers at which two documents differ, apart from what each server owns."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted((left.keys() | right.keys()) - OWN):
            if key in OPAQUE:
                if (left.get(key) is None) != (right.get(key) is None):
                    yield f"{pointer}/{key}"
            elif key not in left or key not in right:
                yield f"{pointer}/{key}"
            else:
                yield from differences(left[key], right[key], f"{pointer}/{key}")
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from differences(one, other, f"{pointer}/{index}")
    elif left != right:
        yield pointer or "/"


def ask(side: Side, request: Request, *, status: int = 200) -> bytes:
    """The body of the answer; raises UnequalAnswersError for another status."""
    connection = http.client.HTTPConnection("127.0.0.1", side.port, timeout=30)
    headers = {"Authorization": f"Bearer {side.token}", "Content-Type": "application/json"}
    connection.request(request.method, request.path, request.body or None, headers if request.body else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != status:
        raise UnequalAnswersError(f"{request.method} {request.path}: {answer.status} {body[:500]!r}")
    return body


def fetch(port: int, path: str) -> tuple[Any, dict[str, str]]:
    """The document at an address that is open to all, and its headers in lower case; raises UnequalAnswersError."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise UnequalAnswersError(f"GET {path}: {answer.status} {body[:500]!r}")
        return json.loads(body), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def answers(side: Side, requests: Sequence[Request]) -> list[Any]:
    """The documents that a server answers with; raises UnequalAnswersError at a refusal, and for no question."""
    if not requests:
        raise UnequalAnswersError("no request to compare the servers by")
    return [json.loads(ask(side, request)) for request in requests]


def check(expected: Sequence[Any], other: Side, requests: Sequence[Request]) -> None:
    """Ask another server the same; raises UnequalAnswersError at the first answer that differs."""
    for request, document in zip(requests, expected, strict=True):
        theirs = json.loads(ask(other, request))
        if differing := list(differences(document, theirs)):
            raise UnequalAnswersError(f"{request.method} {request.path} differs at {', '.join(differing)}")
