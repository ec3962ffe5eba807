"""The IDM of a nation: entering and keeping it, calculating it anew, reporting on it, and a village's best plan."""

import csv
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

from app.index.editions import EDITIONS
from app.index.formula import calculate
from app.index.plans.planning import plan
from app.index.plans.raising import Wish
from benchmarks.contest import enter
from benchmarks.databases import fetch_value
from benchmarks.lanes import Lane, race, same
from benchmarks.report import figure, table
from benchmarks.rounds import Spread
from benchmarks.scenarios import get
from benchmarks.servers import run
from benchmarks.stand import Finding, Stand

EDITION = EDITIONS["idm-2016"]
YEAR, LONG_FORM, PLANS = 2024, 500, 200
SCAN = (
    "select count(*) from (select substr(village_code, 1, 8), status, count(*), avg(idm), avg(iks) "
    "from idm_records group by 1, 2) as scanned"
)


def drawn(random: Random) -> list[int]:
    """Admissible scores of one village, in official order."""
    return [random.choice(sorted(row.admissible)) for row in EDITION.indicators]


def measure(stand: Stand) -> Finding:
    """Ours enters every village by the command line; the long form, a row a score, holds some of them."""
    path = stand.plan.folder / "idm.csv"
    random = Random("idm")
    scores = [drawn(random) for _ in stand.nation.villages]
    _write(path, stand, scores)
    began = time.perf_counter()
    run([sys.executable, "-m", "app.cli", "idm", "load", str(path)], stand.ours.environment)
    entered = (time.perf_counter() - began) / len(scores)
    stand.databases.settle()
    long_form = _long_form(stand)
    packed = [bytes(of_village) for of_village in scores]
    begin = time.process_time()
    for of_village in packed:
        calculate(EDITION, of_village)
    recalculated = (time.process_time() - begin) / len(packed)
    figures = {
        "ingest: ORM / ours": Spread.only(long_form["ingest"] / entered),
        "recompute: long form / ours": Spread.only(long_form["recompute"] / recalculated),
        "plan, ms": _plans(packed),
        "report / scan": _report(stand),
    }
    if "bytes" in long_form:
        figures["scores: long form / ours, bytes"] = Spread.only(
            long_form["bytes"] / (len(EDITION.indicators) + 1)
        )
    rows = [
        [name, figure(spread.median), f"{figure(spread.low)}..{figure(spread.high)}"]
        for name, spread in figures.items()
    ]
    return Finding(f"## {stand.title}: the index\n\n{table(('what', 'median', 'range'), rows)}\n", figures)


def _write(path: Path, stand: Stand, scores: list[list[int]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("code", "year", "iks", "ike", "ikl", "idm", "status", "scores"))
        for village, of_village in zip(stand.nation.villages, scores, strict=True):
            lines.writerow((village.code, YEAR, "", "", "", "", "", "".join(map(str, of_village))))


def _long_form(stand: Stand) -> dict[str, float]:
    """Seconds and bytes a village of the long form."""
    command = [sys.executable, "-m", "benchmarks.peers.textbook_scores", str(stand.regions), str(LONG_FORM)]
    told: dict[str, float] = json.loads(run(command, stand.textbook.environment))
    return told


def _plans(packed: list[bytes]) -> Spread:
    """Milliseconds of CPU for the best plan to the top, villages drawn from all."""
    taken = []
    for scores in packed[:: max(1, len(packed) // PLANS)]:
        begin = time.process_time()
        plan(EDITION, scores, Wish(target="mandiri"))
        taken.append((time.process_time() - begin) * 1000)
    return Spread.of(taken)


def _report(stand: Stand) -> Spread:
    """How many national reports one client gets while the rows are scanned once."""
    scans = [fetch_value(stand.databases.ours, SCAN)[1] for _ in range(3)]
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        lane = Lane(ours.server, same([get(f"/v1/reports/idm-status?year={YEAR}")]), connections=1)
        samples = race({"report": lane}, rounds=stand.plan.rounds, seconds=stand.plan.seconds).samples[
            "report"
        ]
    return Spread.of([min(scans) * sample.rate for sample in samples])
