"""What the container files say is true of the program: its settings, its commands, its files and its health.

No container is built here. What only a build or a start can show is tried by whoever has Docker.
"""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from typer.main import get_command

from app.cli import cli
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
_JOINED = re.sub(r"\\\n\s*", "", DOCKERFILE).splitlines()
INSTRUCTIONS = [line.split(maxsplit=1) for line in _JOINED if line[:1].isupper()]


def told(instruction: str) -> list[str]:
    """What stands behind each instruction of this name."""
    return [rest for name, rest in INSTRUCTIONS if name == instruction]


def health() -> str:
    """The program of the health check."""
    command: list[str] = json.loads(told("HEALTHCHECK")[0].partition("CMD ")[2])
    assert command[:2] == ["python", "-c"]
    return command[2]


def test_every_setting_that_is_named_is_one() -> None:
    named = set(re.findall(r"\bBERDAYA_([A-Z_]+)", DOCKERFILE + COMPOSE))

    assert named - {"SECRETS_DIR"} <= {field.upper() for field in Settings.model_fields}


def test_every_command_is_one() -> None:
    commands = get_command(cli).commands  # type: ignore[attr-defined]  # a group
    ours = [service for service in SERVICES.values() if service.get("image") == "berdaya"]
    typed = re.findall(r"run --rm berdaya ([a-z]+)", COMPOSE)

    assert json.loads(told("ENTRYPOINT")[0]) == ["berdaya"]
    assert {
        *json.loads(told("CMD")[0]),
        *typed,
        *(word for one in ours for word in one.get("command", [])),
    } <= {*commands}


def test_every_file_that_is_copied_is_there_and_not_left_out() -> None:
    copied = [
        source for rest in told("COPY") if not rest.startswith("--from") for source in rest.split()[:-1]
    ]
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()

    assert copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert not {*copied} & {line.strip("/") for line in left_out}


def test_nothing_of_ours_runs_as_root_or_may_write_where_it_need_not() -> None:
    ours = [service for service in SERVICES.values() if service.get("image") == "berdaya"]

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", told("USER")[-1])
    for service in ours:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert SERVICES["berdaya"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_database_is_of_a_version_that_is_supported() -> None:
    image = SERVICES["database"]["image"]

    assert re.fullmatch(r"postgres:1[5-8]", image)


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server on a free port that answers every question with this status."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health/ready" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "exits"), [(200, 0), (503, 1)])
def test_a_container_is_well_while_its_server_is_ready(status: int, exits: int) -> None:
    ast.parse(health())

    with answering(status) as port:
        done = subprocess.run(  # noqa: S603  # the health check of our own file
            [sys.executable, "-c", health()], env={**os.environ, "BERDAYA_PORT": str(port)}, check=False
        )

    assert done.returncode == exits
