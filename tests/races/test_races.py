"""Two clients at once, at two servers of one database: the outcome is one that the law knows, every time."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from tests.operation.running import served, token_in
from tests.operation.tallies import uneven
from tests.races.races import RACES, Office, Outcome, Play, Race
from tests.races.racing import Answers, Request, Requests, raced

PATIENT = {
    "BERDAYA_LOG_REQUESTS": "none",
    "BERDAYA_WEBHOOKS": "false",
    "BERDAYA_DEADLINE_SECONDS": "60",
    "BERDAYA_QUEUE_SECONDS": "60",
}


class Course:
    """Two servers of one database, and the office that arranges."""

    def __init__(self, clients: list[httpx.Client], token: str) -> None:
        self._headers = {"authorization": f"Bearer {token}"}
        self._addresses = str(clients[0].base_url), str(clients[-1].base_url)
        clients[0].headers.update(self._headers)
        self.office = Office(clients[0])

    def run(self, race: Race, rounds: int) -> tuple[list[Outcome], int]:
        """The outcomes that the law does not know, and how often who was released first fared as else the last."""
        outcomes = []
        fared: Counter[tuple[str, str]] = Counter()
        for number in range(rounds):
            late = bool(number % 2)
            outcome, answers = played(race.play(self.office), partial(self._raced, second_first=late))
            outcomes.append(outcome)
            fared[answers[late].fate, answers[not late].fate] += 1
        return [one for one in outcomes if one not in race.lawful], rounds - max(fared.values())

    def _raced(self, requests: Requests, *, second_first: bool) -> Answers:
        return raced(self._addresses, requests, self._headers, second_first=second_first)

    def forged(self, race: Race, requests: Requests) -> Answers:
        """One request after the other, and answers that they did not get."""
        for one in requests:
            self.office.client.request(one.method, one.path, json=one.body, headers=one.headers)
        return race.forged


def played(play: Play, answered: Callable[[Requests], Answers]) -> tuple[Outcome, Answers]:
    """The outcome of a play whose attempts get these answers."""
    answers = answered(next(play))
    try:
        play.send(answers)
    except StopIteration as end:
        return end.value, answers
    raise AssertionError("a play has two attempts and an end")


@contextmanager
def course_on(url: str, *, servers: int = 2) -> Iterator[Course]:
    """Servers that are ready."""
    token = token_in(url)
    with ExitStack() as stack:
        yield Course([stack.enter_context(served(url, **PATIENT))[0] for _ in range(servers)], token)


def test_two_clients_at_once_come_to_an_end_that_the_law_knows(database_url: str) -> None:
    with course_on(database_url) as course:
        anomalies = {race.name: course.run(race, 25)[0] for race in RACES}

    assert anomalies == {race.name: [] for race in RACES}
    assert uneven(database_url) == {}


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_thousand_times_two_clients_at_once_come_to_an_end_that_the_law_knows(
    database_url: str, engine: str
) -> None:
    anomalies = {}
    with course_on(database_url) as course:
        for race in RACES:
            anomalies[race.name], overtaking = course.run(race, 1000)
            print(  # noqa: T201  # the figures
                f"races: {race.name}, {engine}: 1,000 rounds, {len(anomalies[race.name])} anomalies "
                f"({overtaking} the other way round)"
            )

    assert anomalies == {race.name: [] for race in RACES}
    assert uneven(database_url) == {}


@pytest.mark.engine("sqlite")
def test_answers_that_break_a_law_are_seen(database_url: str) -> None:
    with course_on(database_url, servers=1) as course:
        outcomes = {race: played(race.play(course.office), partial(course.forged, race))[0] for race in RACES}

    assert [race.name for race, outcome in outcomes.items() if outcome in race.lawful] == []


class Careless(BaseHTTPRequestHandler):
    """Counts by reading, letting another do the same, and writing: two at once are counted as one."""

    count = 0
    both = threading.Barrier(2)

    def do_POST(self) -> None:
        """Count one."""
        self.rfile.read(int(self.headers["content-length"]))
        seen = Careless.count
        self.both.wait(30)
        Careless.count = seen + 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def careless() -> Iterator[str]:
    """Where it serves."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Careless)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_both_attempts_are_under_way_before_either_is_answered(careless: str) -> None:
    request = Request("POST", "/", {})

    answers = raced((careless, careless), (request, request), {})

    assert [one.status for one in answers] == [204, 204]
    assert Careless.count == 1
