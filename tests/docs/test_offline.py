"""The page on working offline: its words are the server's, and its sample prints what it says."""

import re
import sys
from pathlib import Path
from typing import get_args

from app.exchange.operations.kind import ACTIONS
from app.exchange.operations.schemas import TYPES
from app.exchange.operations.shapes import Fate
from app.http.catalogue import TEXTS
from app.main import create_app
from app.settings import Settings
from tests.docs.test_integrators import ran, samples
from tests.operation.running import berdaya, served

PAGE = (Path(__file__).parents[2] / "docs" / "offline.md").read_text(encoding="utf-8")


def test_the_python_sample_sends_an_outbox_twice_and_prints_what_the_page_says(database_url: str) -> None:
    (sample,) = samples("python", of=PAGE)
    (printed,) = samples("text", of=PAGE)
    token = berdaya("tokens", "create", "--role", "operator", "--name", "hp", url=database_url).stdout.strip()

    with served(database_url, BERDAYA_LOG_REQUESTS="none") as (client, _):
        address = str(client.base_url).rstrip("/")
        told = ran(sys.executable, "-c", sample, BERDAYA_URL=address, TOKEN=token)

    assert told == printed


def test_every_word_code_and_path_on_the_page_is_the_server_s() -> None:
    words = set(re.findall(r"`([^`\n]+)`", PAGE))
    operations = create_app(Settings(database_url="sqlite:///never.db")).operations

    assert {*TYPES, *ACTIONS, *get_args(Fate)} <= words
    assert {word for word in words if re.fullmatch(r"[a-z]+\.[a-z_]+", word)} - {"feed.md"} <= TEXTS.keys()
    assert {word.removeprefix("POST ") for word in words if "/v1/" in word} <= {
        one.path for one in operations
    }
