"""Schemathesis upon the whole document, in process: who calls, in which phases, and what was heard.

Schemathesis makes its requests from the OpenAPI document alone: examples, then the edges of every schema, then random
ones, valid and not, then chains of them. What it drew is the same for the same document; ids and days differ.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.python import asgi

from app.main import Berdaya
from tests.exchange.imports.sending import BOOK, book_of
from tests.fuzz.checks import OFF, OFF_AT, REFUSED
from tests.fuzz.known import Known, know

Phases = Mapping[str, int]
"""The phases to run, with how many random requests an operation gets (`fuzzing`) or chains there are (`stateful`).

`examples` and `coverage` follow from the document; their number is not looked at.
"""
_ALL = ("examples", "coverage", "fuzzing", "stateful")
_DRAWN = frozenset({"fuzzing", "stateful"})


@dataclass(slots=True)
class Heard:
    """What came of a run: the statuses by operation, the cases by phase, and each failure in a line."""

    statuses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    cases: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def reached(self) -> float:
        """The share of operations that were answered with a success."""
        successes = [told for told in self.statuses.values() if any(200 <= status < 300 for status in told)]
        return len(successes) / len(self.statuses)

    def unreached(self) -> list[str]:
        """The others."""
        return sorted(
            name for name, told in self.statuses.items() if not any(200 <= status < 300 for status in told)
        )


def fuzz(
    application: Berdaya,
    token: str,
    *,
    phases: Phases,
    known: Known,
    reach: str = "",
    tags: frozenset[str] = frozenset(),
    seed: int = 1,
) -> Heard:
    """Call every operation of these tags, or of all, as the holder of the token; half the time about what is known.

    The application must not be started; it is started and stopped here.
    """
    config = SchemathesisConfig.from_dict(_config(token, phases, reach, seed))
    schema: schemathesis.BaseSchema = schemathesis.openapi.from_asgi(
        "/openapi.json", application, config=config, timeout=600
    )
    if tags:
        # To exclude, since `include` adds to what the configuration of single operations includes, which is all.
        schema = schema.exclude(lambda context: not tags & set(context.operation.tags or ()))
    know(application, known)
    heard = Heard()
    try:
        for event in from_schema(schema).execute():
            _note(heard, event)
    finally:
        asgi.shutdown_lifespans()
    return heard


def _config(token: str, phases: Phases, reach: str, seed: int) -> dict[str, Any]:
    drawn = {name: {"generation": {"max-examples": phases[name]}} for name in _DRAWN & phases.keys()}
    return {
        "seed": seed,
        "headers": {"Authorization": f"Bearer {token}"},
        "continue-on-failure": True,
        "warnings": False,
        "request-timeout": 600,
        "generation": {"deterministic": True, "database": "none", "no-shrink": True},
        "phases": {name: {"enabled": name in phases, **drawn.get(name, {})} for name in _ALL},
        "checks": {
            **{name: {"enabled": False} for name in OFF},
            "negative_data_rejection": {"enabled": False, "expected-statuses": list(REFUSED)},
            "StaysInReach": {"reach": reach},
        },
        "operations": [{"include-name": name, "checks": checks} for name, checks in OFF_AT.items()],
    }


@schemathesis.serializer(BOOK)
def _workbook(context: schemathesis.SerializationContext, value: Any) -> bytes:
    """What is drawn for a file is sent as it is; a text becomes a workbook of one cell."""
    return value if isinstance(value, bytes) else book_of([str(value)])


def _note(heard: Heard, event: events.EngineEvent) -> None:
    if isinstance(event, events.ScenarioFinished):
        _note_answers(heard, event.phase.value, event.recorder)
    elif isinstance(event, events.NonFatalError):
        heard.failures[f"{event.label}: {event.value}"] = ""
    elif isinstance(event, events.FatalError):
        raise event.exception


def _note_answers(heard: Heard, phase: str, recorder: ScenarioRecorder) -> None:
    for id, interaction in recorder.interactions.items():
        heard.cases[phase] += 1
        if interaction.response is not None:
            operation = recorder.cases[id].value.operation.label
            heard.statuses[operation].add(interaction.response.status_code)
    for id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                operation = recorder.cases[id].value.operation.label
                line = f"{operation} [{phase}] {check.name}: {check.failure_info.failure.message}"
                heard.failures.setdefault(line, check.failure_info.code_sample)
