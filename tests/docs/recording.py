"""Runs the session against the application and keeps, for each operation, what was asked and what was answered.

What differs from run to run (ids, instants, request ids) is told in the same words each time; long lists are cut.
"""

import base64
import re
import time
from collections.abc import Sequence
from typing import Any

import httpx
import orjson

from app.access.audit.sealing import seal_all
from app.http.openapi.refusals import REQUEST_ID
from app.http.routing import Addresses
from app.http.signature import sign
from app.main import Berdaya
from tests.docs.session.step import Step

Recording = dict[str, Any]

KEY = b"Only for examples: 32 bytes long"
"""The webhook secret of the source `contoh`."""
AT = "2026-01-05T01:30:00.000000Z"
LONGEST = 2
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_SECRET = re.compile(r"(br[ds]_)[A-Za-z0-9_-]{43}[0-9a-f]{8}")
_SIGNING = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")
# How long a cooperative stands still grows by the day: a member of JSON, and the cell behind `since` in a sheet.
_DAYS = re.compile(r'("days":|\d{4}-\d\d-\d\d\\",)\d{3,}(?=[,}])')
_REQUEST = re.compile(r"\b[0-9a-f]{12}-[0-9a-f]{1,6}\b")
_LINK = re.compile(r"\b[0-9a-f]{64}\b")
_DIGEST = re.compile(r"hmac-sha256:[A-Za-z0-9_-]{22}")
# The base64 of `["feed"` and `["copy"`: within them stand ids, as of the feed's epoch.
_CURSOR = re.compile(r"WyJ(?:mZWVk|jb3B5)[\w-]+")
_OF_THE_SEED = "01976747-d400-7a10-8a10-"


class Recorder:
    """One run of a session."""

    def __init__(self, application: Berdaya, client: httpx.AsyncClient) -> None:
        self.recording: Recording = {}
        self._addresses = Addresses(application.operations)
        self._client = client
        self._database = application.place.database
        self._kept: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    async def run(self, session: Sequence[Step]) -> Recording:
        """The recording of a whole session; a step that is answered with another status stops it."""
        for step in session:
            await self._take(step)
        return self.recording

    async def _take(self, step: Step) -> None:
        target, body = self._filled(step.target), self._filled(step.body)
        if target.startswith("/v1/audit"):
            await seal_all(self._database)
        content = None if body is None else orjson.dumps(body)
        headers = {} if content is None else {"content-type": "application/json"}
        if step.file:
            content, headers = step.file.encode(), {"content-type": "text/csv"}
        if target.startswith("/v1/imports"):
            headers["prefer"] = "wait=3"
        if step.signed and content is not None:
            headers |= sign(body=content, id="msg_contoh", timestamp=int(time.time()), keys=[KEY])
        if step.bearer:
            headers["authorization"] = f"Bearer {self._tokens[step.bearer]}"
        answer = await self._client.request(step.method, target, content=content, headers=headers)
        assert answer.status_code == step.status, (
            f"{step.method} {target}: {answer.status_code} {answer.text}"
        )
        told: Any = (
            answer.json() if "json" in answer.headers.get("content-type", "") and answer.content else None
        )
        if step.keep:
            self._kept[step.keep] = told["id"] if "id" in told else told["items"][0]["id"]
        if step.begins:
            self._tokens[step.begins] = told["token"]
        self._keep(step, answer, told, body)

    def _keep(self, step: Step, answer: httpx.Response, told: Any, body: Any) -> None:
        url = answer.request.url
        operation, path = self._addresses.find(
            {"path": url.path, "raw_path": url.raw_path, "method": step.method}
        )
        entry = self.recording.setdefault(operation.name, {})
        if answer.is_success and path:
            entry.setdefault("path", self._steady(path))
        if answer.is_success and body is not None:
            entry.setdefault("body", self._steady(body))
        if answer.content:
            media = answer.headers["content-type"].partition(";")[0]
            shown = self._steady(_short(told) if told is not None else _first_lines(_text(answer)), days=True)
            answers = entry.setdefault("answers", {}).setdefault(str(step.status), {})
            answers.setdefault(media, shown)

    def _filled(self, told: Any) -> Any:
        text = orjson.dumps(told).decode()
        for name, id in self._kept.items():
            text = text.replace(f"{{{name}}}", id)
        return orjson.loads(text)

    def _steady(self, told: Any, *, days: bool = False) -> Any:
        text = _INSTANT.sub(AT, orjson.dumps(told).decode())
        if days:
            text = _DAYS.sub(r"\g<1>400", text)
        text = _SECRET.sub(r"\1" + "Contoh-" * 6 + "x00000000", text)
        for varies, steady in (
            (_SIGNING, f"whsec_{base64.b64encode(KEY).decode()}"),
            (_REQUEST, REQUEST_ID),
            (_LINK, "c0" * 32),
            (_DIGEST, f"hmac-sha256:{'Contoh-' * 3}x"),
        ):
            text = varies.sub(steady, text)
        text = _CURSOR.sub(self._steady_cursor, text)
        told = orjson.loads(_ID.sub(self._steady_id, text))
        if isinstance(told, dict) and "request_id" in told:
            told["request_id"] = REQUEST_ID
        return told

    def _steady_cursor(self, found: re.Match[str]) -> str:
        padded = found[0] + "=" * (-len(found[0]) % 4)
        told = _ID.sub(self._steady_id, base64.urlsafe_b64decode(padded).decode())
        return base64.urlsafe_b64encode(told.encode()).rstrip(b"=").decode()

    def _steady_id(self, found: re.Match[str]) -> str:
        id = found[0]
        if id.startswith(_OF_THE_SEED):
            return id
        return self._ids.setdefault(id, f"019b8c3a-7f40-7000-8000-{len(self._ids) + 1:012x}")


def _short(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: value if name == "errors" else _short(value) for name, value in told.items()}
    if isinstance(told, list) and told and isinstance(told[0], dict):
        return [_short(one) for one in told[:LONGEST]]
    return told


def _text(answer: httpx.Response) -> str:
    # A workbook is no text, and no two are alike.
    return "a ZIP file" if answer.content.startswith(b"PK") else answer.text


def _first_lines(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[: LONGEST + 1])
