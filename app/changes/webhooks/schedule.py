"""When a notice is tried again: ten attempts within 76 hours, each early by chance so that they spread.

Source: Standard Webhooks 1.0.0, the schedule that it recommends. Pure arithmetic.
"""

DELAYS = (0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds before each attempt, counted from the failure before it."""
JITTER = 0.1
"""The part of a delay that chance may take away."""
LONGEST_WAIT = 86_400
"""Seconds that a receiver may make us wait at most, whatever it asks."""
SHORTEST_WAIT = 30
"""Seconds of waiting where a receiver is overloaded and does not say for how long."""


def delay(attempts: int, *, chance: float) -> float | None:
    """Seconds until the attempt after so many; None when there is none left. `chance` lies in [0, 1)."""
    if attempts >= len(DELAYS):
        return None
    return DELAYS[attempts] * (1 - JITTER * chance)


def wait(asked: float | None) -> float:
    """For how many seconds an overloaded receiver is left alone."""
    if asked is None:
        return SHORTEST_WAIT
    return min(max(asked, 1.0), LONGEST_WAIT)
