"""Reading the ministry's own files, where they lie beside the repository."""

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data"


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, gzipped or not."""
    raw = (DATA / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
    yield from csv.DictReader(text.splitlines())


def word(status: str) -> str:
    """A status as the ministry writes it, as a word of this API."""
    return status.lower().replace(" ", "_")


def plain(sentence: str) -> str:
    """A sentence without its signs and capitals."""
    return re.sub(r"[\W_]+", " ", sentence).strip().casefold()
