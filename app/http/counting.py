"""A request is counted for whoever sends it: a caller with a token as that caller, anybody else by their address."""

import time
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from app.http.answers import Header
from app.http.ask import Ask
from app.http.fair_use import Policy
from app.http.problems import TooMany

_NETWORK_OF_A_HOUSE = 64


def counted(ask: Ask, policy: Policy) -> Sequence[Header]:
    """What to tell of the count in the answer; raises `TooMany` when the caller has asked too often."""
    who = ask.caller.id or address_of(ask)
    verdict = ask.place.limits.spend(policy, who, now=time.monotonic())
    left = policy.left % (verdict.remaining, verdict.resets)
    told = ((b"ratelimit-policy", policy.told), (b"ratelimit", left))
    if not verdict.passes:
        raise TooMany("fair_use.exceeded", wait=verdict.wait, headers=told)
    return told


def address_of(ask: Ask) -> str:
    """The address that asks; of IPv6 the network, since one house has many addresses."""
    client = ask.scope.get("client")
    return _network_of(client[0]) if client else ""


@lru_cache(maxsize=4096)
def _network_of(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    return str(address.ipv4_mapped or int(address) >> (128 - _NETWORK_OF_A_HOUSE))
