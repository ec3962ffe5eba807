"""How a person is reached: a phone number in E.164 and an e-mail address, each checked by its form alone.

Nothing is dialled or looked up; a number written as people here write it (0812…, 0541…) is Indonesian.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic.json_schema import WithJsonSchema

from app.http.fields import fault

_REGION = "ID"
_PHONE = re.compile(r"\+?[0-9 ()./-]{3,30}", re.ASCII)


def phone_number(text: str) -> str:
    """The number in E.164, as `+6281200000000`; a fault `phone.malformed` for what no telephone plan holds."""
    import phonenumbers  # noqa: PLC0415  # a tenth of a second that a server without a number to check is spared

    # The library would also read letters as keys and drop an extension: neither is a number to keep.
    if not _PHONE.fullmatch(text.strip()):
        raise fault("phone.malformed")
    try:
        number = phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException as wrong:
        raise fault("phone.malformed") from wrong
    if not phonenumbers.is_valid_number(number):
        raise fault("phone.malformed")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email_address(text: str) -> str:
    """The address with its domain in lower case; a fault `email.malformed` for what RFC 5321 does not allow."""
    import email_validator  # noqa: PLC0415  # as above

    try:
        return email_validator.validate_email(text.strip(), check_deliverability=False).normalized
    except email_validator.EmailNotValidError as wrong:
        raise fault("email.malformed") from wrong


Phone = Annotated[
    str,
    Field(max_length=40),
    AfterValidator(phone_number),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": 40,
            "pattern": r"^\s*\+?[0-9 ()./-]{3,30}\s*$",
            "description": "a phone number, Indonesian unless it begins with `+`; kept in E.164",
            "examples": ["+6281200000000"],
        }
    ),
]
Email = Annotated[
    str,
    Field(max_length=254),
    AfterValidator(email_address),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
