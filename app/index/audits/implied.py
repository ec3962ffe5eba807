"""What a published index implies for the rows that a known fault shows wrongly: their sum, never which is which."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from app.index.audit import INTERNET_ROWS_SHOWN_ALIKE, Explanation, Published
from app.index.editions import Edition, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """The true `sum` of some rows, and every way in which the rubric's scores add up to it."""

    indicators: tuple[str, ...]
    shown: tuple[int, ...]
    sum: int
    readings: tuple[tuple[int, ...], ...]
    text: Text


_OF_THE_PAIR = Text(
    en=(
        "The published IKS holds only if iks_30 and iks_31 add up to 6: one of them is 1 and the other 5. The sum"
        " cannot tell which. What speaks for iks_30 being the wrong one: of {known} open records of 2024 with this"
        " fault, the pair of 2023 stays as it was in {kept} if iks_31 is right as shown, and in {other} if iks_30"
        " is. That is evidence, not proof."
    ),
    id=(
        "IKS yang diterbitkan hanya sesuai apabila jumlah iks_30 dan iks_31 adalah 6: salah satunya 1 dan yang"
        " lain 5. Jumlah itu tidak dapat menunjukkan yang mana. Petunjuk bahwa iks_30 yang keliru: dari {known}"
        " data terbuka 2024 dengan kesalahan ini, pasangan skor 2023 tetap sama pada {kept} data bila iks_31 benar"
        " seperti yang tampil, dan pada {other} data bila iks_30 yang benar. Itu petunjuk, bukan bukti."
    ),
)
_COUNTED = {"known": 328, "kept": 294, "other": 1}
"""Counted in the 5,082 open records of 2021 to 2024; a test counts again. The other 33 keep neither pair."""


def implied(
    edition: Edition, explanation: Explanation | None, scores: bytes | None, published: Published | None
) -> Implied | None:
    """What holds of the rows if the explanation is right; None without one."""
    if explanation is None or scores is None or published is None:
        return None
    reading = READINGS.get(explanation.code)
    return reading and reading(edition, scores, published)


def _internet_pair(edition: Edition, scores: bytes, published: Published) -> Implied:
    pair = ("iks_30", "iks_31")
    at = [edition.position[name] for name in pair]
    iks = next(dimension for dimension in edition.dimensions if dimension.id == "iks")
    shown = tuple(scores[place] for place in at)
    # The explanation holds only where the published IKS is known and within its tolerance of a whole sum.
    total = round((published.iks or 0) * iks.divisor) - sum(scores[iks.rows]) + sum(shown)
    known = product(*(sorted(edition.admissible[place]) for place in at))
    return Implied(
        indicators=pair,
        shown=shown,
        sum=total,
        readings=tuple(reading for reading in known if sum(reading) == total),
        text=Text(en=_OF_THE_PAIR.en.format(**_COUNTED), id=_OF_THE_PAIR.id.format(**_COUNTED)),
    )


READINGS: Mapping[str, Callable[[Edition, bytes, Published], Implied]] = MappingProxyType(
    {INTERNET_ROWS_SHOWN_ALIKE.code: _internet_pair}
)
"""By the code of the explanation."""
