"""Cooperatives, found by their id, else by village and name."""

from collections.abc import Sequence
from typing import Any, get_args

from app.cooperatives import tables
from app.cooperatives.schemas import CooperativeKind, FormationMethod, Management, UnitName, UnitStatus
from app.exchange.imports.cells import Choice, day, listed, phone, villages, whole
from app.exchange.imports.column import shown, told
from app.exchange.imports.kind import Kind
from app.exchange.imports.kinds.located import ID, PLACE, TIMES, VERSION, by_name, existing, of_name
from app.exchange.imports.things import applying

_KINDS = Choice(
    get_args(CooperativeKind),
    {
        "koperasi desa merah putih": "desa_merah_putih",
        "kopdes merah putih": "desa_merah_putih",
        "koperasi kelurahan merah putih": "kelurahan_merah_putih",
        "kopkel merah putih": "kelurahan_merah_putih",
        "other": "lainnya",
    },
)
_METHODS = Choice(
    get_args(FormationMethod),
    {"new": "pembentukan_baru", "baru": "pembentukan_baru", "development": "pengembangan"},
)
_MANAGEMENT = Choice(get_args(Management), {"conventional": "konvensional", "sharia": "syariah"})
_UNITS = Choice(get_args(UnitName), {"other": "lainnya", "apotek": "obat"})
_STATUSES = Choice(get_args(UnitStatus), {"active": "aktif", "inactive": "belum_aktif"})


def _unit(name: str, more: Sequence[str]) -> dict[str, Any]:
    """`sembako (aktif)`."""
    unit: dict[str, Any] = {"unit": _UNITS.one(name)}
    return {**unit, "status": _STATUSES.one(more[0])} if more else unit


COOPERATIVES = Kind(
    name="cooperatives",
    type="cooperative",
    permission="cooperatives:write",
    columns=(
        ID,
        told("name", needed=True, stand_in="Koperasi Contoh", aliases=("Nama", "Koperasi")),
        *PLACE,
        told("member_village_codes", villages, shape="codes"),
        told("kind", _KINDS, needed=True, stand_in="lainnya", choices=_KINDS.words, shape="choice"),
        told("formation_method", _METHODS, choices=_METHODS.words, shape="choice"),
        told("management", _MANAGEMENT, choices=_MANAGEMENT.words, shape="choice"),
        told("established_on", day, shape="day"),
        told("address"),
        told("phone", phone, shape="digits", aliases=("No HP", "Nomor telepon")),
        told("email", aliases=("Email",)),
        told("members_male", whole, shape="integer"),
        told("members_female", whole, shape="integer"),
        told("units", listed(_unit)),
        *shown(
            "legality_stage", "sk_number", "sk_on", "nib", "npwp", "nik_koperasi", "loan_ready", "missing"
        ),
        VERSION,
        *TIMES,
    ),
    apply=applying(
        "cooperative",
        by_name(tables.COOPERATIVES, "name", tables.cooperatives.c.name_key),
    ),
    key=of_name("name"),
    existing=existing(tables.COOPERATIVES),
)
