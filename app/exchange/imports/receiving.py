"""The body of an import is the file itself, or a form with one file in it; its type decides how it is read."""

import re
from typing import NamedTuple

from app.http.answers import XLSX
from app.http.ask import Ask
from app.http.problems import UnsupportedMedia, invalid

CSV, BOOK, JSON, FORM = "text/csv", XLSX.decode(), "application/json", "multipart/form-data"
UPLOAD_SECONDS = 120.0
_BY_ENDING = {".csv": CSV, ".tsv": CSV, ".txt": CSV, ".xlsx": BOOK, ".xlsm": BOOK, ".json": JSON}
_ALSO_CSV = frozenset({"text/tab-separated-values", "text/plain", "application/csv"})
_BOUNDARY = re.compile(rb'boundary="?([^";\r\n]{1,200})"?')
_FILE_NAME = re.compile(rb'filename="([^"]*)"')


class File(NamedTuple):
    """An uploaded file; `media` is one of the three that are read."""

    media: str
    body: bytes


async def received(ask: Ask, *, json: bool) -> File | None:
    """The file of a request; None for an empty body. `json` takes the ministry's documents too.

    Raises `UnsupportedMedia` for another type, `TooLarge`, and `Invalid` for a form without exactly one file.
    """
    # Ten megabytes take minutes on a bad link; what is done with them is not done in this request.
    ask.grant(UPLOAD_SECONDS)
    body = await ask.receive_body(ask.place.settings.upload_limit)
    ask.grant(ask.place.settings.deadline_seconds)
    if not body:
        return None
    if ask.raw.get(b"content-encoding", b"identity") != b"identity":
        raise UnsupportedMedia("request.encoding", pointer="/header/Content-Encoding")
    told = ask.raw.get(b"content-type", b"")
    media = told.lower().partition(b";")[0].strip().decode("latin-1")
    file = _of_form(told, body) if media == FORM else File(media, body)
    media = CSV if file.media in _ALSO_CSV else file.media
    taken = (CSV, BOOK, *((JSON,) if json else ()))
    if media not in taken:
        expected = " / ".join((*taken, FORM))
        raise UnsupportedMedia("request.media_type", pointer="/header/Content-Type", expected=expected)
    return File(media, file.body)


def _of_form(told: bytes, body: bytes) -> File:
    boundary = _BOUNDARY.search(told)
    if boundary is None:
        raise invalid("/file", "import.one_file")
    mark = b"--" + boundary[1]
    parts = (b"\r\n" + body).split(b"\r\n" + mark)[1:]
    files = [file for part in parts if not part.startswith(b"--") and (file := _part(part)) is not None]
    if len(files) != 1:
        raise invalid("/file", "import.one_file")
    return files[0]


def _part(part: bytes) -> File | None:
    """The file in a part of a form; None for a plain field."""
    head, found, content = part.partition(b"\r\n\r\n")
    name = _FILE_NAME.search(head)
    if not found or name is None:
        return None
    # Browsers call a CSV by the name of whatever program opens it; the name of the file says more.
    ending = re.search(rb"\.\w+$", name[1].lower())
    by_name = _BY_ENDING.get(ending[0].decode("latin-1")) if ending else None
    media = re.search(rb"(?im)^content-type:\s*([^;\r\n]+)", head)
    return File(by_name or (media[1].decode("latin-1").strip().lower() if media else ""), content)
