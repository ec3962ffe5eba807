"""The server as a process: it greets, takes a token made while it runs, and stops when the work in hand is done."""

import signal

import uvicorn

from app.main import create_app
from app.serving import _Server
from app.settings import Settings
from tests.operation.running import berdaya, served


def test_a_running_server_takes_a_token_at_once(database_url: str) -> None:
    with served(database_url) as (client, _):
        token = berdaya(
            "tokens", "create", "--role", "admin", "--name", "me", url=database_url
        ).stdout.strip()
        answer = client.patch(
            "/v1/villages/64.02.04.2001", json={"households": 1}, headers={"authorization": f"Bearer {token}"}
        )

    assert answer.status_code == 200


def test_the_greeting_says_where_to_look_and_how_to_get_a_token(database_url: str) -> None:
    with served(database_url) as (_, process):
        process.terminate()
        _, told = process.communicate(timeout=30)

    assert "/docs" in told
    assert "berdaya tokens create" in told
    assert "brd_" not in told, "a token is only ever shown to a person at a terminal"


def test_a_signal_ends_the_server_politely(database_url: str) -> None:
    with served(database_url) as (client, process):
        assert client.get("/health/ready").status_code == 200
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)

    assert process.returncode in (0, -signal.SIGTERM)


def test_a_server_that_has_had_a_signal_is_not_ready_any_more(database_url: str) -> None:
    made = create_app(Settings(database_url=database_url))
    server = _Server(uvicorn.Config(lambda: made, factory=True, log_config=None))
    server.config.load()

    server.handle_exit(signal.SIGTERM, None)

    assert made.place.stopping


def test_the_server_starts_without_its_database_and_says_so() -> None:
    with served("postgresql://nobody@127.0.0.1:1/nothing") as (client, _):
        live = client.get("/health/live")
        ready = client.get("/health/ready")
        asked = client.get("/v1/villages")

    assert live.status_code == 200
    assert (ready.status_code, asked.status_code) == (503, 503)
    assert asked.headers["retry-after"] == "1"
    assert asked.json()["code"] == "server.unavailable"
