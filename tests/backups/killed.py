"""A restore that is killed the moment it goes to the database for the n-th time, for each n: `FILE PLACE PLACE …`.

Each step of a restore has a connection of its own, so this is between any two of them. It prints for each place
whether it came to its end there.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.backups.restoring import restore
from app.database.migrate import revisions
from app.database.sqlite_driver import sqlite
from tests.conftest import act_of


def count_on(reached: Callable[[], None]) -> None:
    """Have it called before each connection, of either driver."""
    connect = sqlite.connect

    def counted(*given: Any, **named: Any) -> Any:
        reached()
        return connect(*given, **named)

    sqlite.connect = counted
    sys.addaudithook(lambda event, told: reached() if event == "socket.connect" else None)


def killed_at(time: int, url: str, file: Path) -> bool:
    """Whether a process of its own, restoring there, was killed before its end."""
    child = os.fork()
    if not child:
        left = iter(range(time - 1))
        count_on(lambda: None if next(left, None) is not None else os.kill(os.getpid(), signal.SIGKILL))
        restore(url, file, act_of("restore"), erasures=[], audit_key=None)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


if __name__ == "__main__":
    revisions()  # all is imported before the first of them begins
    for number, place in enumerate(sys.argv[2:], start=1):
        print("killed" if killed_at(number, place, Path(sys.argv[1])) else "ended")  # noqa: T201  # its answer
