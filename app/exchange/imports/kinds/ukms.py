"""UKM, found by their id, else by village and name."""

from collections.abc import Sequence
from typing import Any, get_args

from app.exchange.imports.cells import Choice, choices, day, digits, listed, phone, whole
from app.exchange.imports.column import shown, told
from app.exchange.imports.kind import Kind
from app.exchange.imports.kinds.located import ID, PLACE, TIMES, VERSION, by_name, existing, of_name
from app.exchange.imports.things import applying
from app.ukms import tables
from app.ukms.schemas import CertificateKind, Channel, MarketReach, OwnerKind

_OWNERS = Choice(
    get_args(OwnerKind),
    {"person": "perorangan", "individual": "perorangan", "individu": "perorangan", "group": "kelompok"},
)
_REACH = Choice(
    get_args(MarketReach),
    {
        "village": "desa",
        "district": "kecamatan",
        "regency": "kabupaten",
        "province": "provinsi",
        "national": "nasional",
        "export": "ekspor",
    },
)
_CHANNELS = Choice(
    get_args(Channel),
    {
        "stall": "warung",
        "market": "pasar",
        "supermarket": "ritel_modern",
        "hotel": "hotel_restoran",
        "restaurant": "hotel_restoran",
        "online": "marketplace",
        "government": "pemerintah",
        "other": "lainnya",
    },
)
_PAPERS = Choice(get_args(CertificateKind), {"p-irt": "pirt", "brand": "merek", "other": "lainnya"})


def _product(name: str, more: Sequence[str]) -> dict[str, Any]:
    """`Kerupuk udang (kg, plastik, 250)`: what it is counted in, how it is packed, how many a month."""
    numbers = [one for one in more if one.replace(".", "", 1).isdigit()]
    words = [one for one in more if one not in numbers]
    product: dict[str, Any] = {"name": name, **dict(zip(("unit", "packaging"), words, strict=False))}
    return {**product, "monthly_capacity": float(numbers[0])} if numbers else product


def _certificate(kind: str, more: Sequence[str]) -> dict[str, Any]:
    """`halal (ID-123, 2024-01-31, 2028-01-31)`: its number, when it was issued, when it ends."""
    names = ("number", "issued_on", "expires_on")
    return {"kind": _PAPERS.one(kind), **dict(zip(names, more, strict=False))}


UKMS = Kind(
    name="ukms",
    type="ukm",
    permission="ukms:write",
    columns=(
        ID,
        told("name", needed=True, stand_in="Contoh", aliases=("Nama usaha", "Nama")),
        *PLACE,
        told(
            "owner_kind", _OWNERS, needed=True, stand_in="perorangan", choices=_OWNERS.words, shape="choice"
        ),
        told("owner_name", aliases=("Pemilik",)),
        told("phone", phone, shape="digits", aliases=("No HP", "Nomor telepon", "HP")),
        told("members", whole, shape="integer", aliases=("Anggota",)),
        told("founded_on", day, shape="day"),
        told("kbli", digits(5), shape="digits"),
        told("nib", digits(13), shape="digits", aliases=("NIB",)),
        told("products", listed(_product)),
        told("certificates", listed(_certificate)),
        told("market_reach", _REACH, choices=_REACH.words, shape="choice"),
        told("channels", choices(_CHANNELS)),
        told("capital_idr", whole, shape="money", aliases=("Modal",)),
        *shown("scale", "scale_basis"),
        VERSION,
        *TIMES,
    ),
    apply=applying("ukm", by_name(tables.UKMS, "name", tables.ukms.c.name_key)),
    key=of_name("name"),
    existing=existing(tables.UKMS),
)
