"""`python -m benchmarks`: measure ours beside its peers, print the ratios, exit with 1 when a goal is missed."""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks import data, entrants, goals, machine, report
from benchmarks.contest import Outcome, Plan, contest
from benchmarks.data import Nation
from benchmarks.databases import ENGINES, pair
from benchmarks.servers import split_cores


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each scenario (default 5)")
    parser.add_argument("--seconds", type=float, default=2.0, help="seconds of load in a round (default 2)")
    parser.add_argument("--regions", type=Path, help="a region table instead of synthetic villages")
    parser.add_argument("--without-ours", action="store_true", help="only the peers; then no goal is judged")
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="keep the report in a file, too")
    return parser.parse_args()


def measure(engine: str, nation: Nation, plan: Plan, *, without_ours: bool) -> Outcome:
    """Fill the databases of one engine and hold its contest."""
    regions = plan.folder / "regions.csv"
    data.write(nation, regions)
    with pair(engine, plan.folder) as databases:
        taking_part = {} if without_ours else {"ours": entrants.ours(databases.ours, regions)}
        taking_part["textbook"] = entrants.textbook(databases.textbook, regions)
        databases.settle()
        return contest(databases.title, taking_part, nation, plan)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that no server outlives its benchmark
    chosen = arguments()
    described = machine.describe()
    servers, others = split_cores(os.sched_getaffinity(0))
    os.sched_setaffinity(0, others)  # the load generator, and the PostgreSQL that it starts
    nation = data.read(chosen.regions) if chosen.regions else data.synthetic()
    outcomes: dict[str, Outcome] = {}
    for engine in chosen.engines:
        print(f"measuring on {engine} ...", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder:
            plan = Plan(rounds=chosen.rounds, seconds=chosen.seconds, cores=servers, folder=Path(folder))
            outcomes[engine] = measure(engine, nation, plan, without_ours=chosen.without_ours)
    verdicts = [] if chosen.without_ours else goals.judge(outcomes)
    text = report.compose(described, outcomes, verdicts, villages=len(nation.villages), rounds=chosen.rounds)
    print(text)
    if chosen.write:
        chosen.write.parent.mkdir(parents=True, exist_ok=True)
        chosen.write.write_text(text, encoding="utf-8")
    return 0 if all(verdict.reached for verdict in verdicts) and goals.flawless(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
