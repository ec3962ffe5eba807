"""Ours beside its peers and the bare server: a village, a page with its count, a change; and all guards up."""

from collections.abc import Iterator

from benchmarks.contest import Outcome, contest
from benchmarks.entrants import guarded
from benchmarks.report import engine
from benchmarks.rivals import rivals
from benchmarks.rounds import Spread, cheaper
from benchmarks.stand import Finding, Stand

AGAINST = (("ours", "textbook"), ("ours", "bare"), ("guarded", "ours"), ("ours", "Starlette + driver"))


def measure(stand: Stand) -> Finding:
    """Hold the contest, answers proven equal before anything is timed."""
    reach = stand.nation.regions[0].code
    taking_part = {
        "ours": stand.ours,
        "guarded": guarded(stand.ours, reach=reach),
        "textbook": stand.textbook,
    }
    further, left_out = rivals(stand) if stand.plan.large else ({}, [])
    outcome = contest(stand.title, taking_part, stand.nation, stand.plan, rivals=further)
    outcome.left_out = left_out + outcome.left_out
    return Finding(engine(outcome), dict(figures(outcome)), flawless(outcome))


def figures(outcome: Outcome) -> Iterator[tuple[str, Spread]]:
    """How many times cheaper the first is than the second, as `one: ours / textbook`."""
    for scenario, samples in outcome.samples.items():
        for own, other in AGAINST:
            if own in samples and other in samples:
                yield f"{scenario}: {own} / {other}", cheaper(samples[own], samples[other])


def flawless(outcome: Outcome) -> bool:
    """Whether ours answered every request with 200."""
    held = (
        sample
        for samples in outcome.samples.values()
        for name in ("ours", "guarded")
        for sample in samples.get(name, ())
    )
    return all(sample.failed == 0 for sample in held)
