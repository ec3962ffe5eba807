"""`python -m tests.migrations.dying URL N`: a migration whose process is killed right behind its N-th statement."""

import os
import signal
import sys
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from app.database.migrate import migrate


def main(url: str, last: int) -> None:
    """Migrate, and die on the way; come to an end where there are fewer statements."""
    number = count(1)

    @event.listens_for(Engine, "after_cursor_execute")
    def _dead(*told: Any) -> None:
        if next(number) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    migrate(url)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
