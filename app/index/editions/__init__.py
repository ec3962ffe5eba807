"""The published editions, by id: immutable data, each read from its file when first asked for and kept.

A change of any kind is a new edition: one JSON file beside the others, its name in `PUBLISHED`, and its digest in
the tests.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.index.editions.loading import EXECUTORS, build, read
from app.index.editions.model import (
    Dimension,
    Edition,
    Indicator,
    Language,
    Level,
    Regulation,
    Rows,
    Rule,
    Status,
    SubDimension,
    Text,
    Variable,
)

PUBLISHED = ("idm-2016", "indeks-desa-2025")


@cache
def _load(name: str) -> Edition:
    return read(_file(name))


def _file(name: str) -> Path:
    return Path(__file__).with_name(f"{name}.json")


def document(name: str) -> dict[str, Any]:
    """An edition as data, in both languages: its file, with the printed target scores as numbers."""
    data: dict[str, Any] = json.loads(_file(name).read_text("utf-8"))
    for status in data["statuses"]:
        status["target_score"] = float(status["target_score"])
    return data


class _Editions(Mapping[str, Edition]):
    def __getitem__(self, name: str) -> Edition:
        if name not in PUBLISHED:
            raise KeyError(name)
        return _load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(PUBLISHED)

    def __len__(self) -> int:
        return len(PUBLISHED)


EDITIONS: Mapping[str, Edition] = _Editions()
"""Every published edition; `EDITIONS["idm-2016"]` costs a few milliseconds once and nothing after."""

__all__ = [
    "EDITIONS",
    "EXECUTORS",
    "PUBLISHED",
    "Dimension",
    "Edition",
    "Indicator",
    "Language",
    "Level",
    "Regulation",
    "Rows",
    "Rule",
    "Status",
    "SubDimension",
    "Text",
    "Variable",
    "build",
    "document",
]
