"""What the number of a person (NIK) looks like in a text, so that none is ever kept (UU 24/2013 guards it).

Its 16 digits tell where and when: two each of a province (11 to 96), a regency and a district; the day of birth
(a woman's plus 40), the month and the year; four that count, from 0001. The number of a family card has the same
form and is as personal.
"""

import re
from collections.abc import Iterator

_APART = r"[ \u00a0.\u2010-\u2015\u2212-]{1,3}"
_PERHAPS = f"(?:{_APART})?"


def _form(*groups: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d){''.join(groups)}(?!\d)")


_FORMS = (
    _form(r"\d{12}", _PERHAPS, r"\d{4}"),
    _form(_APART.join([r"\d{4}"] * 4)),
    # Whoever divides within a part divides the place from the birthday too: 64.02.04.12.03.85.0001. Two dates in a
    # row, 11.05.2024-12.06.2024, have as many digits and are not divided there.
    _form(_PERHAPS.join([r"\d\d"] * 3), _APART, _PERHAPS.join([*[r"\d\d"] * 3, r"\d{4}"])),
)
_DIGIT = re.compile(r"\d")
_LENGTH = 16


def holds_population_nik(text: str) -> bool:
    """Whether a NIK stands anywhere in a text, bare or in groups set apart by blanks, dots or dashes.

    A longer run of digits holds none: that is some other number.
    """
    # Most texts are short of digits, and then there is nothing to look for.
    return len(_DIGIT.findall(text)) >= _LENGTH and any(map(_is_one, _candidates(text)))


def _candidates(text: str) -> Iterator[str]:
    for form in _FORMS:
        start = 0
        while found := form.search(text, start):
            yield "".join(_DIGIT.findall(found[0]))
            # Also what overlaps: another number may stand before it, and be taken for its first group.
            start = found.start() + 1


def _is_one(digits: str) -> bool:
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return (
        11 <= province <= 96
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and int(digits[12:]) > 0
    )
