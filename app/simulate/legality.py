"""A misbehaving integration: many senders at once tell demo events, then the server must show exactly what was sent."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from urllib.parse import quote
from uuid import uuid4
from zoneinfo import ZoneInfo

from app import clock
from app.cooperatives.ledger import Resolution
from app.simulate import checking
from app.simulate.delivering import SINGLE, Counted, Delivery, Sender, deliveries
from app.simulate.telling import Demo, another_body, demo_events
from app.simulate.wire import Unanswered, Wire

_FIRST = frozenset({"applied", "duplicate"})
_OTHER = frozenset({"conflict"})


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What to play: where, as whom, with how many senders and events; `key` signs webhooks of the token's source."""

    url: str
    token: str
    zone: ZoneInfo
    senders: int = 8
    events: int = 400
    seed: int = 1
    region: str = ""
    key: bytes | None = None


@dataclass(frozen=True)
class Report:
    """What came of it; `wrong` is empty when the server shows what was sent."""

    cooperatives: int
    events: int
    answers: Counter[str]
    wrong: list[str]

    def lines(self) -> list[str]:
        """The report, line by line."""
        told = [f"{self.events} demo events of {self.cooperatives} cooperatives, answered:"]
        told += [f"  {name}: {count}" for name, count in sorted(self.answers.items())]
        verdict = (
            "The server shows exactly what was sent." if not self.wrong else f"{len(self.wrong)} differences:"
        )
        return [*told, verdict, *(f"  {one}" for one in self.wrong[:20])]


def run(asked: Simulation) -> Report:
    """Play it to its end; raises `Unanswered` when the server cannot be worked with."""
    wire = Wire(asked.url, asked.token)
    methods = _cooperatives(wire, asked.region)
    if not methods:
        raise Unanswered("there is no cooperative to tell of; seed the server or register one")
    several = min(len(methods), max(2, asked.events // 8))
    events = demo_events(sorted(methods)[:several], count=asked.events, seed=asked.seed)
    # One more than are told of: in an earlier run it may have claimed a number of the last one.
    looked_at = sorted(methods)[: several + 1]
    before = {id: _shown(wire, id)["history"] for id in looked_at}
    source, began = _source(wire, events[0]), clock.now()
    counted, again = _send(asked, source, events)
    kept = {id: checking.known(before[id], cooperative=id, zone=asked.zone) for id in looked_at}
    for batch, at in ((events, began), (again, clock.later(began, hours=1))):
        for event in checking.sent(batch, source=source, received_at=at, zone=asked.zone):
            kept[event.cooperative].append(event)
    wanted = checking.expected(kept, methods, _decided(wire))
    wrong = [surprise for one in counted for surprise in one.surprises]
    for id in looked_at:
        wrong += checking.differences(id, checking.without_arrival(_shown(wire, id)), wanted[id])
    wire.close()
    answers: Counter[str] = sum((one.answers for one in counted), Counter())
    return Report(len({one.cooperative for one in events}), len(events), answers, wrong)


def _send(asked: Simulation, source: str, events: Sequence[Demo]) -> tuple[list[Counted], list[Demo]]:
    """Deliver all of them, and when they are there other bodies under some of their ids; gives those too."""
    random = Random(asked.seed)  # noqa: S311  # nothing is kept secret by it
    again = [another_body(one) for one in random.sample(events, max(1, len(events) // 20))]
    name, webhook = f"demo-{uuid4()}", asked.key is not None
    packed = deliveries(events, random=random, run=name, webhook=webhook)
    others = deliveries(again, random=random, run=f"{name}-other", webhook=webhook)
    return [*_play(asked, source, packed, _FIRST), *_play(asked, source, others, _OTHER)], again


def _play(
    asked: Simulation, source: str, packed: Sequence[Delivery], expected: frozenset[str]
) -> list[Counted]:
    """All senders at once, each with its share of the deliveries."""

    def one(place: int) -> Counted:
        wire = Wire(asked.url, asked.token)
        sender = Sender(wire, source=source, key=asked.key, expected=expected)
        for delivery in packed[place :: asked.senders]:
            sender.deliver(delivery)
        wire.close()
        return sender.counted

    with ThreadPoolExecutor(asked.senders) as senders:
        return list(senders.map(one, range(asked.senders)))


def _cooperatives(wire: Wire, region: str) -> dict[str, str | None]:
    """The cooperatives that the server lists, with how each was formed."""
    found: dict[str, str | None] = {}
    within = f"&region={quote(region)}" if region else ""
    cursor: str | None = ""
    while cursor is not None:
        page = wire.ask(
            f"/v1/cooperatives?limit=200{within}" + (f"&cursor={quote(cursor)}" if cursor else "")
        )
        found |= {one["id"]: one["formation_method"] for one in page["items"]}
        cursor = page["next_cursor"]
    return found


def _shown(wire: Wire, id: str) -> checking.Shown:
    shown: checking.Shown = wire.ask(f"/v1/cooperatives/{id}/legality")
    return shown


def _source(wire: Wire, event: Demo) -> str:
    """The source under which the server keeps what this token tells; the first event tells it."""
    sender = Sender(wire, source="", key=None, expected=_FIRST)
    sender.deliver(Delivery(SINGLE, "plain", "", (event,)))
    if sender.counted.surprises:
        raise Unanswered(sender.counted.surprises[0])
    receipt = wire.ask(f"/v1/legality-events/receipts/{quote(event.body['event_id'], safe='')}")
    return str(receipt["source"])


def _decided(wire: Wire) -> list[Resolution]:
    """What officers decided about contested numbers."""
    return [
        Resolution(one["id"], one["id"], one["holder"], one["reason"], one["decided_at"])
        for one in wire.ask("/v1/legality-conflicts?state=resolved")["items"]
    ]
