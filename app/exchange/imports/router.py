"""Imports over HTTP: send a file, see what becomes of it, get it back marked, get a form to fill in, take it back."""

from typing import Annotated, Any

import orjson

import app.exchange.imports.row_texts  # its codes enter the catalogue
import app.exchange.imports.texts  # noqa: F401  # and so do these
from app.exchange.imports import service
from app.exchange.imports.forms import form
from app.exchange.imports.keeping import Job
from app.exchange.imports.presenting import summary, whole
from app.exchange.imports.receiving import BOOK
from app.exchange.imports.schemas import ImportKind, ImportQuery, ImportsQuery, TemplateQuery
from app.exchange.imports.shapes import ImportOut, ImportPage
from app.exchange.imports.tables import WAITING
from app.http.answers import CSV, XLSX, Answer, json_answer, tagged
from app.http.ask import Ask
from app.http.fields import Identifier
from app.http.operation import Operations, Query
from app.http.paging import next_link

operations = Operations("Imports")

_APPLIED = {
    "Preference-Applied": {
        "description": "The `wait` that was honoured, where `Prefer` asked for one.",
        "schema": {"type": "string", "examples": ["wait=3"]},
    }
}
_FILE = {
    "schema": {"type": "string", "format": "binary"},
    "examples": {"workbook": {"summary": "Not text", "value": "a ZIP file"}},
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "description": "The file; empty with `plan`. JSON is the ministry's rumusan, for `idm` alone.",
        "required": False,
        "content": {
            "text/csv": {
                "schema": {"type": "string"},
                "example": "Kode desa/kelurahan;Nama UKM;Jenis pemilik\r\n64.02.04.2001;UKM Contoh;kelompok\r\n",
            },
            BOOK: _FILE,
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                },
                "example": {"file": "the bytes of the file"},
            },
            "application/json": {
                "schema": {
                    "type": "array",
                    "items": {"type": "object"},
                    "description": "rumusan documents; one alone, or one a line, is read too",
                },
                "example": [
                    {
                        "mapData": {
                            "SUMMARIES": {"TAHUN": 2024},
                            "IDENTITAS": [{"id_desa": "6402042001"}],
                            "ROW": [],
                        }
                    }
                ],
            },
        },
    }
}
_MARKED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file as it was sent, with its bad cells marked",
        "content": {
            BOOK: _FILE,
            "text/csv": {"schema": {"type": "string"}, "example": "Nama UKM;Catatan Berdaya\r\n"},
        },
    }
}
_FORM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A workbook to fill in",
        "content": {
            BOOK: _FILE,
        },
    }
}


@operations.post(
    "/v1/imports/{kind}",
    summary="Import a file",
    status_code=202,
    response_model=ImportOut,
    responses={
        202: {"description": "It is being worked on; `Location` tells how far it is", "headers": _APPLIED},
        200: {
            "model": ImportOut,
            "description": "It was finished within `Prefer: wait=N`",
            "headers": _APPLIED,
        },
    },
    permission="imports:write",
    refuses=(400, 409, 413, 415),
    openapi_extra=_BODY,
)
async def import_file(kind: ImportKind, query: Annotated[ImportQuery, Query()], ask: Ask) -> Answer:
    """Plan or write what a sheet says: the body is the file itself (CSV or XLSX), or a form with one `file`.

    A plan changes nothing; it names every bad cell at once and says what a commit would do. A commit writes all rows or
    none, with `partial=true` the good ones. `Prefer: wait=3` waits up to three seconds for the end; else follow
    `Location`. Headers are the names or labels of the exports, so that an export can be changed and sent back: a row
    with its `version` is the thing as it was then: an empty cell clears, and it is refused when the thing has changed
    since; a row without one leaves what it does not fill. The permission to write the kind is needed, and rows beyond
    the caller's region are not found.
    """
    values = await service.sent(ask, service.permitted(ask, kind), query)
    answer = await ask.write(lambda job, reach: _accepted(ask, job), service.enter, values)
    ask.place.work_waits.set()
    seconds = service.wait_of(ask)
    if seconds is None or not isinstance(answer.body, bytes):
        return answer
    job = await service.settled(ask, orjson.loads(answer.body)["id"], seconds)
    now = _accepted(ask, job) if job["status"] in WAITING else json_answer(whole(job, ask.language))
    now.headers += [header for header in answer.headers if header[0] == b"idempotent-replayed"]
    now.headers.append((b"preference-applied", f"wait={seconds}".encode()))
    return now


def _accepted(ask: Ask, job: Job) -> Answer:
    answer = json_answer(whole(job, ask.language), status=202)
    answer.headers.append((b"location", f"/v1/imports/{job['id']}".encode()))
    return answer


@operations.get("/v1/imports", summary="List imports", response_model=ImportPage, permission="imports:write")
async def list_imports(query: Annotated[ImportsQuery, Query()], ask: Ask) -> Answer:
    """Your own imports, the latest first; who may read the audit trail sees those of everybody in the region."""
    limit = int(query.limit)
    jobs = await service.page(ask, limit, query.cursor)
    following = jobs[limit - 1]["id"] if len(jobs) > limit else None
    answer = tagged(json_answer({"items": [summary(job) for job in jobs[:limit]], "next_cursor": following}))
    if following is not None:
        answer.headers.append((b"link", next_link(ask.url_path, ask.scope["query_string"], following)))
    return answer


@operations.get(
    "/v1/imports/{id}",
    summary="One import",
    response_model=ImportOut,
    permission="imports:write",
    refuses=(404,),
)
async def get_import(id: Identifier, ask: Ask) -> Answer:
    """How far an import is and what it found: every bad cell with its row and column, every repair."""
    return json_answer(whole(await service.visible(ask, id), ask.language))


@operations.get(
    "/v1/imports/{id}/annotated",
    summary="The file with its bad cells marked",
    responses=_MARKED,
    permission="imports:write",
    refuses=(404, 409, 410, 413, 415),
)
async def get_annotated_import(id: Identifier, ask: Ask) -> Answer:
    """The workbook as it was sent with each bad cell marked and commented; of a CSV with one more column.

    Put it right and send it again: the marks are not read. Files are kept for 30 days, then this is 410.
    """
    file = await service.annotated(ask, id)
    book = file.media == BOOK or file.body.startswith(b"PK")
    return _download(file.body, XLSX if book else CSV, f"import-{id}.{'xlsx' if book else 'csv'}")


@operations.get(
    "/v1/imports/{kind}/template.xlsx",
    summary="A form to fill in",
    responses=_FORM,
    permission="imports:write",
)
async def get_import_template(kind: ImportKind, query: Annotated[TemplateQuery, Query()], ask: Ask) -> Answer:
    """A workbook with the columns of a kind, choices to pick from, and the things of `region` filled in.

    Headers are in the language of `Accept-Language`; an import understands both.
    """
    wanted = service.permitted(ask, kind)
    region = (await ask.presently(query)).region
    body = await form(ask, wanted, region)
    return _download(body, XLSX, f"{kind}-{region or 'template'}.xlsx")


def _download(body: bytes, media: bytes, name: str) -> Answer:
    return Answer(
        body=body,
        media=media,
        cache=b"no-store",
        vary=b"Accept-Language, Authorization",
        headers=[(b"content-disposition", f'attachment; filename="{name}"'.encode())],
    )


@operations.post(
    "/v1/imports/{id}/undo",
    summary="Take an import back",
    status_code=202,
    response_model=ImportOut,
    responses={
        202: {"description": "It is being taken back; `Location` tells how far", "headers": _APPLIED},
        200: {"model": ImportOut, "description": "It is taken back", "headers": _APPLIED},
    },
    permission="imports:write",
    refuses=(404, 409),
)
async def undo_import(id: Identifier, ask: Ask) -> Answer:
    """Take a commit back while nothing it wrote has changed since: what was new goes, what was changed is as before.

    409 names in `changed` what stands against it. Legality events cannot be taken back: the ledger keeps what it has
    heard, and a new event that supersedes one corrects it.
    """
    job = await service.visible(ask, id)
    service.permitted(ask, job["kind"])
    answer = await ask.write(lambda state, reach: _accepted(ask, state), service.undo, job)
    ask.place.work_waits.set()
    seconds = service.wait_of(ask)
    if seconds is None:
        return answer
    job = await service.settled(ask, id, seconds)
    service.check_undone(job)
    now = _accepted(ask, job) if job["status"] in WAITING else json_answer(whole(job, ask.language))
    now.headers.append((b"preference-applied", f"wait={seconds}".encode()))
    return now
