"""One engine's contest: the servers stand side by side, proven to answer alike, and take turns."""

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.data import Nation
from benchmarks.entrants import Entrant, bare
from benchmarks.equality import Side, UnequalAnswersError, answers, ask, check
from benchmarks.lanes import Lane, race
from benchmarks.load import UnreadableAnswerError, drive
from benchmarks.rounds import Sample
from benchmarks.scenarios import SCENARIOS, draw
from benchmarks.servers import Server, ServerFailedError, serving

DRAWN = 5_000  # requests prepared for a round; asked again from the first when they run out
COMPARED = 20
COMPARISON = -2  # a seed apart from the numbers of the rounds
READING = frozenset({"one", "page"})


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and where: rounds, seconds of load in each, the cores of servers and all, a folder for logs.

    `large` is whether every peer takes part, and ten times the nation is held, which takes some minutes to fill.
    `peers` is the interpreter that has the packages of the peers.
    """

    rounds: int
    seconds: float
    cores: set[int]
    every: set[int]
    folder: Path
    large: bool = False
    peers: Path = Path(sys.executable)


@dataclass(slots=True)
class Outcome:
    """Samples by scenario and server, memory in bytes by server, the generator's busiest round (0..1)."""

    title: str
    samples: dict[str, dict[str, list[Sample]]] = field(default_factory=dict)
    resident: dict[str, int] = field(default_factory=dict)
    generator_busy: float = 0.0
    left_out: list[str] = field(default_factory=list)


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


def contest(
    title: str, entrants: dict[str, Entrant], nation: Nation, plan: Plan, *, rivals: Mapping[str, Entrant]
) -> Outcome:
    """Measure every scenario on the given servers, a bare one of the same answer size beside them.

    Raises UnequalAnswersError when ours and the textbook do not answer alike. A rival that does not is left out.
    """
    outcome = Outcome(title)
    with ExitStack() as stack:
        standing = {name: enter(stack, name, entrant, plan) for name, entrant in entrants.items()}
        further = _admit(stack, rivals, plan, outcome)
        for scenario in SCENARIOS:
            fit = {name: one for name, one in standing.items() if scenario in READING or not one.names}
            size, alike = _compare(scenario, fit, further, nation, outcome)
            fit |= alike
            with ExitStack() as shorter:
                taking_part = fit | {"bare": enter(shorter, "bare", bare(size), plan)}
                _measure(scenario, taking_part, nation, plan, outcome)
                outcome.resident |= {name: one.server.resident_bytes() for name, one in taking_part.items()}
    return outcome


def _admit(
    stack: ExitStack, rivals: Mapping[str, Entrant], plan: Plan, outcome: Outcome
) -> dict[str, Contestant]:
    admitted = {}
    for name, entrant in rivals.items():
        try:
            admitted[name] = enter(stack, name, entrant, plan)
        except ServerFailedError as failed:
            outcome.left_out.append(f"{name}: it did not start ({str(failed)[-300:].strip()})")
    return admitted


def enter(stack: ExitStack, name: str, entrant: Entrant, plan: Plan) -> Contestant:
    """Start a server that runs until the stack is left."""
    log = plan.folder / f"{name}.log"
    running = serving(entrant.command, entrant.environment, port=entrant.port, cores=plan.cores, log=log)
    return Contestant(stack.enter_context(running), entrant.token, entrant.names)


def _compare(
    scenario: str,
    standing: Mapping[str, Contestant],
    rivals: Mapping[str, Contestant],
    nation: Nation,
    outcome: Outcome,
) -> tuple[int, dict[str, Contestant]]:
    """Prove that the answers are equal; the size of one of them in bytes, and the rivals that answer alike.

    Everybody is asked once, so that a change leaves all of them with the same versions.
    """
    requests = draw(scenario, nation, seed=COMPARISON, number=COMPARED)
    first, *others = standing.values()
    expected = answers(_side(first), requests)
    for other in others:
        check(expected, _side(other), requests)
    alike = {}
    for name, rival in rivals.items():
        try:
            check(expected, _side(rival), requests)
            drive(rival.server.port, rival.asks("one", nation, COMPARISON), connections=1, seconds=0.1)
            alike[name] = rival
        except (UnequalAnswersError, UnreadableAnswerError, OSError, ValueError) as unlike:
            outcome.left_out.append(f"{name}, {scenario}: {str(unlike)[:300]}")
    reading = draw("one" if scenario == "patch" else scenario, nation, seed=COMPARISON, number=1)
    return len(ask(_side(first), reading[0])), alike


def _side(contestant: Contestant) -> Side:
    return Side(contestant.server.port, contestant.token)


def _measure(
    scenario: str, taking_part: dict[str, Contestant], nation: Nation, plan: Plan, outcome: Outcome
) -> None:
    lanes = {name: Lane(one.server, partial(one.asks, scenario, nation)) for name, one in taking_part.items()}
    held = race(lanes, rounds=plan.rounds, seconds=plan.seconds)
    outcome.samples[scenario] = held.samples
    outcome.generator_busy = max(outcome.generator_busy, held.generator_busy)
