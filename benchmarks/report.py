"""The result as text: aligned Markdown tables, read in a terminal and kept in the docs as they are."""

from collections.abc import Mapping, Sequence

from benchmarks.contest import Outcome
from benchmarks.goals import Verdict
from benchmarks.lanes import CONNECTIONS
from benchmarks.rounds import Sample, Spread, cheaper, faster

COLUMNS = (
    "",
    "server",
    "× textbook, CPU",
    "× textbook, rate",
    "share of bare, CPU",
    "CPU µs / answer",
    "answers / s",
    "failed",
)


def figure(value: float) -> str:
    """Three digits that count; whole numbers from 100 on."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def spread(values: Spread) -> str:
    return f"{figure(values.median)} ({figure(values.low)}..{figure(values.high)})"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its columns padded to the widest cell."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in padded)


def _row(scenario: str, name: str, samples: Mapping[str, Sequence[Sample]]) -> list[str]:
    own, textbook, floor = samples[name], samples["textbook"], samples["bare"]
    return [
        scenario,
        name,
        "1" if name == "textbook" else spread(cheaper(own, textbook)),
        "1" if name == "textbook" else spread(faster(own, textbook)),
        f"{figure(100 * cheaper(own, floor).median)} %",
        spread(Spread.of([sample.cpu_micros for sample in own])),
        spread(Spread.of([sample.rate for sample in own])),
        str(sum(sample.failed for sample in own)),
    ]


def engine(outcome: Outcome) -> str:
    """The contest of one engine as a section."""
    measured = outcome.samples.items()
    rows = [_row(scenario, name, samples) for scenario, samples in measured for name in samples]
    memory = ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in outcome.resident.items())
    return (
        f"## {outcome.title}\n\n{table(COLUMNS, rows)}\n\n"
        f"Resident memory at the end: {memory}. "
        f"The load generator was busy {outcome.generator_busy:.0%} of its time at most.\n"
    )


def lanes_table(samples: Mapping[str, Sequence[Sample]]) -> str:
    """A line for each lane: what an answer (or a thing in it) costs, how many come, how long the worst waited."""
    rows = [
        [
            name,
            spread(Spread.of([sample.cpu_micros for sample in lane])),
            spread(Spread.of([sample.rate for sample in lane])),
            figure(max(sample.worst for sample in lane) * 1000),
            str(sum(sample.failed for sample in lane)),
        ]
        for name, lane in samples.items()
    ]
    return table(("lane", "CPU µs / answer", "answers / s", "longest wait, ms", "failed"), rows)


def _goals(verdicts: Sequence[Verdict]) -> str:
    rows = [
        [
            "reached" if verdict.reached else "MISSED",
            verdict.goal.number,
            verdict.goal.engine,
            verdict.goal.statement,
            spread(verdict.figure) if verdict.figure else "not measured",
        ]
        for verdict in verdicts
    ]
    return f"## Goals\n\n{table(('', 'goal', 'engine', 'statement', 'measured'), rows)}\n"


def compose(
    described: Mapping[str, str],
    sections: Sequence[str],
    verdicts: Sequence[Verdict],
    *,
    villages: int,
    rounds: int,
) -> str:
    """The whole report: what was measured and on what, the suites' sections, the goals."""
    facts = "\n".join(f"- {name}: {value}" for name, value in described.items())
    opening = (
        f"# Benchmarks\n\n{villages:,} villages, {rounds} interleaved rounds, {CONNECTIONS} connections. "
        "A figure is the median of the rounds (min..max); a ratio is taken within a round. CPU is the time "
        f"of the server's own process, user and system, for each answer with the expected status.\n\n{facts}\n"
    )
    return "\n".join([opening, *sections, _goals(verdicts)])
