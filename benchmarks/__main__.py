"""`python -m benchmarks`: measure ours beside its peers, print the ratios, exit with 1 when a goal is missed."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import data, goals, machine, report
from benchmarks.contest import Plan
from benchmarks.data import Nation
from benchmarks.databases import ENGINES
from benchmarks.equality import UnequalAnswersError
from benchmarks.load import UnreadableAnswerError
from benchmarks.servers import ServerFailedError, split_cores
from benchmarks.stand import Finding, stand
from benchmarks.suites import SHORT, SUITES

FAILURES = (ServerFailedError, UnequalAnswersError, UnreadableAnswerError, OSError)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--only", nargs="+", choices=SUITES, metavar="SUITE", help=f"of {', '.join(SUITES)}")
    parser.add_argument("--full", action="store_true", help="all suites, and ten times the nation")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each scenario (default 5)")
    parser.add_argument("--seconds", type=float, default=2.0, help="seconds of load in a round (default 2)")
    parser.add_argument("--regions", type=Path, help="a region table instead of synthetic villages")
    parser.add_argument(
        "--regencies", type=int, default=data.REGENCIES, help="fewer, to try the harness quickly"
    )
    parser.add_argument("--write", type=Path, metavar="FILE.md", help="keep the report in a file, too")
    return parser.parse_args()


def measure(engine: str, nation: Nation, plan: Plan, suites: Sequence[str]) -> list[Finding]:
    """Fill the databases of one engine and run the suites on them, in order."""
    findings = []
    print(f"filling {engine} ...", file=sys.stderr)
    with stand(engine, nation, plan) as filled:
        for suite in suites:
            print(f"measuring {suite} on {engine} ...", file=sys.stderr)
            try:
                findings.append(SUITES[suite](filled))
            except FAILURES as failed:  # the other suites still have something to say
                told = f"## {filled.title}: {suite}\n\nNot measured: {type(failed).__name__}. {failed}\n"
                findings.append(Finding(told, flawless=False))
    return findings


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that no server outlives its benchmark
    chosen = arguments()
    described = machine.describe()
    cores, others = split_cores(os.sched_getaffinity(0))
    os.sched_setaffinity(0, others)  # the load generator, and the PostgreSQL that it starts
    nation = data.read(chosen.regions) if chosen.regions else data.synthetic(chosen.regencies)
    wanted = chosen.only or (SUITES if chosen.full else SHORT)
    suites = [suite for suite in SUITES if suite in wanted]  # in their own order: later ones change the rows
    found: dict[str, list[Finding]] = {}
    for engine in chosen.engines:
        with tempfile.TemporaryDirectory() as folder:
            plan = Plan(chosen.rounds, chosen.seconds, cores, Path(folder), large=chosen.full)
            found[engine] = measure(engine, nation, plan, suites)
    figures = {
        engine: {name: figure for finding in findings for name, figure in finding.figures.items()}
        for engine, findings in found.items()
    }
    verdicts = goals.judge(figures, suites)
    findings = [finding for of_engine in found.values() for finding in of_engine]
    sections = [finding.text for finding in findings]
    text = report.compose(described, sections, verdicts, villages=len(nation.villages), rounds=chosen.rounds)
    print(text)
    if chosen.write:
        chosen.write.parent.mkdir(parents=True, exist_ok=True)
        chosen.write.write_text(text, encoding="utf-8")
    flawless = all(finding.flawless for finding in findings)
    if not flawless:
        print("Some answers were not the expected ones; see the columns `failed`.", file=sys.stderr)
    return 0 if flawless and all(verdict.reached for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
