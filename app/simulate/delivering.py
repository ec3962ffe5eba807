"""How the simulation delivers: late, swapped, twice, in halves, cut off, forged and by a wrong clock; but all of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from time import time
from typing import NamedTuple
from urllib.parse import quote

import orjson

from app.http.signature import TOLERANCE_SECONDS, sign
from app.simulate.telling import Demo
from app.simulate.wire import Reply, Wire

FORGED = b"not the secret of anybody, truly"
SINGLE, BATCH, WEBHOOK = "single", "batch", "webhook"
_LARGEST = {SINGLE: 1, BATCH: 20, WEBHOOK: 8}
_MOODS = ("forged", "again", "late", "cut", "early", "unheard", "plain")
"""In which a door's deliveries go out, one after another; only a webhook can be forged, late or early."""


class Delivery(NamedTuple):
    """Events that travel together by one door; `name` names the attempt over all its retries."""

    door: str
    mood: str
    name: str
    events: tuple[Demo, ...]


@dataclass
class Counted:
    """What was sent and how it was answered; `surprises` are answers that a right server does not give."""

    answers: Counter[str] = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)


def deliveries(events: Sequence[Demo], *, random: Random, run: str, webhook: bool) -> list[Delivery]:
    """Every event at least once, a third of them again, in any order, packed by chance."""
    copies = [*events, *random.choices(events, k=len(events) // 3)]
    random.shuffle(copies)
    doors = (SINGLE, BATCH, WEBHOOK) if webhook else (SINGLE, BATCH)
    packed: list[Delivery] = []
    while copies:
        turn, place = divmod(len(packed), len(doors))
        door, mood = doors[place], _MOODS[turn % len(_MOODS)]
        size = random.randint(1, _LARGEST[door])
        packed.append(Delivery(door, mood, f"{run}-{len(packed)}", tuple(copies[:size])))
        copies = copies[size:]
    return packed


class Sender:
    """Delivers by one connection; `key` are the raw bytes of the webhook secret of `source`."""

    def __init__(self, wire: Wire, *, source: str, key: bytes | None, expected: frozenset[str]) -> None:
        self.counted = Counted()
        self._wire = wire
        self._webhook = f"/v1/webhooks/legality/{quote(source, safe='')}"
        self._key = key
        self._expected = expected

    def deliver(self, delivery: Delivery) -> None:
        """Deliver until it is answered, in the mood it is in."""
        body, path = self._written(delivery)
        signed = delivery.door == WEBHOOK
        before = _BEFORE.get(delivery.mood)
        if before is not None:
            before(self, delivery, path, body)
        if delivery.mood in ("cut", "unheard"):
            sent = len(body) // 2 if delivery.mood == "cut" else len(body)
            self._wire.break_off(path, body, self._headers(delivery, body), sent=sent, signed=signed)
            self.counted.answers[f"broken off ({delivery.mood})"] += 1
        for _ in range(2 if delivery.mood == "again" else 1):
            self._judge(delivery, self._wire.tell(path, body, self._headers(delivery, body), signed=signed))

    def _written(self, delivery: Delivery) -> tuple[bytes, str]:
        if delivery.door == SINGLE:
            (event,) = delivery.events
            return orjson.dumps(event.body), f"/v1/cooperatives/{event.cooperative}/legality-events"
        told = [{**one.body, "cooperative": {"id": one.cooperative}} for one in delivery.events]
        return orjson.dumps(
            {"events": told}
        ), self._webhook if delivery.door == WEBHOOK else "/v1/legality-events"

    def _headers(
        self, delivery: Delivery, body: bytes, *, key: bytes | None = None, skew: int = 0
    ) -> dict[str, str]:
        if delivery.door != WEBHOOK or self._key is None:
            return {"idempotency-key": delivery.name} if delivery.mood != "plain" else {}
        return sign(body=body, id=delivery.name, timestamp=int(time()) + skew, keys=[key or self._key])

    def forge(self, delivery: Delivery, path: str, body: bytes) -> None:
        """Deliver first with a signature that is wrong."""
        self._refused(delivery, path, body, key=FORGED, skew=0)

    def mistime(self, delivery: Delivery, path: str, body: bytes) -> None:
        """Deliver first by a clock that is wrong by too much."""
        skew = (TOLERANCE_SECONDS + 60) * (-1 if delivery.mood == "late" else 1)
        self._refused(delivery, path, body, key=None, skew=skew)

    def _refused(self, delivery: Delivery, path: str, body: bytes, *, key: bytes | None, skew: int) -> None:
        if delivery.door != WEBHOOK:
            return
        headers = self._headers(delivery, body, key=key, skew=skew)
        reply = self._wire.tell(path, body, headers, signed=True)
        self.counted.answers[f"{delivery.mood}: {reply.status}"] += 1
        if (reply.status, reply.code) != (401, "webhook.unsigned"):
            self.counted.surprises.append(
                f"a {delivery.mood} delivery was answered with {reply.status} {reply.code}"
            )

    def _judge(self, delivery: Delivery, reply: Reply) -> None:
        statuses = [_OF_SINGLE.get((reply.status, reply.code), f"{reply.status} {reply.code}")]
        if delivery.door != SINGLE and reply.status == 200:
            statuses = [one["status"] for one in reply.told["results"]]
        for status in statuses:
            self.counted.answers[f"{delivery.door}: {status}"] += 1
            if status not in self._expected:
                self.counted.surprises.append(f"an event by {delivery.door} was answered with {status}")


_OF_SINGLE = {(201, ""): "applied", (200, ""): "duplicate", (409, "event.other_body"): "conflict"}
_BEFORE: dict[str, Callable[[Sender, Delivery, str, bytes], None]] = {
    "forged": Sender.forge,
    "late": Sender.mistime,
    "early": Sender.mistime,
}
