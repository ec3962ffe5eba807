"""One engine's contest: the servers stand side by side, proven to answer alike, and take turns."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.data import Nation
from benchmarks.entrants import Entrant, bare
from benchmarks.equality import Side, ask, check
from benchmarks.load import drive
from benchmarks.rounds import Sample, interleave
from benchmarks.scenarios import SCENARIOS, draw
from benchmarks.servers import Server, serving

CONNECTIONS = 16  # enough that a server never waits for its next request
DRAWN = 5_000  # requests prepared for a round; asked again from the first when they run out
COMPARED = 20
WARM_UP, COMPARISON = -1, -2  # seeds, apart from the numbers of the rounds
WARM_UP_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and where: rounds, seconds of load in each, the servers' cores, a folder for their logs."""

    rounds: int
    seconds: float
    cores: set[int]
    folder: Path


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


def contest(title: str, entrants: dict[str, Entrant], nation: Nation, plan: Plan) -> Outcome:
    """Measure every scenario on the given servers, a bare one of the same answer size beside them.

    Raises UnequalAnswersError when ours and the textbook do not answer alike.
    """
    outcome = Outcome(title)
    with ExitStack() as stack:
        standing = {name: _enter(stack, name, entrant, plan) for name, entrant in entrants.items()}
        for scenario in SCENARIOS:
            size = _compare(scenario, standing, nation)
            with ExitStack() as shorter:
                taking_part = standing | {"bare": _enter(shorter, "bare", bare(size), plan)}
                outcome.samples[scenario] = _measure(scenario, taking_part, nation, plan, outcome)
                outcome.resident |= {name: one.server.resident_bytes() for name, one in taking_part.items()}
    return outcome


def _enter(stack: ExitStack, name: str, entrant: Entrant, plan: Plan) -> Contestant:
    log = plan.folder / f"{name}.log"
    running = serving(entrant.command, entrant.environment, port=entrant.port, cores=plan.cores, log=log)
    return Contestant(stack.enter_context(running), entrant.token)


def _compare(scenario: str, standing: dict[str, Contestant], nation: Nation) -> int:
    """Prove that the answers are equal; the size of one of them in bytes."""
    requests = draw(scenario, nation, seed=COMPARISON, number=COMPARED)
    first, *others = [Side(one.server.port, one.token) for one in standing.values()]
    for other in others:
        check(first, other, requests)
    return len(ask(first, requests[0]))


def _measure(
    scenario: str, taking_part: dict[str, Contestant], nation: Nation, plan: Plan, outcome: Outcome
) -> dict[str, list[Sample]]:
    def sample(name: str, number: int, seconds: float = plan.seconds) -> Sample:
        server, token = taking_part[name].server, taking_part[name].token
        requests = [request.bytes(token) for request in draw(scenario, nation, seed=number, number=DRAWN)]
        before = server.cpu_seconds()
        load = drive(server.port, requests, connections=CONNECTIONS, seconds=seconds)
        spent = server.cpu_seconds() - before
        outcome.generator_busy = max(outcome.generator_busy, load.busy)
        return Sample(answered=load.answered, failed=load.failed, seconds=load.seconds, cpu_seconds=spent)

    for name in taking_part:
        sample(name, WARM_UP, WARM_UP_SECONDS)
    return interleave(list(taking_part), plan.rounds, sample)
