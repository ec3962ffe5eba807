"""The words of access at the door: a role, a reach, a password."""

import re
import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from app.access.first_guesses import FIRST_GUESSES
from app.http.fields import fault

Role = Literal["viewer", "operator", "officer", "integrator", "admin"]
"""The names of `policy.ROLES`; a test holds the two together."""

_REACH = re.compile(r"(\d\d)(?:\.?(\d\d)(?:\.?(\d\d)(?:\.?([123]\d{3}))?)?)?", re.ASCII)


def reach(text: str) -> str:
    """The dotted form of a code prefix, dotted or not; a fault `region.malformed` otherwise."""
    form = _REACH.fullmatch(text)
    dotted = ".".join(part for part in form.groups() if part) if form else ""
    if not dotted or text not in (dotted, dotted.replace(".", "")):
        raise fault("region.malformed")
    return dotted


def password(text: str) -> str:
    """A password as it is hashed (Unicode NFC); a fault `password.common` for one that everybody tries first."""
    told = unicodedata.normalize("NFC", text)
    if told.casefold() in FIRST_GUESSES:
        raise fault("password.common")
    return told


Reach = Annotated[
    str,
    Field(max_length=20),
    AfterValidator(reach),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{2}(\.?\d{2}(\.?\d{2}(\.?[123]\d{3})?)?)?$",
            "examples": ["64.02.04"],
        }
    ),
]
"""A province, regency, district or village by its code: what lies beyond it does not exist for the caller."""
Password = Annotated[str, Field(min_length=8, max_length=256, repr=False), AfterValidator(password)]
"""A password that is set: 8 to 256 characters of any kind, none of the commonest (ASVS 5.0, 6.2)."""
GivenPassword = Annotated[
    str,
    Field(max_length=256, repr=False),
    AfterValidator(lambda text: unicodedata.normalize("NFC", text)),
]
"""A password that is offered: judged only by whether it is the right one."""
