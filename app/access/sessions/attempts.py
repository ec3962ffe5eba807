"""Attempts to sign in are counted always, before any password is judged, whatever limit an operator sets besides."""

import time

from app.http.ask import Ask
from app.http.counting import address_of
from app.http.fair_use import Policy
from app.http.problems import TooMany

NAME_AT_ADDRESS = Policy("sign_in_name_at_address", 10, 15 * 60)
ADDRESS = Policy("sign_in_address", 60, 15 * 60)
NAME = Policy("sign_in_name", 100, 60 * 60)


def spend(ask: Ask, name_key: str) -> None:
    """Count one attempt under a folded name; raises `TooMany` for one too many from here, or for this name."""
    address, now = address_of(ask), time.monotonic()
    for policy, who in (
        (NAME_AT_ADDRESS, f"{address} {name_key}"),
        (ADDRESS, address),
        (NAME, name_key),
    ):
        verdict = ask.place.limits.spend(policy, who, now=now)
        if not verdict.passes:
            raise TooMany("access.too_many_attempts", wait=verdict.wait)
