"""The page for receivers of notices: its samples let in what the server signs, and nothing else."""

import base64
import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from app.http.signature import sign

PAGE = (Path(__file__).parents[2] / "docs" / "notices.md").read_text(encoding="utf-8")
KEYS = [bytes(range(32)), bytes(range(32, 64))]
BODY = b'{"type":"ping"}'


def notice(*, ago: int = 0) -> dict[str, str]:
    """The headers of a notice while two secrets overlap."""
    return sign(body=BODY, id="msg-1", timestamp=int(time.time()) - ago, keys=KEYS)


def secret(key: bytes) -> str:
    return "whsec_" + base64.b64encode(key).decode()


def sample(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.mark.parametrize("key", KEYS)
def test_the_python_sample_lets_in_what_is_signed(key: bytes) -> None:
    names: dict[str, Any] = {}
    exec(sample("python"), names)  # noqa: S102  # the page's own words

    assert names["verified"](secret(key), notice(), BODY) == {"type": "ping"}


@pytest.mark.parametrize(
    ("headers", "body", "key"),
    [(notice(ago=400), BODY, KEYS[0]), (notice(), BODY + b" ", KEYS[0]), (notice(), BODY, bytes(32))],
)
def test_the_python_sample_keeps_out_what_is_not(headers: dict[str, str], body: bytes, key: bytes) -> None:
    names: dict[str, Any] = {}
    exec(sample("python"), names)  # noqa: S102  # the page's own words

    with pytest.raises(ValueError, match=r"secret|old"):
        names["verified"](secret(key), headers, body)


@pytest.mark.javascript
def test_the_typescript_sample_lets_in_what_is_signed_and_nothing_else(tmp_path: Path) -> None:
    plain = re.sub(r": (string|Headers|Promise<unknown>)(?=[,)\s])", "", sample("ts"))
    headers = json.dumps(notice())
    asked = "\n".join(
        f"await verified({json.dumps(secret(key))}, new Headers({headers}), {json.dumps(body)})"
        ".then(JSON.stringify, (refused) => refused.message).then(console.log);"
        for key, body in (
            (KEYS[0], BODY.decode()),
            (KEYS[1], BODY.decode()),
            (bytes(32), BODY.decode()),
            (KEYS[0], "{}"),
        )
    )
    (tmp_path / "sample.mjs").write_text(f"{plain}\n{asked}\n", encoding="utf-8")

    told = subprocess.run(["node", str(tmp_path / "sample.mjs")], capture_output=True, text=True, check=False)  # noqa: S607  # whichever Node is here

    assert told.stderr == ""
    assert told.stdout.splitlines() == ['{"type":"ping"}'] * 2 + ["not signed with this secret"] * 2
