"""Plant the faults, print who was noticed: a table, then each fault that no test noticed, with its line."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.mutants import mutants
from tests.mutation.running import Verdict, clean_seconds, judged, prepare
from tests.mutation.targets import TARGETS, Target

ROOT = Path(__file__).resolve().parents[2]
WANTED = 85


def main(names: Sequence[str]) -> int:
    """Judge the targets named, or all; 1 where a module's score is below what is wanted."""
    os.chdir(ROOT)
    os.nice(10)
    prepare()
    poor = [
        path
        for target in TARGETS
        if not names or target.name in names
        for path, score in _told(target)
        if score < WANTED
    ]
    if poor:
        _say(f"below {WANTED} %: {', '.join(poor)}")
    return 1 if poor else 0


def _told(target: Target) -> list[tuple[str, float]]:
    faults = [
        (_module(path), mutant)
        for path in target.modules
        for mutant in mutants((ROOT / path).read_text(), path, target.only, target.without)
    ]
    first = target.modules[0]
    seconds = clean_seconds(target, _module(first), compile((ROOT / first).read_text(), first, "exec"))
    verdicts = list(judged(target, faults, seconds=10 + 5 * seconds, at_once=os.cpu_count() or 1))
    return [
        (path, _score(path, [one for one in verdicts if one.module == _module(path)]))
        for path in target.modules
    ]


def _score(path: str, verdicts: Sequence[Verdict]) -> float:
    noticed = sum(one.noticed for one in verdicts)
    score = 100 * noticed / len(verdicts)
    _say(f"{path:40} {noticed:4}/{len(verdicts):<4} {score:5.1f} %")
    for one in sorted(verdicts, key=lambda one: one.mutant.line):
        if not one.noticed:
            _say(f"    {path}:{one.mutant.line}: {one.mutant.change}")
    return score


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
