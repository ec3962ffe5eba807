"""A notice goes to a public host by the name it has, never into a private network, whatever spelling leads there.

Law: a text is one host to every reader of it, or it is refused; and of the addresses of a name all must be public.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LOCAL = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion"})
_VISIBLE = re.compile(r"[\x21-\x5b\x5d-\x7e]+")
_TRANSLATED = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_WELL_KNOWN = {"https": 443, "http": 80}
_OPEN_PORTS = 1024


@dataclass(frozen=True, slots=True)
class Rules:
    """What an installation lets through beyond public hosts over TLS."""

    http: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where a notice goes: `host` is a name in lower case or an address, `path` has the query with it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if _WELL_KNOWN[self.scheme] == self.port else f"{host}:{self.port}"


class Refused(ValueError):
    """An address to which nothing is sent; its text is a code of the catalogue."""


def target(url: str, rules: Rules) -> Target:
    """The parts of a URL; raises `Refused`."""
    if len(url) > 2000 or not _VISIBLE.fullmatch(url):
        raise Refused("subscription.address")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as malformed:
        raise Refused("subscription.address") from malformed
    if parts.scheme not in _WELL_KNOWN or not host or "@" in parts.netloc or "#" in url:
        raise Refused("subscription.address")
    if parts.scheme == "http" and not (rules.http or rules.private):
        raise Refused("subscription.address_plain")
    port = _WELL_KNOWN[parts.scheme] if port is None else port
    if port not in (_WELL_KNOWN[parts.scheme], *range(_OPEN_PORTS, 65_536)):
        raise Refused("subscription.address_port")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, _host(host, rules, bracketed="[" in parts.netloc), port, path)


def _host(host: str, rules: Rules, *, bracketed: bool) -> str:
    if bracketed or _NUMBER.fullmatch(host.rpartition(".")[2]):
        # What ends in a number is an address to some readers; so it must be one to all, in the one usual form.
        return str(check([host], rules)[0])
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise Refused("subscription.address")
    if not rules.private and (len(labels) < 2 or labels[-1] in _LOCAL):
        raise Refused("subscription.address_private")
    return host


def check(found: Iterable[str], rules: Rules) -> list[IPv4Address | IPv6Address]:
    """The addresses of a host, all of them public; raises `Refused` where one is not, or where there is none."""
    try:
        addresses = [ip_address(one) for one in found]
    except ValueError as malformed:
        raise Refused("subscription.address") from malformed
    if not addresses or not (rules.private or all(map(public, addresses))):
        raise Refused("subscription.address_private")
    return addresses


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the open internet, also where it carries another one within it."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    if address.scope_id is not None or address.teredo is not None:
        return False
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and (address in _TRANSLATED or address in _COMPATIBLE):
        inner = IPv4Address(int(address) & 0xFFFF_FFFF)
    if inner is not None:
        return public(inner)
    return address.is_global and not address.is_multicast and not address.is_site_local
