"""The child: reads one order and one file, answers once and ends; whatever the file does, it does it to nobody else.

In: a line of JSON (`do`, `seconds` and what the deed wants), then the file. Out: a line of JSON, then what was made.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from app.exchange.imports.confined.refused import Refused
from app.exchange.imports.wire import line, spoken

if sys.platform != "win32":  # there the parent's clock is the only limit
    import resource

MOST_MEMORY = 1 << 30
MOST_FILE = 200_000_000


def confine(seconds: int) -> None:
    """Give this process its limits, none of which it can take back: memory, time, files, dumps."""
    if sys.platform == "win32":
        return
    for what, limit in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MOST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def main() -> None:
    """Do what is asked on standard input; the answer goes to standard output."""
    order = json.loads(sys.stdin.buffer.readline())
    confine(order["seconds"])
    body = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        for piece in _DEEDS[order["do"]](body, order):
            out.write(piece)
    except Refused as refused:
        out.write(line({"refused": refused.code, "facts": refused.facts}))
    except MemoryError:
        out.write(line({"refused": "import.too_hard", "facts": {}}))
    except Exception as failed:  # noqa: BLE001  # a broken file breaks the parsers in ways nobody has counted
        out.write(line({"refused": "import.unreadable", "facts": {}, "why": type(failed).__name__}))
    out.flush()


def _read(body: bytes, order: dict[str, Any]) -> Iterator[bytes]:
    known = frozenset(order["known"])
    if order["workbook"]:
        from app.exchange.imports.confined.book import read_book  # noqa: PLC0415  # a CSV needs no openpyxl

        table = read_book(body, known)
    else:
        from app.exchange.imports.confined.delimited import read_delimited  # noqa: PLC0415  # nor the other this

        table = read_delimited(body, known)
    return spoken(table)


def _annotate(body: bytes, order: dict[str, Any]) -> Iterator[bytes]:
    from app.exchange.imports.confined.marking import Mark, marked_book, marked_text  # noqa: PLC0415  # as above

    marks = [Mark(*mark) for mark in order["marks"]]
    mark_all = marked_book if order["workbook"] else marked_text
    made = mark_all(body, frozenset(order["known"]), marks, order["words"])
    yield line({})
    yield made


_DEEDS = {"read": _read, "annotate": _annotate}

if __name__ == "__main__":
    main()
