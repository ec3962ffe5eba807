"""A server may be killed at any moment: what is sent again under its key or id afterwards is done once."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from app.database.words import new_id
from tests.operation.running import berdaya, served

GROUP = {"name": "Kelompok percobaan", "kind": "kelompok_usaha", "village_code": "64.02.04.2001"}
QUIET = {"BERDAYA_LOG_REQUESTS": "none"}
NOT_YET = {409, 503}
"""The same request is still running, or the database is busy: ask again."""


def token_for(url: str) -> str:
    return berdaya("tokens", "create", "--role", "admin", "--name", "me", url=url).stdout.strip()


def insist(client: httpx.Client, request: Callable[[httpx.Client], httpx.Response]) -> httpx.Response:
    """The answer that is not about haste."""
    while True:
        answer = request(client)
        if answer.status_code not in NOT_YET:
            return answer


def entered(client: httpx.Client) -> int:
    """How many groups there are."""
    total: int = client.get("/v1/groups?count=exact&limit=1").json()["total"]
    return total


def test_twenty_keys_from_twenty_threads_have_twenty_effects(database_url: str) -> None:
    token = token_for(database_url)
    # Each key twenty times, two of them with another body: whichever comes first is the request of the key.
    sendings = [(key, body) for key in range(20) for body in ["one"] * 18 + ["two"] * 2]
    random.Random(7).shuffle(sendings)  # noqa: S311  # an order, not a secret

    with served(database_url, **QUIET) as (client, _), ThreadPoolExecutor(20) as pool:
        client.headers["authorization"] = f"Bearer {token}"

        def send(sending: tuple[int, str]) -> httpx.Response:
            key, body = sending
            headers = {"idempotency-key": f"k-{key}"}
            told = {**GROUP, "name": f"Percobaan {key} {body}"}
            return insist(client, lambda served: served.post("/v1/groups", json=told, headers=headers))

        answers = list(pool.map(send, sendings))
        effects = entered(client)

    assert effects == 20
    for key in range(20):
        mine = [(body, answer) for (one, body), answer in zip(sendings, answers, strict=True) if one == key]
        made = {body: answer for body, answer in mine if answer.status_code == 201}
        (winner,) = made
        assert len({answer.content for body, answer in mine if body == winner}) == 1
        assert {answer.status_code for body, answer in mine if body == winner} == {201}
        assert {answer.status_code for body, answer in mine if body != winner} == {422}
        assert sum("idempotent-replayed" not in a.headers for b, a in mine if b == winner) == 1


class Sendings:
    """Requests that are sent by several threads while the server is killed, each until it has an answer."""

    def __init__(self, requests: dict[str, Callable[[httpx.Client], httpx.Response]]) -> None:
        self.requests = requests
        self.answers: dict[str, httpx.Response] = {}

    def killed(self, url: str, *, after: int) -> None:
        """Serve, send, and kill the server as soon as so many more are answered."""
        enough = len(self.answers) + after
        with served(url, **QUIET) as (client, process):

            def send(name: str) -> None:
                try:
                    self.answers[name] = insist(client, self.requests[name])
                except httpx.TransportError:
                    return
                if len(self.answers) >= enough:
                    process.kill()

            self._all(send)

    def finish(self, client: httpx.Client) -> None:
        """Send what has no answer yet."""

        def send(name: str) -> None:
            self.answers[name] = insist(client, self.requests[name])

        self._all(send)

    def _all(self, send: Callable[[str], None]) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(send, [name for name in self.requests if name not in self.answers]))


def by_key(token: str) -> dict[str, Callable[[httpx.Client], httpx.Response]]:
    """Groups, each under a key of its own."""

    def request(key: str) -> Callable[[httpx.Client], httpx.Response]:
        headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
        return lambda client: client.post("/v1/groups", json={**GROUP, "name": key}, headers=headers)

    return {f"k-{number}": request(f"k-{number}") for number in range(60)}


def by_outbox(token: str) -> dict[str, Callable[[httpx.Client], httpx.Response]]:
    """Groups, each made and amended by an outbox of two operations."""

    def request(id: str) -> Callable[[httpx.Client], httpx.Response]:
        thing: dict[str, Any] = {"type": "group", "resource_id": id}
        amended = {"data": {"members_male": 1}, "expected_version": 1}
        outbox = [
            {"id": new_id(), "action": "create", **thing, "data": GROUP},
            {"id": new_id(), "action": "update", **thing, **amended},
        ]
        told, headers = {"operations": outbox}, {"authorization": f"Bearer {token}"}
        return lambda client: client.post("/v1/operations", json=told, headers=headers)

    return {id: request(id) for id in (new_id() for _ in range(60))}


def test_what_a_killed_server_did_not_acknowledge_is_done_once_when_it_is_sent_again(
    database_url: str,
) -> None:
    token = token_for(database_url)
    keyed, outboxes = by_key(token), by_outbox(token)
    sendings = Sendings(
        {
            name: request
            for pair in zip(keyed.items(), outboxes.items(), strict=True)
            for name, request in pair
        }
    )

    for after in (15, 30):
        sendings.killed(database_url, after=after)
    with served(database_url, **QUIET) as (client, _):
        sendings.finish(client)
        first = dict(sendings.answers)
        again = {name: insist(client, request) for name, request in sendings.requests.items()}
        made = entered(client)

    assert made == len(sendings.requests) == len(first)
    for name in keyed:
        assert first[name].status_code == 201
        assert again[name].content == first[name].content
        assert again[name].headers["idempotent-replayed"] == "true"
    for name in outboxes:
        assert first[name].status_code == 200
        assert {one["status"] for one in again[name].json()["results"]} == {"replayed"}
        assert [one["version"] for one in again[name].json()["results"]] == [1, 2]
