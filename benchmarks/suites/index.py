"""The IDM of a nation: entering and keeping it, calculating it anew, reporting on it, and a village's best plan."""

import csv
import json
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random

from app.index.editions import EDITIONS
from app.index.formula import calculate
from app.index.plans.planning import plan
from app.index.plans.raising import Wish
from benchmarks import equality
from benchmarks.contest import enter
from benchmarks.databases import fetch
from benchmarks.lanes import Lane, race, same
from benchmarks.report import figure, table
from benchmarks.rounds import Spread, faster
from benchmarks.scenarios import Request, get
from benchmarks.servers import run
from benchmarks.stand import Finding, Stand

EDITION = EDITIONS["idm-2016"]
YEAR, PLANS, AGAIN = 2024, 200, 3
SAMPLE = 4_200
"""Villages that both sides enter and calculate; in the long form that is fifty rows each."""
QUARTER = 4
"""The short form enters and reports on a quarter of the nation, on both sides."""
SCAN = (
    "select count(*) from (select substr(village_code, 1, 8), status, count(*), avg(idm), avg(iks) "
    "from idm_records group by 1, 2) as scanned"
)
BYTES = (
    "select sum(pg_column_size(digits)) * 1.0 / count(*), pg_total_relation_size('idm_records') * 1.0 / count(*) "
    "from idm_records"
)
LONG_BYTES = "select pg_total_relation_size('textbook_scores') * 1.0 / count(*) from textbook_scores"
DIGITS = "select village_id, digits from idm_records"
KNOWN = (
    f"update textbook_villages set idm_year = {YEAR}, idm_score = (id % 1000) / 1000.0, idm_status = "
    "case id % 5 when 0 then 'maju' when 1 then 'tertinggal' when 2 then 'mandiri' else 'berkembang' end"
)
RAISED = {"target_status": "mandiri", "payers": ["dana_desa", "apbd_kabupaten"]}


def drawn(random: Random) -> bytes:
    """Admissible scores of one village, in official order."""
    return bytes(random.choice(sorted(row.admissible)) for row in EDITION.indicators)


def measure(stand: Stand) -> Finding:
    """Both sides enter the same sample of villages and calculate it anew; then ours enters the rest and reports."""
    random = Random("idm")
    villages = stand.nation.villages
    held = len(villages) if stand.plan.large else len(villages) // QUARTER
    codes = [village.code for village in villages[:held]]
    scores = [drawn(random) for _ in codes]
    sample, rest = stand.plan.folder / "sample.csv", stand.plan.folder / "rest.csv"
    size = min(SAMPLE, len(codes))
    _write(sample, codes[:size], scores[:size])
    _write(rest, codes[size:], scores[size:])
    entered = _load(sample, stand)
    command = [sys.executable, "-m", "benchmarks.peers.textbook_scores", str(sample)]
    long_form: dict[str, float] = json.loads(run(command, stand.textbook.environment))
    stand.databases.settle()
    figures = {"ingest: ORM / ours": Spread.only(long_form["ingest"] / entered)}
    figures["recompute: long form / ours"] = Spread.only(long_form["recompute"] / _recomputed(stand))
    if stand.engine == "postgres":
        figures |= _sizes(stand)
    took = _load(rest, stand) if rest.stat().st_size and codes[size:] else 0.0
    stand.databases.settle()
    figures["villages entered a second"] = Spread.only(len(codes[size:]) / took if took else size / entered)
    figures["plan, ms"] = _plans(scores)
    figures |= _over_http(stand, codes)
    rows = [
        [name, figure(spread.median), f"{figure(spread.low)}..{figure(spread.high)}"]
        for name, spread in figures.items()
    ]
    told = f"{size:,} villages on both sides, {len(codes):,} in the report."
    return Finding(
        f"## {stand.title}: the index\n\n{told}\n\n{table(('what', 'median', 'range'), rows)}\n", figures
    )


def _write(path: Path, codes: Sequence[str], scores: Sequence[bytes]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("code", "year", "iks", "ike", "ikl", "idm", "status", "scores"))
        for code, of_village in zip(codes, scores, strict=True):
            lines.writerow((code, YEAR, "", "", "", "", "", "".join(map(str, of_village))))


def _load(path: Path, stand: Stand) -> float:
    """Seconds that `berdaya idm load` takes, its own start among them."""
    began = time.perf_counter()
    run([sys.executable, "-m", "app.cli", "idm", "load", str(path)], stand.ours.environment)
    return time.perf_counter() - began


def _recomputed(stand: Stand) -> float:
    """Seconds to read all scores and calculate index and status from them, at best."""
    best = float("inf")
    for _ in range(AGAIN):
        rows, seconds = fetch(stand.databases.ours, DIGITS)
        began = time.perf_counter()
        for _village, digits in rows:
            calculate(EDITION, bytes(map(int, digits)))
        best = min(best, seconds + time.perf_counter() - began)
    return best


def _sizes(stand: Stand) -> dict[str, Spread]:
    (scores, record), (long_form,) = (
        [float(value) for value in fetch(url, statement)[0][0]]
        for url, statement in ((stand.databases.ours, BYTES), (stand.databases.textbook, LONG_BYTES))
    )
    fifty = long_form * len(EDITION.indicators)
    return {
        "scores: long form / ours, bytes": Spread.only(fifty / scores),
        "whole table with its documents: long form / ours, bytes": Spread.only(fifty / record),
    }


def _plans(packed: Sequence[bytes]) -> Spread:
    """Milliseconds of CPU for the best plan to the top: villages drawn from all, and the two extremes."""
    lowest, highest = (bytes(of(row.admissible) for row in EDITION.indicators) for of in (min, max))
    taken = []
    for scores in (lowest, highest, *packed[:: max(1, len(packed) // PLANS)]):
        begin = time.process_time()
        plan(EDITION, scores, Wish(target="mandiri"))
        taken.append((time.process_time() - begin) * 1000)
    return Spread.of(taken)


def _over_http(stand: Stand, codes: Sequence[str]) -> dict[str, Spread]:
    """The national report beside the textbook's, which scans; unchanged, it is a 304; and what a plan costs in all."""
    fetch(stand.databases.textbook, f"{KNOWN} where code <= '{codes[-1]}'")
    scans = [fetch(stand.databases.ours, SCAN)[1] for _ in range(AGAIN)]
    some = codes[:: max(1, len(codes) // PLANS)]
    body, address = json.dumps(RAISED).encode(), f"/v1/reports/idm-status?year={YEAR}"
    asked = [Request("POST", f"/v1/villages/{code}/idm/{YEAR}/plans", body) for code in some]
    reporting = [word.replace("textbook:app", "textbook_report:app") for word in stand.textbook.command]
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        textbook = enter(stack, "textbook", replace(stand.textbook, command=reporting), stand.plan)
        unchanged = get(address, f"If-None-Match: {equality.fetch(ours.server.port, address)[1]['etag']}")
        plans = [request.bytes(ours.token) for request in asked]
        lanes = {
            "report": Lane(ours.server, same([get(address)]), connections=1),
            "unchanged": Lane(ours.server, same([unchanged]), connections=1, expected=b"304"),
            "textbook": Lane(textbook.server, same([get(address)]), connections=1),
            "plan": Lane(ours.server, same(plans), connections=1),
        }
        samples = race(lanes, rounds=stand.plan.rounds, seconds=stand.plan.seconds).samples
    report, scanned = samples["report"], samples["textbook"]
    return {
        "report: ours / textbook's scan, rate": faster(report, scanned),
        "unchanged report: ours / textbook's scan, rate": faster(samples["unchanged"], scanned),
        "report over HTTP / the scan in SQL alone": Spread.of(
            [min(scans) * sample.rate for sample in report]
        ),
        "plan over HTTP, CPU ms": Spread.of([sample.cpu_micros / 1000 for sample in samples["plan"]]),
    }
