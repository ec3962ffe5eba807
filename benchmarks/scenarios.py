"""What is asked: one village, a page of a regency with its count, a change; the keys come from a seed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.data import PAGE, Nation


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes = b""

    def bytes(self, token: str, *, named: bool = False) -> bytes:
        """The request as it goes over the wire; reading is public, so only who is `named` gives a token there."""
        head = f"{self.method} {self.path} HTTP/1.1\r\nHost: localhost\r\n"
        if self.body or named:
            head += f"Authorization: Bearer {token}\r\n"
        if self.body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n"
        return head.encode() + b"\r\n" + self.body


def get(path: str, *headers: str) -> bytes:
    """A reading request as it goes over the wire, with further header lines."""
    return "\r\n".join((f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", "")).encode()


def one(nation: Nation, random: Random) -> Request:
    return Request("GET", f"/v1/villages/{random.choice(nation.villages).code}")


def page(nation: Nation, random: Random) -> Request:
    region = random.choice(nation.full_regencies)
    return Request("GET", f"/v1/villages?region={region}&limit={PAGE}&count=exact")


def patch(nation: Nation, random: Random) -> Request:
    body = json.dumps({"population": random.randint(100, 9999)}).encode()
    return Request("PATCH", f"/v1/villages/{random.choice(nation.villages).code}", body)


SCENARIOS: dict[str, Callable[[Nation, Random], Request]] = {"one": one, "page": page, "patch": patch}


def draw(scenario: str, nation: Nation, *, seed: int, number: int) -> list[Request]:
    """So many requests; a seed always draws the same, so that every server of a round is asked alike."""
    random = Random(f"{scenario} {seed}")
    return [SCENARIOS[scenario](nation, random) for _ in range(number)]
