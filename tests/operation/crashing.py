"""Eight clients of a server that is killed: each repeats what was not answered, and keeps what was acknowledged."""

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from app.database.words import new_id

WORKERS = 8
PLACE = "64.02.04.2001"
NOT_YET = {409, 503}
"""The same request is still running, or the database is busy or away: ask again."""

Told = dict[str, Any]
Trace = tuple[str, str, int]
"""Type, id and version of something that an answer acknowledged."""


@dataclass(frozen=True)
class Deed:
    """One request that may be sent again as it is, and what its answer acknowledges."""

    method: str
    address: str
    body: Told
    acknowledges: Callable[[httpx.Response], list[Trace]]
    headers: dict[str, str] = field(default_factory=dict)
    key: str = ""
    events: tuple[str, ...] = ()

    def send(self, client: httpx.Client) -> httpx.Response:
        """Send it until the answer is not about haste."""
        while True:
            answer = client.request(self.method, self.address, json=self.body, headers=self.headers)
            if answer.status_code not in NOT_YET:
                return answer
            time.sleep(0.05)


class Journal:
    """What was acknowledged, and how much of it was found done when it was sent again."""

    def __init__(self) -> None:
        self.traces: set[Trace] = set()
        self.answers: dict[str, bytes] = {}
        self.events: set[str] = set()
        self.recent: list[tuple[Deed, httpx.Response]] = []
        self.acknowledged = self.found_done = 0
        self.wanted: dict[int, Callable[[], None]] = {}
        self._lock = threading.Lock()

    def keep(self, deed: Deed, answer: httpx.Response) -> None:
        """Note an acknowledged deed; some numbers of them set something off."""
        traces = deed.acknowledges(answer)
        with self._lock:
            self.traces.update(traces)
            self.events.update(deed.events)
            if deed.key:
                self.answers[deed.key] = answer.content
            self.recent.append((deed, answer))
            self.acknowledged += 1
            set_off = self.wanted.pop(self.acknowledged, None)
        if set_off is not None:
            set_off()


class Worker:
    """One client with a cycle of deeds of every kind."""

    def __init__(self, name: str, villages: list[Told], training: str) -> None:
        self._name = name
        self._villages = itertools.cycle(villages)
        self._training = training
        self._cooperative = self._ukm = ""
        self._number = 0
        self._cycle = self._deeds()
        self._pending: Deed | None = None

    def work(self, client: httpx.Client, journal: Journal, stop: threading.Event) -> None:
        """Work until the server is gone; begin with what it left open the last time."""
        while not stop.is_set():
            try:
                self.finish(client, journal)
                self._pending = next(self._cycle)
                journal.keep(self._pending, self._pending.send(client))
                self._pending = None
            except httpx.TransportError:
                return

    def finish(self, client: httpx.Client, journal: Journal) -> None:
        """Send again what had no answer the last time."""
        if self._pending is not None:
            answer = self._pending.send(client)
            journal.keep(self._pending, answer)
            journal.found_done += done_before(answer)
            self._pending = None

    def _deeds(self) -> Iterator[Deed]:
        while True:
            if self._number % 40 == 0:
                yield self._new_cooperative()
            yield self._new_ukm()
            yield self._patch(next(self._villages))
            yield self._events()
            yield posted(
                f"/v1/trainings/{self._training}/enrolments",
                {"ukm_id": self._ukm},
                self._key("enrolment"),
                created("enrolment"),
            )
            yield self._outbox()

    def _key(self, word: str) -> str:
        self._number += 1
        return f"{word}-{self._name}-{self._number}"

    def _new_cooperative(self) -> Deed:
        key = self._key("cooperative")
        body = {"name": f"Koperasi Contoh {key}", "kind": "lainnya", "village_code": PLACE}

        def acknowledges(answer: httpx.Response) -> list[Trace]:
            self._cooperative = answer.json()["id"]
            return created("cooperative")(answer)

        return posted("/v1/cooperatives", body, key, acknowledges)

    def _new_ukm(self) -> Deed:
        key = self._key("ukm")
        body = {"name": f"UKM Contoh {key}", "owner_kind": "kelompok", "village_code": PLACE}

        def acknowledges(answer: httpx.Response) -> list[Trace]:
            self._ukm = answer.json()["id"]
            return created("ukm")(answer)

        return posted("/v1/ukms", body, key, acknowledges)

    def _patch(self, village: Told) -> Deed:
        version, households = village["version"], village["version"] + 1

        def acknowledges(answer: httpx.Response) -> list[Trace]:
            # Nobody else writes this village: one that is past what we saw was changed by us, once.
            assert answer.status_code == 412 or answer.json()["households"] == households, answer.text
            village["version"] = version + 1
            return [("village", village["code"], version + 1)]

        return Deed(
            "PATCH",
            f"/v1/villages/{village['code']}",
            {"households": households},
            acknowledges,
            headers={"if-match": f'"{version}"'},
        )

    def _events(self) -> Deed:
        names = tuple(f"{self._key('event')}-{place}" for place in range(2))
        about = {"cooperative": {"id": self._cooperative}, "outcome": "achieved", "occurred_on": "2025-05-20"}
        events = [{**about, "event_id": name, "milestone": "rat", "note": name} for name in names]

        def acknowledges(answer: httpx.Response) -> list[Trace]:
            fates = {one["status"] for one in answer.json()["results"]}
            assert fates in ({"applied"}, {"duplicate"}), answer.text
            return []

        return Deed("POST", "/v1/legality-events", {"events": events}, acknowledges, events=names)

    def _outbox(self) -> Deed:
        id = new_id()
        thing = {"type": "group", "resource_id": id}
        group = {"name": f"Kelompok Contoh {id}", "kind": "kelompok_usaha", "village_code": PLACE}
        operations = [
            {"id": new_id(), "action": "create", **thing, "data": group},
            {"id": new_id(), "action": "update", **thing, "data": {"members_male": 1}, "expected_version": 1},
        ]

        def acknowledges(answer: httpx.Response) -> list[Trace]:
            fates = [(one["status"], one["version"]) for one in answer.json()["results"]]
            assert {fate for fate, _ in fates} <= {"applied", "replayed"}, answer.text
            return [("group", id, version) for _, version in fates]

        return Deed("POST", "/v1/operations", {"operations": operations}, acknowledges)


def posted(address: str, body: Told, key: str, acknowledges: Callable[[httpx.Response], list[Trace]]) -> Deed:
    """A POST under a key."""
    return Deed("POST", address, body, acknowledges, headers={"idempotency-key": key}, key=key)


def created(type: str) -> Callable[[httpx.Response], list[Trace]]:
    """That the thing of a 201 is there at version 1."""

    def acknowledges(answer: httpx.Response) -> list[Trace]:
        assert answer.status_code == 201, answer.text
        return [(type, answer.json()["id"], 1)]

    return acknowledges


def done_before(answer: httpx.Response) -> bool:
    """Whether a deed that was sent again had had its effect the first time."""
    if answer.status_code == 412 or "idempotent-replayed" in answer.headers:
        return True
    told = answer.json()
    return bool({one["status"] for one in told.get("results", ())} & {"duplicate", "replayed"})


class Crew:
    """All workers and their one journal."""

    def __init__(self, client: httpx.Client) -> None:
        self.journal = Journal()
        body = {"title": "Pelatihan Contoh", "focus": "kewirausahaan", "village_code": PLACE, "year": 2024}
        training = posted("/v1/trainings", body, "training", created("training"))
        answer = training.send(client)
        self.journal.keep(training, answer)
        villages: list[Told] = client.get("/v1/villages?region=64.02&limit=200").json()["items"]
        self.workers = [
            Worker(str(place), villages[place::WORKERS], answer.json()["id"]) for place in range(WORKERS)
        ]

    def work(
        self, clients: list[httpx.Client], kill: Callable[[], None], *, after: int, **wanted: Any
    ) -> None:
        """Work until so many more are acknowledged and the server is killed; `half` is done half way."""
        stop = threading.Event()

        def end() -> None:
            kill()
            stop.set()

        now = self.journal.acknowledged
        self.journal.recent.clear()
        self.journal.wanted = {now + after: end, now + after // 2: wanted.get("half", lambda: None)}
        with ThreadPoolExecutor(WORKERS) as pool:
            working = [
                pool.submit(worker.work, client, self.journal, stop)
                for worker, client in zip(self.workers, clients, strict=True)
            ]
        for one in working:
            one.result()

    def finish(self, client: httpx.Client) -> None:
        """Send what was left open once more."""
        for worker in self.workers:
            worker.finish(client, self.journal)

    def replayed(self, client: httpx.Client, most: int) -> int:
        """Send again some of what was acknowledged last; gives how many were not answered as before."""
        luck = random.Random(len(self.journal.traces))  # noqa: S311  # a choice that can be made again
        again = luck.sample(self.journal.recent, min(most, len(self.journal.recent)))
        return sum(_differs(deed, answer, deed.send(client)) for deed, answer in again)


def _differs(deed: Deed, first: httpx.Response, again: httpx.Response) -> bool:
    if deed.key:
        return again.content != first.content or again.status_code != first.status_code
    return not done_before(again)
