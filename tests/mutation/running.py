"""A fault is judged in a process of its own, forked from one that has imported all that the faults cannot touch.

Law: nothing of ours is imported before the fork, so whatever the changed module feeds is made from it anew. Laws of
Hypothesis are tried with few examples, the same each time, and a failing one is not made smaller: noticing is enough.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import CodeType, ModuleType
from typing import Any, NamedTuple

import hypothesis
import pytest

from tests.mutation.mutants import Mutant
from tests.mutation.targets import Target

EXAMPLES = 20
OPTIONS = (
    "-qx",
    "--noconftest",
    "--assert=plain",
    "-pno:cacheprovider",
    "-panyio.pytest_plugin",
    "-ppytest_timeout",
    "-oaddopts=--import-mode=importlib",
    "-mnot official_data and not soak",
)
FIRST = ("orjson", "pydantic", "sqlalchemy", "fastapi", "httpx", "asyncpg", "structlog")


class Changed(MetaPathFinder, Loader):
    """Gives a module the code of its mutant when it is imported."""

    def __init__(self, module: str, code: CodeType) -> None:
        self._module = module
        self._code = code

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """Only the one module is ours to give."""
        return None if name != self._module else ModuleSpec(name, self, origin=self._code.co_filename)

    def exec_module(self, module: ModuleType) -> None:
        """Run what was changed."""
        exec(self._code, module.__dict__)  # noqa: S102  # that is what a mutant is for


class Fewer:
    """A plugin of pytest: laws are tried with few examples."""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Say so to every test that Hypothesis runs."""
        for item in items:
            said = getattr(item.obj, "_hypothesis_internal_use_settings", None)
            if said is not None:
                item.obj._hypothesis_internal_use_settings = hypothesis.settings(
                    said,
                    max_examples=min(said.max_examples, EXAMPLES),
                    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
                    derandomize=True,
                    database=None,
                    deadline=None,
                )


class Verdict(NamedTuple):
    """What the tests made of a mutant: its module, and whether they noticed."""

    module: str
    mutant: Mutant
    noticed: bool


def prepare() -> None:
    """Import what every judgement needs and no fault can touch."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in FIRST:
        import_module(name)


def clean_seconds(target: Target, module: str, code: CodeType) -> float:
    """How long the tests of a target take with a module as it is; raises `RuntimeError` if they fail then."""
    begun = time.monotonic()
    pid = _begin(target, Changed(module, code))
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 0:
        raise RuntimeError(f"the tests of {target.name} fail without any fault")
    return time.monotonic() - begun


def judged(
    target: Target, faults: Sequence[tuple[str, Mutant]], *, seconds: float, at_once: int
) -> Iterator[Verdict]:
    """Each mutant with its verdict; one that is not done after so many seconds is noticed, as it hangs."""
    waiting = list(reversed(faults))
    running: dict[int, tuple[str, Mutant, float]] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            module, mutant = waiting.pop()
            pid = _begin(target, Changed(module, mutant.code))
            running[pid] = (module, mutant, time.monotonic() + seconds)
        time.sleep(0.01)
        for pid, (module, mutant, until) in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del running[pid]
                yield Verdict(module, mutant, status != 0)
            elif time.monotonic() > until:
                os.killpg(pid, signal.SIGKILL)


def _begin(target: Target, changed: Changed) -> int:
    pid = os.fork()
    if not pid:
        status = 1
        try:
            status = _asked(target, changed)
        finally:
            os._exit(status)
    return pid


def _asked(target: Target, changed: Changed) -> int:
    os.setsid()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.meta_path.insert(0, changed)
    return int(pytest.main([*OPTIONS, *target.tests], plugins=[Fewer()]))
