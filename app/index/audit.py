"""The audit of a stored year: published figures against their own rows; a cause is named only where it fits.

A figure agrees within half a unit of the fourth decimal, as far as the ministry's yearly file prints. A sum
can show that an offset is what a known fault would leave; it cannot show which row is the wrong one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.index.editions import Edition, Language, Text
from app.index.formula import Calculation, calculate, scores_out_of_rubric

TOLERANCE = 0.00005


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The figures an authority printed; `None` where it printed none. `status` in lower snake_case."""

    iks: float | None = None
    ike: float | None = None
    ikl: float | None = None
    idm: float | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that the rows do not bear out."""

    figure: str
    published: float | str
    computed: float | str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A known fault that leaves exactly these differences."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class OutsideRubric:
    """A score that the rubric does not know, kept because it was published so."""

    indicator: str
    score: int
    admissible: tuple[int, ...]

    @property
    def message(self) -> Text:
        """The warning as a sentence."""
        known = ", ".join(map(str, self.admissible))
        return Text(
            en=f"{self.indicator} carries {self.score}, outside the rubric, which knows {known}.",
            id=f"{self.indicator} bernilai {self.score}, di luar rubrik yang mengenal {known}.",
        )


@dataclass(frozen=True, slots=True)
class Audit:
    """The verdict: `consistent` is `None` where there is nothing to compare."""

    consistent: bool | None
    differences: tuple[Difference, ...]
    explanation: Explanation | None
    warnings: tuple[OutsideRubric, ...]


INTERNET_ROWS_SHOWN_ALIKE = Explanation(
    "internet_rows_shown_alike",
    Text(
        en=(
            "In 2024 the ministry's feed shows one value in both internet rows (iks_30 and iks_31), while its"
            " index keeps the true ones. Here the two rows are equal and the published IKS is 4 points off"
            " the sum of the rows, as that fault leaves it. The sum cannot tell which row is the wrong one."
        ),
        id=(
            "Pada 2024 data kementerian menampilkan satu nilai pada kedua baris internet (iks_30 dan iks_31),"
            " sedangkan indeks terbitannya memakai nilai yang benar. Di sini kedua baris sama dan IKS yang"
            " diterbitkan berselisih tepat 4 poin dari baris yang tampil, sebagaimana akibat kesalahan itu."
            " Jumlahnya tidak dapat menunjukkan baris mana yang keliru."
        ),
    ),
)


def audit(edition: Edition, *, year: int, scores: bytes | None, published: Published | None) -> Audit:
    """Compares the published figures with the rows, where both are known.

    Only figures that were published are compared. Without rows there are no warnings either.
    """
    if scores is None:
        return Audit(None, (), None, ())
    warnings = tuple(_outside_rubric(edition, scores))
    if published is None or published == Published():
        return Audit(None, (), None, warnings)
    calculation = calculate(edition, scores)
    differences = tuple(_differences(edition, calculation, published))
    cause = CAUSES.get((edition.id, year)) if differences else None
    return Audit(not differences, differences, cause and cause(edition, calculation, published), warnings)


def describe(result: Audit, language: Language) -> dict[str, Any]:
    """The `audit` member of a stored year, ready for JSON."""
    return {
        "consistent": result.consistent,
        "differences": [
            {"figure": found.figure, "published": found.published, "computed": found.computed}
            for found in result.differences
        ],
        "explanation": result.explanation
        and {"code": result.explanation.code, "text": result.explanation.text[language]},
        "warnings": [
            {
                "code": "score_outside_rubric",
                "indicator": warning.indicator,
                "score": warning.score,
                "admissible": list(warning.admissible),
                "message": warning.message[language],
            }
            for warning in result.warnings
        ],
    }


def _outside_rubric(edition: Edition, scores: bytes) -> Iterable[OutsideRubric]:
    for name in scores_out_of_rubric(edition, scores):
        at = edition.position[name]
        yield OutsideRubric(name, scores[at], tuple(sorted(edition.admissible[at])))


def _agree(published: float, computed: float) -> bool:
    # Rounded first: in binary 0.28 - 0.27995 is a hair more than 0.00005.
    return round(abs(published - computed), 12) <= TOLERANCE


def _figures(edition: Edition, calculation: Calculation) -> dict[str, float]:
    partial = zip(edition.dimensions, calculation.indices, strict=True)
    return {**{dimension.id: index for dimension, index in partial}, edition.index: calculation.value}


def _differences(edition: Edition, calculation: Calculation, published: Published) -> Iterable[Difference]:
    for figure, computed in _figures(edition, calculation).items():
        printed: float | None = getattr(published, figure)
        if printed is not None and not _agree(printed, computed):
            yield Difference(figure, printed, computed)
    if published.status is not None and published.status != calculation.status:
        yield Difference("status", published.status, calculation.status)


def _internet_rows(edition: Edition, calculation: Calculation, published: Published) -> Explanation | None:
    """Both rows are equal, and every published figure is what moving one of them by 4 points would give.

    The two rows know only 1 and 5, so a row shown as 5 can only have been 1, and the reverse: an offset the
    other way, or one beside a differing IKE or IKL, is not this fault and stays without a cause.
    """
    scores, at = calculation.scores, edition.position["iks_30"]
    true = {1: 5, 5: 1}.get(scores[at])
    if true is None or scores[at] != scores[edition.position["iks_31"]]:
        return None
    if None in (published.iks, published.ike, published.ikl):
        return None
    moved = calculate(edition, scores[:at] + bytes([true]) + scores[at + 1 :])
    return None if any(_differences(edition, moved, published)) else INTERNET_ROWS_SHOWN_ALIKE


CAUSES: Mapping[tuple[str, int], Callable[[Edition, Calculation, Published], Explanation | None]] = (
    MappingProxyType({("idm-2016", 2024): _internet_rows})
)
"""The known faults, by edition and year; every other difference is reported without a cause."""
