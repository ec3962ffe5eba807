"""Real score strings of Indeks Desa 2025 without their villages, and scores made to measure, for these tests."""

import json
from dataclasses import dataclass
from pathlib import Path

from app.index.editions import EDITIONS
from app.index.formula import unpack

INDEKS_DESA = EDITIONS["indeks-desa-2025"]


@dataclass(frozen=True)
class Village:
    """127 scores with what the ministry's data unit made of them; `percent` to two decimals."""

    scores: bytes
    sums: tuple[int, ...]
    percent: float
    status: str
    broken: tuple[str, ...]

    @property
    def points(self) -> int:
        """The points of all six dimensions."""
        return sum(self.sums)


VILLAGES = [
    Village(
        scores=bytes(int(digit) for digit in record["scores"]),
        sums=tuple(record["sums"]),
        percent=record["percent"],
        status=record["status"],
        broken=tuple(record["broken"]),
    )
    for record in json.loads(Path(__file__).with_name("indeks_desa.json").read_text("utf-8"))
]
LOWEST, HIGHEST = VILLAGES[0], VILLAGES[7]


def items_worth(points: int) -> bytes:
    """127 scores from 1 to 5 that are worth this many points, 127 to 635, whatever the rubric knows."""
    return bytes(1 + min(4, max(0, points - 127 - 4 * row)) for row in range(127))


def told(scores: bytes) -> dict[str, list[int]]:
    """The scores as a client would tell them."""
    return unpack(INDEKS_DESA, scores)


def with_scores(scores: bytes, changes: dict[str, int]) -> bytes:
    """The same scores but for these rows."""
    changed = bytearray(scores)
    for row, score in changes.items():
        changed[INDEKS_DESA.position[row]] = score
    return bytes(changed)
