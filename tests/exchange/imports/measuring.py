"""How long a child takes over a file and how much memory it has at most, as it tells itself at its end (on Linux)."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import app

_CHILD = """
import sys
from app.exchange.imports.confined import __main__ as child
child.main()
told = open("/proc/self/status").read()
sys.stderr.write(told.partition("VmHWM:")[2].split()[0])
"""


class Measured(NamedTuple):
    """The first line of the answer, the seconds from start to end, and the peak in KiB."""

    answer: bytes
    seconds: float
    peak: int


def measured(body: bytes, media: str) -> Measured:
    """A child that reads this file."""
    order = {"do": "read", "seconds": 60, "workbook": media != "text/csv", "known": ["nama", "kode"]}
    since = time.perf_counter()
    done = subprocess.run(  # noqa: S603  # our own code
        [sys.executable, "-c", _CHILD],
        input=json.dumps(order).encode() + b"\n" + body,
        capture_output=True,
        check=True,
        cwd=Path(app.__file__).parents[1],
    )
    return Measured(done.stdout.partition(b"\n")[0], time.perf_counter() - since, int(done.stderr))
