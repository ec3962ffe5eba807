"""A thousand legality events in one batch, beside a thousand textbook POSTs of one."""

import json
from contextlib import ExitStack
from dataclasses import replace
from uuid import uuid4

from benchmarks.contest import enter
from benchmarks.equality import Side, ask
from benchmarks.lanes import Lane, race
from benchmarks.report import lanes_table
from benchmarks.rounds import faster
from benchmarks.scenarios import Request
from benchmarks.stand import Finding, Stand

EVENTS, COOPERATIVES, BATCHES, SINGLES = 1_000, 200, 60, 8_000
ADDRESS = "/v1/legality-events"


def measure(stand: Stand) -> Finding:
    """Events a second; every event is a new one, spread over cooperatives that exist."""
    events = replace(stand.textbook, command=[_with_events(word) for word in stand.textbook.command])
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        textbook = enter(stack, "textbook", events, stand.plan)
        ids = _found(Side(ours.server.port, ours.token), stand)

        def batches(_round: int) -> list[bytes]:
            return [
                Request("POST", ADDRESS, _body({"events": [_event(ids, n) for n in range(EVENTS)]})).bytes(
                    ours.token
                )
                for _ in range(BATCHES)
            ]

        def singles(_round: int) -> list[bytes]:
            return [
                Request("POST", ADDRESS, _body(_event(ids, n))).bytes(textbook.token) for n in range(SINGLES)
            ]

        lanes = {
            "ours, batches of 1,000": Lane(ours.server, batches, connections=2, items=EVENTS),
            "textbook, one by one": Lane(textbook.server, singles, expected=b"201"),
        }
        samples = race(lanes, rounds=stand.plan.rounds, seconds=stand.plan.seconds).samples
    figures = {
        "batch / single, rate": faster(samples["ours, batches of 1,000"], samples["textbook, one by one"])
    }
    flawless = all(sample.failed == 0 for lane in samples.values() for sample in lane)
    return Finding(f"## {stand.title}: legality events\n\n{lanes_table(samples)}\n", figures, flawless)


def _with_events(word: str) -> str:
    return "benchmarks.peers.textbook_events:app" if word == "benchmarks.peers.textbook:app" else word


def _body(document: object) -> bytes:
    return json.dumps(document).encode()


def _event(ids: list[str], number: int) -> dict[str, object]:
    return {
        "cooperative": {"id": ids[number % len(ids)]},
        "event_id": str(uuid4()),
        "milestone": "sosialisasi",
        "outcome": "achieved",
        "occurred_on": "2025-06-01",
    }


def _found(ours: Side, stand: Stand) -> list[str]:
    """Found the cooperatives that the events speak of; gives their ids."""
    ids = []
    for number, village in enumerate(stand.nation.villages[:COOPERATIVES]):
        told = {"name": f"Koperasi Contoh {number}", "village_code": village.code, "kind": "lainnya"}
        ids.append(json.loads(ask(ours, Request("POST", "/v1/cooperatives", _body(told)), status=201))["id"])
    return ids
