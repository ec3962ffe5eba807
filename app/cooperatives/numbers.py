"""The numbers of legal papers in their one canonical form, so that two spellings of a number are one number.

Law: `normalise` is idempotent, total over text, and changes nothing but the writing: letter case, spaces, the
separators of printed masks, and the leading zero by which a tax number of 15 digits became one of 16 (PMK
112/2022). Digits beyond ASCII are refused, not read.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

LONGEST = 100
"""Characters that any number may have as sent."""

_BLANKS = re.compile(r"\s+")
_MASK = re.compile(r"[ .\-]")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SK = re.compile(r"AHU ?- ?(\d{6,7}) ?\. ?AH ?\. ?01 ?\. ?(\d{2}) ?\. ?TAHUN ?(\d{4})", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
# Six digits of a region, a birthday (a woman's day of birth plus 40), four more: the number of a person.
_POPULATION_NIK = re.compile(r"\d{6}(0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(0[1-9]|1[0-2])\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Malformed:
    """Why a text is not such a number: a code of `TEXTS`."""

    code: str


TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "number.malformed": (
            "A number has 1 to 100 characters on one line.",
            "Nomor terdiri atas 1 sampai 100 karakter dalam satu baris.",
        ),
        "sk_number.malformed": (
            "An SK AHU number looks like AHU-0000000.AH.01.29.TAHUN 2025, with 6 or 7 digits after AHU.",
            "Nomor SK AHU berbentuk AHU-0000000.AH.01.29.TAHUN 2025, dengan 6 atau 7 angka setelah AHU.",
        ),
        "nib.malformed": ("A NIB has 13 digits.", "NIB terdiri atas 13 angka."),
        "npwp.malformed": ("An NPWP has 15 or 16 digits.", "NPWP terdiri atas 15 atau 16 angka."),
        "nik_koperasi.malformed": (
            "A nik_koperasi has 1 to 32 digits.",
            "nik_koperasi terdiri atas 1 sampai 32 angka.",
        ),
        "nik_koperasi.of_a_person": (
            "This reads as a person's NIK, which is not stored here; nik_koperasi is the cooperative's number.",
            "Ini terbaca sebagai NIK penduduk yang tidak disimpan di sini; nik_koperasi adalah nomor koperasi.",
        ),
    }
)


def normalise(milestone: str, text: str) -> str | Malformed:
    """The canonical text of the number that a milestone carries, or why it is none.

    SK AHU: `AHU-0023617.AH.01.29.TAHUN 2025`, its 6 or 7 digits as they are, for they are different numbers.
    NIB: 13 digits. NPWP: 16 digits. nik_koperasi: digits that mean nothing to us. Others: text on one line.
    """
    line = _BLANKS.sub(" ", text).strip()
    if len(text) > LONGEST or not line.isprintable():
        return Malformed(_MALFORMED.get(milestone, "number.malformed"))
    return _FORMS.get(milestone, _any)(line.translate(_DASHES))


def _sk_ahu(text: str) -> str | Malformed:
    form = _SK.fullmatch(text.upper())
    return f"AHU-{form[1]}.AH.01.{form[2]}.TAHUN {form[3]}" if form else Malformed("sk_number.malformed")


def _nib(text: str) -> str | Malformed:
    digits = _unmasked(text)
    return digits if digits is not None and len(digits) == 13 else Malformed("nib.malformed")


def _npwp(text: str) -> str | Malformed:
    digits = _unmasked(text)
    if digits is None or len(digits) not in (15, 16):
        return Malformed("npwp.malformed")
    return digits.zfill(16)


def _nik_koperasi(text: str) -> str | Malformed:
    digits = _unmasked(text)
    if digits is None or len(digits) > 32:
        return Malformed("nik_koperasi.malformed")
    return Malformed("nik_koperasi.of_a_person") if _POPULATION_NIK.fullmatch(digits) else digits


def _any(text: str) -> str | Malformed:
    return text or Malformed("number.malformed")


def _unmasked(text: str) -> str | None:
    digits = _MASK.sub("", text)
    return digits if _DIGITS.fullmatch(digits) else None


_FORMS: Mapping[str, Callable[[str], str | Malformed]] = MappingProxyType(
    {"sk_ahu": _sk_ahu, "nib": _nib, "npwp": _npwp, "nik_koperasi": _nik_koperasi}
)
_MALFORMED: Mapping[str, str] = MappingProxyType(
    {
        "sk_ahu": "sk_number.malformed",
        "nib": "nib.malformed",
        "npwp": "npwp.malformed",
        "nik_koperasi": "nik_koperasi.malformed",
    }
)
