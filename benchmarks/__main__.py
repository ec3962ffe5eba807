"""`python -m benchmarks`: measure ours beside its peers, print the ratios, exit with 1 when a goal is missed."""

import argparse
import logging
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import data, goals, machine, report
from benchmarks.contest import Plan
from benchmarks.data import Nation
from benchmarks.databases import ENGINES
from benchmarks.kept import Kept
from benchmarks.servers import split_cores
from benchmarks.stand import Finding, stand
from benchmarks.suites import SHORT, SUITES
from benchmarks.targets import GOALS

PEERS = Path(sys.prefix, "peers", "bin", "python")
logger = logging.getLogger("benchmarks")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--only", nargs="+", choices=SUITES, metavar="SUITE", help=f"of {', '.join(SUITES)}")
    parser.add_argument("--full", action="store_true", help="all suites, all peers, and ten times the nation")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each scenario (default 3)")
    parser.add_argument("--seconds", type=float, default=0.7, help="seconds of load in a round (default 0.7)")
    parser.add_argument("--regions", type=Path, help="a region table instead of synthetic villages")
    parser.add_argument(
        "--regencies", type=int, default=data.REGENCIES, help="fewer, to try the harness quickly"
    )
    parser.add_argument(
        "--peers", type=Path, default=PEERS, help="an interpreter that has the peers' packages"
    )
    parser.add_argument("--keep", type=Path, metavar="FILE.json", help="add to what earlier runs found there")
    parser.add_argument(
        "--write", type=Path, metavar="FILE.md", help="keep the report in a file, suite by suite"
    )
    return parser.parse_args()


def measure(
    engine: str, nation: Nation, plan: Plan, suites: Sequence[str], add: Callable[[str, str, Finding], None]
) -> None:
    """Fill the databases of one engine and run the suites on them in order, handing over each finding at once."""
    say(f"filling {engine}")
    waiting = list(suites)
    try:
        with stand(engine, nation, plan) as filled:
            while waiting:
                suite = waiting[0]
                say(f"measuring {suite} on {engine}")
                try:
                    finding = SUITES[suite](filled)
                except Exception as failed:  # the other suites still have something to say
                    logger.exception("%s on %s", suite, engine)
                    finding = unmeasured(filled.title, suite, failed)
                add(engine, waiting.pop(0), finding)
    except Exception as failed:  # and so has the other engine
        logger.exception("%s", engine)
        for suite in waiting:
            add(engine, suite, unmeasured(engine, suite, failed))


def unmeasured(title: str, suite: str, failed: Exception) -> Finding:
    """A suite that did not come to its end."""
    told = f"{type(failed).__name__}. {failed}"[:2000]
    return Finding(f"## {title}: {suite}\n\nNot measured: {told}\n", flawless=False)


def verdicts(kept: Kept) -> list[goals.Verdict]:
    """What the goals came to; none where only suites without a goal have run."""
    with_goals = {goal.suite for goal in GOALS}
    return (
        goals.judge(kept.figures(), GOALS) if any(suite in with_goals for _, suite in kept.findings) else []
    )


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what} ...", file=sys.stderr, flush=True)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that no server outlives its benchmark
    chosen = arguments()
    described, every = machine.describe(), os.sched_getaffinity(0)
    cores, others = split_cores(every)
    os.sched_setaffinity(0, others)  # the load generator, and the PostgreSQL that it starts
    nation = data.read(chosen.regions) if chosen.regions else data.synthetic(chosen.regencies)
    described["measured"] = (
        f"{len(nation.villages):,} villages, {chosen.rounds} rounds of {chosen.seconds:g} s"
    )
    wanted = chosen.only or (SUITES if chosen.full else SHORT)
    suites = [suite for suite in SUITES if suite in wanted]  # in their own order: later ones change the rows
    kept = Kept.at(chosen.keep)

    def text() -> str:
        return report.compose(described, list(kept.sections(tuple(SUITES))), verdicts(kept))

    def add(engine: str, suite: str, finding: Finding) -> None:
        kept.add(engine, suite, finding)
        if chosen.write:
            chosen.write.parent.mkdir(parents=True, exist_ok=True)
            chosen.write.write_text(text(), encoding="utf-8")

    for engine in chosen.engines:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            plan = Plan(
                chosen.rounds,
                chosen.seconds,
                cores,
                every,
                Path(folder),
                large=chosen.full,
                peers=chosen.peers,
            )
            measure(engine, nation, plan, suites, add)
    say("done")
    print(text())
    if not kept.flawless:
        print("Some answers were not the expected ones; see the columns `failed`.", file=sys.stderr)
    return 0 if kept.flawless and all(one.reached for one in verdicts(kept)) else 1


if __name__ == "__main__":
    sys.exit(main())
