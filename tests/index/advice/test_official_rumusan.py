"""The recommendations against the ministry's own "rumusan", where they lie beside the repository."""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, NamedTuple

import pytest

from app.index.advice import ranking
from app.index.formula import calculate, describe, pack
from tests.conftest import OFFICIAL
from tests.index.village_years import IDM

pytestmark = pytest.mark.official_data

AT_SOURCE = {
    "pusat": "PUSAT",
    "provinsi": "PROV",
    "kabupaten": "KAB",
    "desa": "DESA",
    "csr": "CSR",
    "lainnya": "LAINNYA",
}
TWO_IN_ONE = {"kemenperpus arsip"}
"""One name at the source that means two offices."""
IKS_30 = IDM.position["iks_30"]


class Rumusan(NamedTuple):
    """A document: its summary, and its fifty rows in official order."""

    summary: dict[str, Any]
    rows: list[dict[str, Any]]

    @property
    def scores(self) -> bytes:
        """SKOR of every row."""
        return bytes(row["SKOR"] for row in self.rows)


@cache
def documents() -> list[Rumusan]:
    """The whole documents."""
    with gzip.open(OFFICIAL / "idm_rumusan_samples.jsonl.gz", "rt", encoding="utf-8") as lines:
        parsed = [json.loads(line)["mapData"] for line in lines]
    return [Rumusan(one["SUMMARIES"], [row for row in one["ROW"] if row["NO"] is not None]) for one in parsed]


def records() -> Iterator[tuple[bytes, dict[str, str]]]:
    """The scores of each published village-year, and its figures."""
    with gzip.open(OFFICIAL / "idm_official_open.csv.gz", "rt", encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            digits = {d.id: [int(digit) for digit in line[f"{d.id}_scores"]] for d in IDM.dimensions}
            yield pack(IDM, **digits), line


def word(status: str) -> str:
    """A status as the ministry prints it, in the words of the API."""
    return status.lower().replace(" ", "_")


def printed(gain: float) -> set[str]:
    """A gain as the ministry prints it, under either rounding of a half."""
    eight = (
        Decimal(gain).quantize(Decimal("1e-8"), rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )
    return {f"{value:f}" if value else "0" for value in eight}


def with_the_other_internet_row(scores: bytes) -> bytes:
    """The rows as the index of 2024 kept them, where the feed shows one value in both internet rows."""
    return scores[:IKS_30] + bytes([6 - scores[IKS_30]]) + scores[IKS_30 + 1 :]


class Top(NamedTuple):
    """The figures on top of a document."""

    value: float
    status: str
    target: str
    minimum: float
    increase: float


def agrees(scores: bytes, top: Top) -> bool:
    """Whether the figures on top of a document are those of the scores."""
    told = calculate(IDM, scores)
    return (
        abs(told.value - top.value) < 1e-9
        and (told.status, told.target_status) == (word(top.status), word(top.target))
        and told.target_score == top.minimum
        and abs(told.increase_needed - top.increase) < 1e-9
    )


def test_every_gain_of_every_document_is_printed_as_we_rank_it() -> None:
    compared = 0

    for document in documents():
        told = ranking.describe(IDM, ranking.ranked(IDM, document.scores), "id")
        ranks = {one["id"]: one for one in told}
        for indicator, row in zip(IDM.indicators, document.rows, strict=True):
            ours = ranks.get(indicator.id, {"score": 5, "gain": 0.0})
            assert (ours["score"], printed(ours["gain"])) == (row["SKOR"], {row["NILAI"]})
            compared += 1
        in_order = [Decimal(document.rows[IDM.position[one["id"]]]["NILAI"]) for one in told]
        assert in_order == sorted(in_order, reverse=True)

    assert compared == 73 * 50


def test_the_figures_on_top_of_every_document_are_ours() -> None:
    for document in documents():
        told = document.summary
        minimum = float(told["SKOR_MINIMAL"])
        top = Top(told["SKOR_SAAT_INI"], told["STATUS"], told["TARGET_STATUS"], minimum, told["PENAMBAHAN"])
        assert agrees(document.scores, top)

    assert len(documents()) == 73


def test_every_open_record_is_reproduced_and_328_of_2024_with_the_other_internet_row() -> None:
    outcomes: Counter[str] = Counter()

    for scores, line in records():
        value, minimum, increase = (float(line[name]) for name in ("idm", "target_score", "increase_needed"))
        top = Top(value, line["status"], line["target_status"], minimum, increase)
        if agrees(scores, top):
            outcomes["as shown"] += 1
        elif scores[IKS_30] == scores[IKS_30 + 1] and agrees(with_the_other_internet_row(scores), top):
            outcomes[f"with the other internet row of {line['year']}"] += 1
        else:
            outcomes["not ours"] += 1

    assert outcomes == {"as shown": 4754, "with the other internet row of 2024": 328}


def test_every_document_names_an_activity_and_executors_where_we_do() -> None:
    actors: dict[tuple[str, str], set[str]] = {}
    rows = 0

    for document in documents():
        told = describe(IDM, calculate(IDM, document.scores), "id")
        for ours, theirs in zip(told["indicators"], document.rows, strict=True):
            rows += 1
            assert (ours["activity"] is None) == (theirs["KEGIATAN"] in (None, "-")), ours["id"]
            for level, column in AT_SOURCE.items():
                words, named = ours["executors"][level], theirs[column]
                assert (words is None) == (named is None), (ours["id"], level)
                if named is None:
                    continue
                parts = [part.strip().casefold() for part in re.split(r"[,/]", named)]
                assert len(words) == len(parts) + len(TWO_IN_ONE & set(parts)), (ours["id"], level)
                if not TWO_IN_ONE & set(parts):
                    for part, actor in zip(parts, words, strict=True):
                        actors.setdefault((column, part), set()).add(actor)

    assert rows == 73 * 50
    assert len(actors) > 30
    assert {name: words for name, words in actors.items() if len(words) > 1} == {}
