"""One engine's contest: the servers stand side by side, proven to answer alike, and take turns."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.data import Nation
from benchmarks.entrants import Entrant, bare
from benchmarks.equality import Side, ask, check
from benchmarks.lanes import Lane, race
from benchmarks.rounds import Sample
from benchmarks.scenarios import SCENARIOS, draw
from benchmarks.servers import Server, serving

DRAWN = 5_000  # requests prepared for a round; asked again from the first when they run out
COMPARED = 20
COMPARISON = -2  # a seed apart from the numbers of the rounds
READING = frozenset({"one", "page"})


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and where: rounds, seconds of load in each, the servers' cores, a folder for their logs.

    `large` is whether ten times the nation is held, too, which takes some minutes to fill.
    """

    rounds: int
    seconds: float
    cores: set[int]
    folder: Path
    large: bool = False


@dataclass(slots=True)
class Outcome:
    """Samples by scenario and server, memory in bytes by server, the generator's busiest round (0..1)."""

    title: str
    samples: dict[str, dict[str, list[Sample]]] = field(default_factory=dict)
    resident: dict[str, int] = field(default_factory=dict)
    generator_busy: float = 0.0


@dataclass(frozen=True, slots=True)
class Contestant:
    """A server that runs, and the token it accepts."""

    server: Server
    token: str
    names: bool = False

    def asks(self, scenario: str, nation: Nation, number: int) -> list[bytes]:
        """The requests of a round, as this server is asked them."""
        drawn = draw(scenario, nation, seed=number, number=DRAWN)
        return [request.bytes(self.token, named=self.names) for request in drawn]


def contest(title: str, entrants: dict[str, Entrant], nation: Nation, plan: Plan) -> Outcome:
    """Measure every scenario on the given servers, a bare one of the same answer size beside them.

    Raises UnequalAnswersError when ours and the textbook do not answer alike.
    """
    outcome = Outcome(title)
    with ExitStack() as stack:
        standing = {name: enter(stack, name, entrant, plan) for name, entrant in entrants.items()}
        for scenario in SCENARIOS:
            fit = {name: one for name, one in standing.items() if scenario in READING or not one.names}
            size = _compare(scenario, fit, nation)
            with ExitStack() as shorter:
                taking_part = fit | {"bare": enter(shorter, "bare", bare(size), plan)}
                _measure(scenario, taking_part, nation, plan, outcome)
                outcome.resident |= {name: one.server.resident_bytes() for name, one in taking_part.items()}
    return outcome


def enter(stack: ExitStack, name: str, entrant: Entrant, plan: Plan) -> Contestant:
    """Start a server that runs until the stack is left."""
    log = plan.folder / f"{name}.log"
    running = serving(entrant.command, entrant.environment, port=entrant.port, cores=plan.cores, log=log)
    return Contestant(stack.enter_context(running), entrant.token, entrant.names)


def _compare(scenario: str, standing: dict[str, Contestant], nation: Nation) -> int:
    """Prove that the answers are equal; the size of one of them in bytes."""
    requests = draw(scenario, nation, seed=COMPARISON, number=COMPARED)
    first, *others = [Side(one.server.port, one.token) for one in standing.values()]
    for other in others:
        check(first, other, requests)
    return len(ask(first, requests[0]))


def _measure(
    scenario: str, taking_part: dict[str, Contestant], nation: Nation, plan: Plan, outcome: Outcome
) -> None:
    lanes = {name: Lane(one.server, partial(one.asks, scenario, nation)) for name, one in taking_part.items()}
    held = race(lanes, rounds=plan.rounds, seconds=plan.seconds)
    outcome.samples[scenario] = held.samples
    outcome.generator_busy = max(outcome.generator_busy, held.generator_busy)
