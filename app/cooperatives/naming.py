"""A Koperasi Merah Putih bears its village's name, and the district's too where several villages are called so.

Source: Juklak Menkop 1/2025 (naming of the koperasi desa and kelurahan); Permenkum 13/2025, article 7(4): a
cooperative of a village whose name is not unique adds the district. "Unique" is within the regency here.
"""

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "desa": "desa_merah_putih",
        "desa_adat": "desa_merah_putih",
        "kelurahan": "kelurahan_merah_putih",
    }
)
"""Which of the two kinds belongs in a village of each kind."""

_FORMS: Mapping[str, str] = MappingProxyType(
    {
        "desa_merah_putih": "Koperasi Desa Merah Putih",
        "kelurahan_merah_putih": "Koperasi Kelurahan Merah Putih",
    }
)


def is_merah_putih(kind: str) -> bool:
    """Whether cooperatives of this kind are named by the rule."""
    return kind in _FORMS


def merah_putih_name(*, village_kind: str, village_name: str, district_name: str, repeated: bool) -> str:
    """The name of a village's Koperasi Merah Putih; `repeated`: its regency has another village so called.

    `Koperasi Desa Merah Putih Sepatin`, `Koperasi Desa Merah Putih Bukit Raya Kecamatan Samboja`.
    """
    name = f"{_FORMS[KINDS[village_kind]]} {village_name}"
    return f"{name} Kecamatan {district_name}" if repeated else name
