"""What our registers show of a row is a count in its band: what we do not hold is unknown, never 0.

The bands are those of the rubric (SOP of the IDM, rows ike_01, ike_08, ike_09). A count of which more may exist
than we hold gives a range: at least the score of what we hold, at most that of what may exist.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final, Literal, NamedTuple

Bands = tuple[tuple[int, int], ...]
"""(count from which it holds, score), ascending."""

INSTITUTIONS: Final[Bands] = ((0, 1), (1, 3), (2, 5))
"""ike_09, by the number of active cooperatives and BUMDes."""
CREDIT_KINDS: Final[Bands] = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5))
"""ike_08, by the number of kinds of credit."""
MICRO_INDUSTRIES: Final[Bands] = ((0, 1), (1, 3), (4, 5))
"""ike_01, by micro-industries per 1,000 households, half-open: 1 below 0.001, 3 below 0.004, 5 from there on.

The printed bands (0.001 to 0.003, from 0.004) leave a gap; what falls into it has not reached 0.004, so it is 3.
"""

CREDITS = ("kur", "kkpe", "kuk", "kredit_lainnya")
"""The kinds of credit that the rubric counts; the savings and loan unit of a cooperative is of the last."""
MANUFACTURING = range(10, 34)
"""The KBLI divisions of section C (industri pengolahan), by their first two digits."""


class Cooperative(NamedTuple):
    """A cooperative with a decree that is not dissolved; `lends`: its savings and loan unit is active."""

    id: str
    name: str
    lends: bool


class Ukm(NamedTuple):
    """A UKM of the village; `scale` and `kbli` are None where not reported, `produces`: it names its products."""

    id: str
    name: str
    scale: str | None
    kbli: str | None
    produces: bool


class Record(NamedTuple):
    """A thing in the register that a figure rests on; not `counted` where the register does not tell enough."""

    type: Literal["cooperative", "ukm"]
    id: str
    name: str
    counted: bool


class Supported(NamedTuple):
    """The scores that our registers allow, from `score` to `at_most`; both None where they say nothing."""

    score: int | None
    at_most: int | None

    @property
    def known(self) -> str:
        """`exact`, `at_least` or `unknown`."""
        if self.score is None:
            return "unknown"
        return "exact" if self.score == self.at_most else "at_least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What we hold of one row.

    `numerator` was counted (None: the register holds nothing to count from), `uncertain` more may count,
    `denominator` is what they are divided by, where the row has one. `missing` keeps the score from being exact.
    """

    indicator: str
    supported: Supported
    numerator: int | None
    uncertain: int = 0
    denominator: int | None = None
    missing: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()


def score_at(bands: Bands, count: int) -> int:
    """The score of a count, which belongs to the highest band that it reaches."""
    return bands[bisect_right(bands, count, key=lambda band: band[0]) - 1][1]


def findings(
    *, cooperatives: Sequence[Cooperative], ukms: Sequence[Ukm], households: int | None
) -> tuple[Finding, ...]:
    """Every row that our registers can speak of, in official order."""
    return (micro_industries(ukms, households), credit(cooperatives), institutions(cooperatives))


def micro_industries(ukms: Sequence[Ukm], households: int | None) -> Finding:
    """ike_01: micro-industries per household; unknown without households, or where no UKM is registered at all."""
    counted = [ukm for ukm in ukms if is_micro_industry(ukm) is True]
    uncertain = [ukm for ukm in ukms if is_micro_industry(ukm) is None]
    supported, missing = Supported(None, None), _unknown(ukms, households)
    if households and ukms:
        supported = Supported(
            _per_household(len(counted), households),
            _per_household(len(counted) + len(uncertain), households),
        )
        missing = () if supported.known == "exact" else ("ukm_profiles",)
    return Finding(
        indicator="ike_01",
        supported=supported,
        numerator=len(counted) if ukms else None,
        uncertain=len(uncertain),
        denominator=households,
        missing=missing,
        records=tuple(
            Record("ukm", ukm.id, ukm.name, one)
            for ukm, one in chain(zip(counted, repeat(True)), zip(uncertain, repeat(False)))
        ),
    )


def is_micro_industry(ukm: Ukm) -> bool | None:
    """Whether a UKM is of scale mikro and makes something; None where the register does not tell.

    Its KBLI says whether it is an industry; without one, the products it names do. A UKM without a scale is not
    taken for a micro one: neither its sales nor its capital are known.
    """
    makes = int(ukm.kbli[:2]) in MANUFACTURING if ukm.kbli else ukm.produces or None
    facts = (None if ukm.scale is None else ukm.scale == "mikro", makes)
    if False in facts:
        return False
    return None if None in facts else True


def credit(cooperatives: Sequence[Cooperative]) -> Finding:
    """ike_08: at least the one kind that active savings and loan units are; KUR, KKPE and KUK we do not hold."""
    lending = [one for one in cooperatives if one.lends]
    kinds = min(len(lending), 1)
    return _at_least("ike_08", CREDIT_KINDS, kinds, lending, beyond=CREDITS[: len(CREDITS) - kinds])


def institutions(cooperatives: Sequence[Cooperative]) -> Finding:
    """ike_09: at least the legal cooperatives, each in every village that forms it; BUMDes we do not hold."""
    return _at_least("ike_09", INSTITUTIONS, len(cooperatives), cooperatives, beyond=("bumdes",))


def _at_least(
    indicator: str, bands: Bands, count: int, rested_on: Iterable[Cooperative], *, beyond: tuple[str, ...]
) -> Finding:
    """A count to which what lies `beyond` our registers may add."""
    supported = Supported(score_at(bands, count), bands[-1][1])
    return Finding(
        indicator=indicator,
        supported=supported,
        numerator=count,
        missing=() if supported.known == "exact" else beyond,
        records=tuple(Record("cooperative", one.id, one.name, counted=True) for one in rested_on),
    )


def _per_household(count: int, households: int) -> int:
    # Every band begins at a whole number of thousandths, so rounding down moves nothing across an edge.
    return score_at(MICRO_INDUSTRIES, count * 1000 // households)


def _unknown(ukms: Sequence[Ukm], households: int | None) -> tuple[str, ...]:
    lacking: tuple[tuple[str, bool], ...] = (("households", not households), ("ukm", not ukms))
    return tuple(name for name, lacks in lacking if lacks)
