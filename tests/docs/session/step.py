"""One request of the session, and the places and things that several parts of it speak of."""

from typing import Any, NamedTuple

SEPATIN, PERIAN, CONTOH, MOVED, UNKNOWN = (
    "64.02.04.2001",
    "64.02.01.2001",
    "64.02.04.2099",
    "64.02.04.2098",
    "64.02.04.2097",
)
MAWAR = "01976747-d400-7a10-8a10-6b1f2c0d0003"
TRAINING = "01976747-d400-7a10-8a10-6b1f2c0d0002"


class Step(NamedTuple):
    """One request; `keep` names the id in its answer, `signed` ones are deliveries of the source `contoh`.

    `begins` names the session whose token the answer gives, and `bearer` one that began, to come with its token
    instead of the office's. `file` is a CSV that is sent instead of a body; its end is waited for.
    """

    status: int
    method: str
    target: str
    body: dict[str, Any] | None = None
    keep: str = ""
    signed: bool = False
    begins: str = ""
    bearer: str = ""
    file: str = ""
