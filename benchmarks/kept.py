"""What a run has found is kept on disk after every suite, so that no later failure and no rerun of one loses it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from benchmarks.report import section
from benchmarks.rounds import Spread
from benchmarks.stand import Finding


@dataclass(slots=True)
class Kept:
    """Findings by engine and suite; the newest of a suite takes the place of an older one."""

    path: Path | None = None
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path | None) -> Self:
        """What an earlier run left there; nothing where there was none."""
        if path is None or not path.exists():
            return cls(path)
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(path, {(one["engine"], one["suite"]): _finding(one["finding"]) for one in told})

    def add(self, engine: str, suite: str, finding: Finding) -> None:
        """Take a finding in, and write them all where they are kept."""
        self.findings[engine, suite] = finding
        if self.path:
            told = [
                {"engine": engine, "suite": suite, "finding": asdict(one)}
                for (engine, suite), one in self.findings.items()
            ]
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside = self.path.with_suffix(".new")
            beside.write_text(json.dumps(told, indent=1), encoding="utf-8")
            beside.replace(self.path)

    def figures(self) -> dict[tuple[str, str], Mapping[str, Spread]]:
        """The figures by engine and suite."""
        return {place: finding.figures for place, finding in self.findings.items()}

    def sections(self, order: tuple[str, ...]) -> Iterator[str]:
        """The texts, engine by engine, the suites in the given order."""
        ranked = sorted(self.findings, key=lambda place: (place[0] != "sqlite", order.index(place[1])))
        return (section(*place, self.findings[place].text) for place in ranked if self.findings[place].text)

    @property
    def flawless(self) -> bool:
        """Whether no suite failed and every answer of ours was the expected one."""
        return all(finding.flawless for finding in self.findings.values())


def _finding(told: dict[str, object]) -> Finding:
    figures = told["figures"]
    assert isinstance(figures, dict)
    return Finding(
        str(told["text"]),
        {name: Spread(**spread) for name, spread in figures.items()},
        flawless=bool(told["flawless"]),
    )
