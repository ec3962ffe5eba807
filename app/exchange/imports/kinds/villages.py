"""Villages, found by their code or one they gave up; a code that nobody has makes a new village."""

from app.database import Transaction
from app.database.register import State
from app.exchange.imports.cells import decimal, village, whole
from app.exchange.imports.column import shown, told
from app.exchange.imports.kind import Kind, Run
from app.exchange.imports.kinds.located import TIMES, VERSION, existing
from app.exchange.imports.lines import Line
from app.exchange.imports.things import applying
from app.villages import service, tables


async def _find(tx: Transaction, line: Line, run: Run) -> State | None:
    code = line.value("code")
    found = await service.find(tx, code) if code else None
    return found if found and tx.act.reaches(found["code"]) else None


VILLAGES = Kind(
    name="villages",
    type="village",
    permission="villages:write",
    columns=(
        told("code", village, needed=True, shape="code", aliases=("Kode desa", "Kode wilayah")),
        told("name", needed=True, stand_in="Contoh", aliases=("Nama desa", "Desa", "Nama desa/kelurahan")),
        *shown("kind", "district_code", "district_name", "regency_code", "regency_name"),
        told("latitude", decimal, shape="decimal", aliases=("Latitude",)),
        told("longitude", decimal, shape="decimal", aliases=("Longitude",)),
        told("population", whole, shape="integer", aliases=("Penduduk",)),
        told("households", whole, shape="integer", aliases=("KK", "Jumlah KK")),
        *shown("former_codes", "idm_year", "idm_score", "idm_status"),
        VERSION,
        *TIMES,
    ),
    apply=applying("village", _find),
    key=lambda line: line.value("code"),
    existing=existing(tables.VILLAGES),
)
