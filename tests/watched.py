"""Whatever a test run logs or prints is read for personal values and secrets: one that is let out fails its test.

pytest captures the streams of the process, of those it starts that inherit them, and the records of logging; what a
command writes to a pipe of its own goes through `hold`.
"""

import re
from collections.abc import Iterable

import pytest

from tests.personal import PASSWORDS, VALUES

SECRETS = re.compile(r"br[a-z]_[A-Za-z0-9_-]{51}|whsec_[A-Za-z0-9+/]{43}")
"""What opens a door: a token of any kind, the secret of a webhook."""


class Watch:
    """How much was read in this run, by tests that ran an application, and what was found in it."""

    def __init__(self) -> None:
        self.read = 0
        self.served = False
        self.found: list[str] = []

    @property
    def blind(self) -> bool:
        """Whether there was something to read, and none of it was."""
        return self.served and not self.read

    def hold(self, text: str) -> str:
        """The text, read; a value in it fails the test that is running."""
        self.found += let_out(text)
        self.read += len(text)
        return text

    def add(self, read: int, *, served: bool) -> None:
        """Count what another process of this run has read."""
        self.read += read
        self.served |= served

    def judge(self, report: pytest.TestReport, fixtures: Iterable[str]) -> None:
        """Let a test fail that let something out, without repeating what."""
        self.served |= report.when == "call" and "application" in fixtures
        for _, text in report.sections:
            self.hold(text)
        found, self.found = self.found, []
        if found and report.passed:
            report.outcome = "failed"
            report.longrepr = f"what was logged or printed holds {', '.join(sorted(set(found)))}"


def let_out(text: str) -> list[str]:
    """What a text holds that it must not, in words that do not repeat it."""
    personal = [
        f"personal value {place}" for place, value in enumerate((*VALUES, *PASSWORDS)) if value in text
    ]
    return personal + ["a secret"] * bool(SECRETS.search(text))


watch = Watch()
