"""Examples are recorded: requests made to the register of Kukar, and what it answered.

`python -m tests.docs.record` makes them by running a session of requests; a test runs it again and compares. What
no session has asked for yet gets an example put together from its fields.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson

Recorded = dict[str, Any]

ASKED = "A request that was made"
ANSWERED = "What was answered; long lists are cut"

FILE = files("app.http.openapi").joinpath("recorded.json")


def path_value(operation: str, name: str) -> str | None:
    """The value of a path parameter in the recorded request."""
    value: str | None = _of(operation).get("path", {}).get(name)
    return value


def body(operation: str) -> Any:
    """The body of the recorded request, None where there is none."""
    return _of(operation).get("body")


def answer(operation: str, status: int, media: str) -> Any:
    """What the server answered with this status in this media type, None where it has not been asked."""
    return _of(operation).get("answers", {}).get(str(status), {}).get(media)


def _of(operation: str) -> Recorded:
    recorded: Recorded = _all().get(operation, {})
    return recorded


@cache
def _all() -> Recorded:
    recorded: Recorded = orjson.loads(FILE.read_bytes())
    return recorded
