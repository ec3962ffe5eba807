"""How often one caller may ask: a steady rate with room for a burst, counted in a single number a caller.

The number is the instant at which everything asked so far would have been served at the steady rate (the generic
cell rate algorithm). A refused request costs nothing, so whoever waits as long as told gets through.
"""

import math
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from app.http.slots import Instants

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_HAIR = 0.02
FORM = re.compile(r"([1-9]\d{0,6})/(second|minute|hour)")


@dataclass(frozen=True, slots=True)
class Policy:
    """So many requests in so many seconds, all at once or spread out."""

    name: str
    most: int
    seconds: int
    each: float = field(init=False)
    """Seconds that one request takes at the steady rate."""
    told: bytes = field(init=False)
    """As the header `RateLimit-Policy` tells it (draft-ietf-httpapi-ratelimit-headers-11)."""

    left: bytes = field(init=False)
    """The form of the header `RateLimit`: how many are left, and in how many seconds all are."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "left", f'"{self.name}";r=%d;t=%d'.encode())
        object.__setattr__(self, "each", self.seconds / self.most)
        told = f'"{self.name}";q={self.most};w={self.seconds}'
        object.__setattr__(self, "told", told.encode())


def policy_of(name: str, text: str) -> Policy:
    """The policy written as `600/minute`; raises `ValueError` for anything else."""
    form = FORM.fullmatch(text)
    if form is None:
        raise ValueError("write it as 600/minute: a number, a slash, and second, minute or hour")
    return Policy(name, int(form[1]), _SECONDS[form[2]])


class Verdict(NamedTuple):
    """Whether a request may pass, how many more could follow now, and in how many whole seconds things change.

    `wait` is until the next one may pass when this one may not; `resets` until all of `most` may pass again.
    """

    passes: bool
    remaining: int
    wait: int
    resets: int


def judge(served_by: float, policy: Policy, now: float) -> tuple[float, Verdict]:
    """By when all will have been served after one more request, and the verdict on it."""
    each = policy.each
    start = max(now, served_by)
    after = start + each
    over = after - now - policy.seconds
    # Sums of fractions: a hair beyond the full burst is still within it.
    if over > each * _HAIR:
        return served_by, Verdict(False, 0, max(1, math.ceil(over)), math.ceil(start - now))
    return after, Verdict(True, int(_HAIR - over / each), 0, math.ceil(after - now))


def _later(last: float, now: float) -> tuple[float, None]:
    return max(last, now), None


class Limits:
    """The counts of this host; several workers share them through a file."""

    def __init__(self, slots: Instants) -> None:
        self._slots = slots

    def spend(self, policy: Policy, who: str, *, now: float) -> Verdict:
        """Count one request of somebody under a policy; `now` in seconds of a clock that all workers share."""
        return self._slots.change(f"{policy.name} {who}", judge, policy, now)

    def note(self, what: str, *, now: float) -> None:
        """Note when something was last done, for `noted` in any worker of this host."""
        self._slots.change(what, _later, now)

    def noted(self, what: str) -> float:
        """When it was last done; 0 when that is not known, or not any more."""
        return self._slots.kept(what)

    def close(self) -> None:
        """Let go of the shared file."""
        self._slots.close()
