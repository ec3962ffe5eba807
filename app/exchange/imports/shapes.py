"""The documented shapes of imports."""

from typing import Literal

from pydantic import Field

from app.exchange.imports.schemas import KindName
from app.http.fields import Output

Status = Literal[
    "queued", "running", "undoing", "planned", "committed", "unchanged", "refused", "failed", "undone"
]


class ImportProgress(Output):
    """How far an import is, in rows."""

    done: int
    of: int | None = Field(description="null until the file has been read")


class ImportCounts(Output):
    """What becomes of the rows; of a commit that is refused nothing is created or updated."""

    create: int
    update: int
    unchanged: int
    refused: int


class ImportFault(Output):
    """A cell that is wrong."""

    row: int = Field(description="as in the sheet; of rumusan the place of the document, from 1")
    column: str | None = Field(
        description="the header as written; null: the row as a whole", examples=["Jenis pemilik"]
    )
    column_number: int | None = Field(description="the place of the column, from 1")
    code: str = Field(description="stable, for programs", examples=["value.choice"])
    message: str = Field(
        description="for people, in the language of `Accept-Language`",
        examples=["This must be one of perorangan, kelompok."],
    )
    suggestion: str | None = Field(
        description="what might be meant, never taken by itself", examples=["kelompok"]
    )


class ImportRepair(Output):
    """A cell that was read otherwise than it was written, because it can be meant in one way only."""

    row: int
    column: str | None = Field(examples=["Kode desa/kelurahan"])
    code: str = Field(examples=["import.repaired"])
    message: str = Field(examples=["This was read in the form that is kept."])
    to: str = Field(description="what it was read as", examples=["64.02.04.2001"])


class ImportProblem(Output):
    """Why the file could not be read at all."""

    code: str = Field(examples=["import.unreadable"])
    message: str = Field(examples=["The file is damaged and cannot be read."])


class ImportOut(Output):
    """An import."""

    id: str = Field(examples=["019b8c3a-7f40-7000-8000-0000000000b1"])
    kind: KindName
    mode: Literal["plan", "commit"]
    partial: bool
    plan: str | None = Field(description="the plan that it carries out", examples=[None])
    status: Status = Field(
        description="`planned`: a commit would write; `committed`: written; `unchanged`: all is there already; "
        "`refused`: nothing was written, `errors` says why; `failed`: the file could not be read, see `problem`"
    )
    progress: ImportProgress
    counts: ImportCounts
    errors: list[ImportFault] = Field(description="the first 1,000, in the order of the sheet")
    errors_total: int
    repairs: list[ImportRepair] = Field(description="the first 1,000")
    repairs_total: int
    problem: ImportProblem | None
    sheet: str | None = Field(description="the sheet that was read; empty for CSV", examples=["Data"])
    digest: str = Field(description="SHA-256 of the file", examples=["c0" * 32])
    created_at: str = Field(examples=["2026-01-05T01:30:00.000000Z"])
    finished_at: str | None = Field(examples=["2026-01-05T01:30:00.000000Z"])


class ImportSummary(Output):
    """An import in a list."""

    id: str = Field(examples=["019b8c3a-7f40-7000-8000-0000000000b1"])
    kind: KindName
    mode: Literal["plan", "commit"]
    partial: bool
    status: Status
    progress: ImportProgress
    counts: ImportCounts
    errors_total: int
    digest: str = Field(examples=["c0" * 32])
    created_at: str = Field(examples=["2026-01-05T01:30:00.000000Z"])
    finished_at: str | None = Field(examples=["2026-01-05T01:30:00.000000Z"])


class ImportPage(Output):
    """A page of imports, the latest first."""

    items: list[ImportSummary]
    next_cursor: str | None = Field(examples=[None])
