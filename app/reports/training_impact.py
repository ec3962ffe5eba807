"""Whether villages with a training gained more than those without: difference in differences, with its interval.

A village counts as trained where a training that is over (`selesai`) was held there after the first year and no
later than the second. Law: below a minimum of villages in either group there are no figures, only the reason.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import bindparam, case, literal_column, select

from app.database import Statement
from app.database.words import Year
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.catalogue import Language, Text
from app.http.fields import Output
from app.index.shown import UNITS_IN_ONE
from app.index.tables import idm_records
from app.reports.asking import Line, answered, bounds, within
from app.reports.idm_transitions import known_in, moved
from app.reports.welch import CONFIDENCE, difference
from app.reports.years import PeriodQuery, edition_of
from app.trainings.tables import trainings

MINIMUM = 10
"""Villages that each group needs: an interval over fewer says more than is known."""

INDICES = ("ike", "idm")
_OF_A_FIGURE = ("trained", "untrained", "difference", "low", "high")
_COLUMNS = (
    "index",
    "from",
    "to",
    "edition",
    "trained_villages",
    "untrained_villages",
    *_OF_A_FIGURE,
    "refusal",
)

NOTE = Text(
    "This compares, it proves no cause: which villages get a training is not left to chance, and what else happened "
    "in them is not known here.",
    "Ini perbandingan, bukan bukti sebab akibat: desa penerima pelatihan tidak dipilih secara acak, dan hal lain yang "
    "terjadi di desa itu tidak diketahui di sini.",
)
TOO_FEW = Text(
    "Each group needs at least {minimum} villages with an IDM and IKE in both years; there are {trained} with a "
    "training and {untrained} without. No effect is computed.",
    "Setiap kelompok memerlukan paling sedikit {minimum} desa yang memiliki IDM dan IKE pada kedua tahun; ada "
    "{trained} desa dengan pelatihan dan {untrained} tanpa pelatihan. Pengaruh tidak dihitung.",
)


class Group(Output):
    """One of the two groups."""

    villages: int = Field(description="with IDM and IKE in both years")


class Effect(Output):
    """The mean change of one index in each group, and how much larger it was where there was a training."""

    trained: float = Field(description="mean change of the villages with a training")
    untrained: float = Field(description="mean change of the villages without")
    difference: float = Field(description="`trained` less `untrained`")
    low: float = Field(description="lower end of the interval around `difference`")
    high: float = Field(description="its upper end; an interval that holds 0 shows no difference")


class Effects(Output):
    """The effect on the two indices."""

    ike: Effect
    idm: Effect


class ImpactRefusal(Output):
    """Why there are no figures."""

    code: str = Field(examples=["training_impact.too_few"])
    text: str = Field(description="in the caller's language")


class TrainingImpact(Output):
    """Change in villages with a training against change in those without."""

    from_: int = Field(alias="from")
    to: int
    edition: str | None
    region: str | None
    trained: Group
    untrained: Group
    minimum: int = Field(description="villages that each group needs")
    confidence: float = Field(description="of the interval, after Welch with Student's t")
    effect: Effects | None = Field(description="null where a group is too small")
    refusal: ImpactRefusal | None
    note: str = Field(description="what this does not say; in the caller's language")


def _moved() -> Statement:
    before, after = idm_records.alias("before"), idm_records.alias("after")
    taught = (
        select(trainings.c.village_code)
        .where(
            trainings.c.status == "selesai",
            trainings.c.year > bindparam("first", type_=Year),
            trainings.c.year <= bindparam("last", type_=Year),
            *within(trainings.c.village_code),
        )
        .distinct()
        .subquery("taught")
    )
    held = case((taught.c.village_code.is_(None), literal_column("0")), else_=literal_column("1"))
    moves = [moved(before, after, index) for index in INDICES]
    pairs = before.join(after, before.c.village_code == after.c.village_code)
    return Statement(
        select(held, *moves)
        .select_from(pairs.outerjoin(taught, taught.c.village_code == before.c.village_code))
        .where(
            *known_in(before, "first"),
            *known_in(after, "last"),
            *within(before.c.village_code),
            *(one.is_not(None) for one in moves),
        )
    )


_changes = _moved()


async def training_impact(ask: Ask, query: PeriodQuery) -> Answer:
    """The report; 422 where the two years cannot be compared."""
    first, last = query.period
    query = await ask.presently(query)
    values = {**bounds(query.region), "first": first, "last": last}
    rows = await ask.database.survey(_changes, values)
    # In a thread, as a nation's villages are some tenths of a second of arithmetic.
    compared = await asyncio.to_thread(_compared, rows, ask.language)
    told = {"from": first, "to": last, "edition": edition_of(first)}
    whole = {**told, "region": query.region, **compared, "note": NOTE.say(ask.language, {})}
    lines = (_row(index, whole) for index in INDICES)
    return answered(ask, query, whole, columns=_COLUMNS, lines=lines, spoken=True)


def _compared(rows: Iterable[Any], language: Language) -> Line:
    groups: tuple[list[Sequence[float]], ...] = ([], [])
    for held, *changes in rows:
        groups[held].append([units / UNITS_IN_ONE for units in changes])
    untrained, trained = groups
    enough = min(len(trained), len(untrained)) >= MINIMUM
    facts = {"minimum": MINIMUM, "trained": len(trained), "untrained": len(untrained)}
    refusal = {"code": "training_impact.too_few", "text": TOO_FEW.say(language, facts)}
    return {
        "trained": {"villages": len(trained)},
        "untrained": {"villages": len(untrained)},
        "minimum": MINIMUM,
        "confidence": CONFIDENCE,
        "effect": _effects(trained, untrained) if enough else None,
        "refusal": None if enough else refusal,
    }


def _effects(trained: Sequence[Sequence[float]], untrained: Sequence[Sequence[float]]) -> Line:
    return {
        index: dict(
            zip(
                _OF_A_FIGURE,
                difference([one[at] for one in trained], [one[at] for one in untrained]),
                strict=True,
            )
        )
        for at, index in enumerate(INDICES)
    }


def _row(index: str, whole: Line) -> Line:
    """An index as a line of a sheet."""
    return {
        **{name: whole[name] for name in ("from", "to", "edition")},
        "index": index,
        "trained_villages": whole["trained"]["villages"],
        "untrained_villages": whole["untrained"]["villages"],
        **(whole["effect"][index] if whole["effect"] else {}),
        "refusal": whole["refusal"] and whole["refusal"]["text"],
    }
