"""Legality events: a thousand in one batch, and one signed delivery of a webhook, beside textbook POSTs of one."""

import hashlib
import hmac
import json
import time
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from uuid import uuid4

from benchmarks.contest import Contestant, enter
from benchmarks.equality import Side, ask
from benchmarks.lanes import Lane, race
from benchmarks.report import lanes_table
from benchmarks.rounds import faster
from benchmarks.scenarios import Request
from benchmarks.servers import run
from benchmarks.stand import Finding, Stand

EVENTS, COOPERATIVES, BATCHES, SINGLES = 1_000, 200, 30, 4_000
ADDRESS, SOURCE = "/v1/legality-events", "bench"
BATCHED, SIGNED, TEXTBOOK = "ours, batches of 1,000", "ours, signed webhooks of one", "textbook, one by one"


def measure(stand: Stand) -> Finding:
    """Events a second; every event is a new one, spread over cooperatives that exist."""
    events = replace(stand.textbook, command=[_with_events(word) for word in stand.textbook.command])
    command = [*stand.ours.command[:-1], "webhooks", "secret", "--source", SOURCE]
    secret = b64decode(run(command, stand.ours.environment).removeprefix("whsec_"))
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        textbook = enter(stack, "textbook", events, stand.plan)
        ids = found(ours, [village.code for village in stand.nation.villages[:COOPERATIVES]])

        def singles(_round: int) -> list[bytes]:
            return [
                Request("POST", ADDRESS, _body(event(ids, n))).bytes(textbook.token) for n in range(SINGLES)
            ]

        lanes = {
            BATCHED: Lane(
                ours.server, lambda _: batches(ours, ids, BATCHES, EVENTS), connections=1, items=EVENTS
            ),
            SIGNED: Lane(ours.server, lambda _: [_signed(secret, event(ids, n)) for n in range(SINGLES)]),
            TEXTBOOK: Lane(textbook.server, singles, expected=b"201"),
        }
        samples = race(lanes, rounds=stand.plan.rounds, seconds=stand.plan.seconds).samples
    figures = {
        "batch / single, rate": faster(samples[BATCHED], samples[TEXTBOOK]),
        "webhook / single, rate": faster(samples[SIGNED], samples[TEXTBOOK]),
    }
    flawless = all(sample.failed == 0 for lane in samples.values() for sample in lane)
    return Finding(f"## {stand.title}: legality events\n\n{lanes_table(samples)}\n", figures, flawless)


def found(ours: Contestant, codes: Sequence[str]) -> list[str]:
    """Found a cooperative in each village, for the events to speak of, or take the one that is there; their ids."""
    side, ids = Side(ours.server.port, ours.token), []
    for number, code in enumerate(codes):
        name = f"Koperasi Contoh {code} {uuid4().hex[:8]} {number}"
        told = {"name": name, "village_code": code, "kind": "lainnya"}
        ids.append(json.loads(ask(side, Request("POST", "/v1/cooperatives", _body(told)), status=201))["id"])
    return ids


def batches(ours: Contestant, ids: Sequence[str], number: int, events: int) -> list[bytes]:
    """So many requests of so many new events each."""
    return [
        Request("POST", ADDRESS, _body({"events": [event(ids, n) for n in range(events)]})).bytes(ours.token)
        for _ in range(number)
    ]


def event(ids: Sequence[str], number: int) -> dict[str, object]:
    """A new event of one of the cooperatives."""
    return {
        "cooperative": {"id": ids[number % len(ids)]},
        "event_id": str(uuid4()),
        "milestone": "sosialisasi",
        "outcome": "achieved",
        "occurred_on": "2025-06-01",
    }


def _with_events(word: str) -> str:
    return "benchmarks.peers.textbook_events:app" if word == "benchmarks.peers.textbook:app" else word


def _body(document: object) -> bytes:
    return json.dumps(document).encode()


def _signed(secret: bytes, told: object) -> bytes:
    """A delivery by Standard Webhooks 1.0, under an id of its own."""
    body, id, at = _body({"events": [told]}), f"msg_{uuid4()}", int(time.time())
    signature = b64encode(hmac.digest(secret, f"{id}.{at}.".encode() + body, hashlib.sha256)).decode()
    head = (
        f"POST /v1/webhooks/legality/{SOURCE} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"webhook-id: {id}\r\nwebhook-timestamp: {at}\r\nwebhook-signature: v1,{signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
