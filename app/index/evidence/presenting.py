"""The evidence as an answer: the registers as they are now, beside the official scores of the year asked for."""

from typing import Any

import orjson

from app.cooperatives.milestones import BY_NAME
from app.database.register import State
from app.http.answers import Answer, spoken, tagged
from app.http.ask import Ask
from app.http.catalogue import Language
from app.http.problems import NotFound
from app.index.editions import EDITIONS, Edition
from app.index.evidence import queries
from app.index.evidence.evidence import Cooperative, Ukm, findings
from app.index.evidence.texts import BASIS
from app.index.evidence.verdicts import Judged, judge, resulting
from app.index.formula import Calculation, calculate, pack
from app.index.tables import IDM_RECORDS, record_id
from app.villages.moved import village_at

LEGAL = BY_NAME["sk_ahu"].stage
"""The stage of a cooperative with a decree that is not dissolved."""
SHOWN = 20
"""Records that a row names; `records_total` counts them all."""


async def evidence_of(ask: Ask, code: str, year: int) -> Answer:
    """The evidence on a village's year; a retired code raises the 308, a year without an IDM is 404."""
    village = await village_at(ask, code)
    here = {"village_id": village["village_id"]}
    record = await IDM_RECORDS.find(ask.database, record_id(village["village_id"], year))
    if record is None:
        raise NotFound("idm_record.not_found", pointer="/path/year")
    cooperatives, ukms = [
        [orjson.loads(row[0]) for row in await ask.database.fetch(statement, here)]
        for statement in (queries.cooperatives_of_village, queries.ukms_of_village)
    ]
    told = _told(village, record, cooperatives, ukms, ask.language)
    answer = tagged(spoken(orjson.dumps(told), None, language=ask.language))
    answer.cache = b"no-cache"
    return answer


def _told(
    village: State, record: State, cooperatives: list[State], ukms: list[State], language: Language
) -> dict[str, Any]:
    edition = EDITIONS[record["edition"]]
    scores = record["scores"] and pack(edition, **record["scores"])
    found = findings(
        cooperatives=[_cooperative(one) for one in cooperatives if one["legality_stage"] == LEGAL],
        ukms=[_ukm(one) for one in ukms],
        households=village["households"],
    )
    judged = [judge(edition, scores, finding) for finding in found]
    return {
        "year": record["year"],
        "village_code": village["code"],
        "village_name": village["name"],
        "edition": edition.id,
        "as_of": max(one["updated_at"] for one in (village, record, *cooperatives, *ukms)),
        "official": _index(calculate(edition, scores)) if scores else _published(record),
        "resulting": _resulting(edition, scores, judged) if scores else None,
        "rows": [_row(edition, one, language) for one in judged],
    }


def _cooperative(told: State) -> Cooperative:
    lends = any(one["unit"] == "simpan_pinjam" and one["status"] == "aktif" for one in told["units"])
    return Cooperative(told["id"], told["name"], lends)


def _ukm(told: State) -> Ukm:
    return Ukm(told["id"], told["name"], told["scale"], told["kbli"], produces=bool(told["products"]))


def _index(calculation: Calculation) -> dict[str, Any]:
    return {"idm": calculation.value, "points": calculation.points, "status": calculation.status}


def _published(record: State) -> dict[str, Any]:
    published = record["published"]
    return {"idm": published["idm"], "points": None, "status": published["status"]}


def _resulting(edition: Edition, scores: bytes, judged: list[Judged]) -> dict[str, Any]:
    result = resulting(edition, scores, judged)
    return {**_index(result.calculation), "gain": result.gain, "raised": list(result.raised)}


def _row(edition: Edition, judged: Judged, language: Language) -> dict[str, Any]:
    finding = judged.finding
    official = () if judged.official_score is not None else ("official_score",)
    return {
        "indicator": finding.indicator,
        "name": edition.indicators[edition.position[finding.indicator]].name[language],
        "official_score": judged.official_score,
        "supported": {"known": finding.supported.known, **finding.supported._asdict()},
        "verdict": judged.verdict,
        "gain": judged.gain,
        "basis": BASIS[finding.indicator][language],
        "figures": {
            "numerator": finding.numerator,
            "uncertain": finding.uncertain,
            "denominator": finding.denominator,
        },
        "missing": [*official, *finding.missing],
        "records": [one._asdict() for one in finding.records[:SHOWN]],
        "records_total": len(finding.records),
    }
