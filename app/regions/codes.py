"""A Kemendagri code is the address of a place, its prefix the region around it: `64.02.04` of `64.02.04.2001`.

Source: Permendagri 58/2021. The first digit of the village part is 1 for a kelurahan, 2 for a desa, 3 for a
desa adat. BPS numbers the same places otherwise (Kukar is 6403 there, 64.02 here), so a BPS code is refused
with a hint and never translated by arithmetic.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from app.http.fields import fault

KINDS = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}

_VILLAGE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})", re.ASCII)
_DOTTED = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)
_BARE = re.compile(r"(\d\d)(\d\d)?(\d\d)?(\d{4})?", re.ASCII)
_LENGTHS = (2, 5, 8, 13)


def kind_of(code: str) -> str:
    """The kind of a village by its code."""
    return KINDS[code[9]]


def district_of(code: str) -> str:
    """The district a village code lies in."""
    return code[:8]


def village_code(text: str) -> str:
    """The dotted form of a village code, dotted or bare; a fault `code.malformed` or `code.bps` otherwise."""
    form = _VILLAGE.fullmatch(text)
    if form is None or text.count(".") not in (0, 3):
        raise fault("code.malformed")
    if form[4][0] == "0":
        # Seven digits and three: that is how BPS numbers villages, mostly with a zero in front.
        raise fault("code.bps")
    if form[4][0] not in KINDS:
        raise fault("code.malformed")
    return ".".join(form.groups())


def region_code(text: str) -> str:
    """The dotted form of a region of any level, dotted or bare."""
    if _DOTTED.fullmatch(text):
        dotted = text
    else:
        form = _BARE.fullmatch(text) if len(text) in (2, 4, 6, 10) else None
        if form is None:
            raise fault(_misread(text))
        dotted = ".".join(part for part in form.groups() if part)
    return village_code(dotted) if len(dotted) == _LENGTHS[-1] else dotted


def _misread(text: str) -> str:
    return "code.bps" if re.fullmatch(r"\d{7}", text, re.ASCII) else "region.malformed"


VillageCode = Annotated[
    str,
    Field(max_length=20),
    AfterValidator(village_code),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{2}\.?\d{2}\.?\d{2}\.?[123]\d{3}$",
            "description": "Kemendagri code, `64.02.04.2001` or `6402042001`; a retired one is understood too",
            "examples": ["64.02.04.2001"],
        }
    ),
]
Region = Annotated[
    str,
    Field(max_length=20),
    AfterValidator(region_code),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{2}(\.?\d{2}(\.?\d{2}(\.?[123]\d{3})?)?)?$",
            "description": "a province, regency, district or village by its code, dotted or not",
            "examples": ["64.02.04"],
        }
    ),
]
