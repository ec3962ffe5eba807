"""The result as text: aligned Markdown tables, read in a terminal and kept in the docs as they are."""

from collections.abc import Mapping, Sequence

from benchmarks.contest import Outcome
from benchmarks.goals import Verdict
from benchmarks.lanes import CONNECTIONS
from benchmarks.rounds import Sample, Spread, cheaper, faster

RERUN = "python -m benchmarks"
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


def failures(samples: Sequence[Sample]) -> str:
    """How many answers were not the expected ones, and which statuses they had."""
    told = sorted({sample.others for sample in samples if sample.others})
    number = sum(sample.failed for sample in samples)
    return f"{number} ({'; '.join(told)})" if told else str(number)


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
        failures(own),
    ]


def engine(outcome: Outcome) -> str:
    """The contest of one engine as a section."""
    measured = outcome.samples.items()
    rows = [_row(scenario, name, samples) for scenario, samples in measured for name in samples]
    memory = ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in outcome.resident.items())
    left_out = "".join(f"\nLeft out: {line}\n" for line in outcome.left_out)
    return (
        f"## {outcome.title}: peers\n\n{table(COLUMNS, rows)}\n\n"
        f"Resident memory at the end: {memory}. "
        f"The load generator was busy {outcome.generator_busy:.0%} of its time at most.\n{left_out}"
    )


def lanes_table(samples: Mapping[str, Sequence[Sample]]) -> str:
    """A line for each lane: what an answer (or a thing in it) costs, how many come, how long the worst waited."""
    rows = [
        [
            name,
            spread(Spread.of([sample.cpu_micros for sample in lane])),
            spread(Spread.of([sample.rate for sample in lane])),
            figure(max(sample.worst for sample in lane) * 1000),
            failures(lane),
        ]
        for name, lane in samples.items()
    ]
    return table(("lane", "CPU µs / answer", "answers / s", "longest wait, ms", "failed"), rows)


def goals(verdicts: Sequence[Verdict]) -> str:
    """What each goal came to, then the reasons of those that were missed."""
    rows = [
        [
            "reached" if verdict.reached else "MISSED",
            verdict.goal.number,
            verdict.engine,
            f"{verdict.goal.statement}, {verdict.goal.reach.value}",
            spread(verdict.figure) if verdict.figure else "not measured",
            f"`{RERUN} --only {verdict.goal.suite} --engines {verdict.engine}`",
        ]
        for verdict in verdicts
    ]
    header = ("", "goal", "engine", "statement", "measured", "again")
    missed = [
        f"- {verdict.goal.number}, {verdict.engine}, {verdict.goal.statement}: "
        f"{spread(verdict.figure) if verdict.figure else 'not measured'}. "
        f"{verdict.goal.reason or 'It has been reached before: something has got slower'}.\n"
        for verdict in verdicts
        if not verdict.reached
    ]
    why = f"\n### Why some are missed\n\n{''.join(missed)}" if missed else ""
    return f"## Goals\n\n{table(header, rows)}\n{why}"


def section(engine: str, suite: str, text: str) -> str:
    """A suite's section with the command that measures it again."""
    return f"{text}\nAgain: `{RERUN} --only {suite} --engines {engine}`.\n"


def compose(described: Mapping[str, str], sections: Sequence[str], verdicts: Sequence[Verdict]) -> str:
    """The whole report: on what it was measured, what each goal came to, the suites' sections."""
    facts = "\n".join(f"- {name}: {value}" for name, value in described.items())
    opening = (
        f"# Benchmarks\n\nA figure is the median of interleaved rounds (min..max), by {CONNECTIONS} connections where "
        "no other number is told; a ratio is taken within a round. CPU is the time of the server's own processes, user "
        "and system, for each answer with the expected status. `make bench` measures the goals in some minutes, "
        f"`make bench-full` all of this.\n\n{facts}\n"
    )
    return "\n".join([opening, goals(verdicts), *sections])
