"""Reads a published edition from its data; one whose parts do not add up is refused, never half believed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.index.editions.model import (
    Dimension,
    Edition,
    Indicator,
    Level,
    Regulation,
    Rows,
    Rule,
    Status,
    SubDimension,
    Text,
    Variable,
)

EXECUTORS = ("pusat", "provinsi", "kabupaten", "desa", "csr", "lainnya")
"""The levels of government, and beside them companies and everyone else, in the order of the source."""


def read(path: Path) -> Edition:
    """The edition in a JSON file; raises `ValueError` where its parts contradict each other."""
    return build(json.loads(path.read_text("utf-8")))


def build(data: Mapping[str, Any]) -> Edition:
    """The edition of parsed JSON data; raises `ValueError` as `read` does."""
    variables = tuple(Variable(v["id"], Text(**v["name"]), v["sub_dimension"]) for v in data["variables"])
    indicators = _indicators(data, {v.id: v.sub_dimension for v in variables})
    edition = Edition(
        id=data["id"],
        index=data["index"],
        name=Text(**data["name"]),
        regulation=Regulation(data["regulation"]["number"], Text(**data["regulation"]["title"])),
        years=(data["years"][0], data["years"][1]),
        verified_years=(data["verified_years"][0], data["verified_years"][1]),
        note=Text(**data["note"]),
        total=data["total"],
        statuses=tuple(Status(**{**status, "name": Text(**status["name"])}) for status in data["statuses"]),
        dimensions=tuple(_dimension(dimension, data, indicators) for dimension in data["dimensions"]),
        variables=variables,
        actors=MappingProxyType({word: Text(**name) for word, name in data["actors"].items()}),
        rules=tuple(_rule(rule) for rule in data["rules"]),
        indicators=indicators,
    )
    faults = list(_faults(edition))
    if faults:
        raise ValueError(f"{edition.id}: {'; '.join(faults)}")
    return edition


def _indicators(data: Mapping[str, Any], sector_of: Mapping[str, str]) -> tuple[Indicator, ...]:
    dimension_of = {sector["id"]: sector["dimension"] for sector in data["sub_dimensions"]}
    return tuple(
        Indicator(
            id=row["id"],
            name=Text(**row["name"]),
            dimension=dimension_of[sector_of[row["variable"]]],
            sub_dimension=sector_of[row["variable"]],
            variable=row["variable"],
            levels=tuple(
                Level(level["score"], Text(**level["meaning"]), _text(level["activity"]))
                for level in row["levels"]
            ),
            executors=MappingProxyType({word: _words(row["executors"][word]) for word in EXECUTORS}),
            note=_text(row["note"]),
        )
        for row in data["indicators"]
    )


def _dimension(dimension: Mapping[str, Any], data: Mapping[str, Any], rows: Sequence[Indicator]) -> Dimension:
    return Dimension(
        id=dimension["id"],
        name=Text(**dimension["name"]),
        divisor=dimension["divisor"],
        weight=dimension["weight"],
        rows=_slice([at for at, row in enumerate(rows) if row.dimension == dimension["id"]]),
        sub_dimensions=tuple(
            SubDimension(
                id=sector["id"],
                name=Text(**sector["name"]),
                dimension=sector["dimension"],
                rows=_slice([at for at, row in enumerate(rows) if row.sub_dimension == sector["id"]]),
                maximum=sum(row.maximum for row in rows if row.sub_dimension == sector["id"]),
            )
            for sector in data["sub_dimensions"]
            if sector["dimension"] == dimension["id"]
        ),
    )


def _rule(rule: Mapping[str, Any]) -> Rule:
    when, then = rule["when"], rule["then"]
    return Rule(
        id=rule["id"],
        when=Rows(tuple(when["indicators"]), frozenset(when["scores"])),
        count=when["count"],
        then=Rows(tuple(then["indicators"]), frozenset(then["scores"])),
        message=Text(**rule["message"]),
    )


def _slice(positions: Sequence[int]) -> slice:
    """Sums are taken over a slice of bytes, so the rows of a sector must stand side by side."""
    if not positions or list(positions) != list(range(positions[0], positions[-1] + 1)):
        raise ValueError(f"rows {list(positions)} do not stand side by side")
    return slice(positions[0], positions[-1] + 1)


def _text(value: Mapping[str, str] | None) -> Text | None:
    return None if value is None else Text(**value)


def _words(value: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)


def _faults(edition: Edition) -> Iterable[str]:
    """What an official would find on adding up by hand."""
    yield from _faults_of_the_scale(edition)
    yield from _faults_of_the_rows(edition)
    yield from _faults_of_the_rules(edition)


def _faults_of_the_scale(edition: Edition) -> Iterable[str]:
    reach = [status.at_most for status in edition.statuses]
    if sum(dimension.divisor * dimension.weight for dimension in edition.dimensions) != edition.total:
        yield "the weighted divisors do not make the total"
    if reach != sorted(set(reach)) or reach[-1] != edition.total:
        yield "the cut-offs do not rise to the total"
    if not {status.target for status in edition.statuses} <= {status.id for status in edition.statuses}:
        yield "a status aims at an unknown one"


def _faults_of_the_rows(edition: Edition) -> Iterable[str]:
    if len(edition.position) != len(edition.indicators):
        yield "an indicator stands twice"
    for dimension in edition.dimensions:
        if sum(row.maximum for row in edition.indicators[dimension.rows]) != dimension.divisor:
            yield f"the best scores of {dimension.id} do not make its divisor"
    for row in edition.indicators:
        if [level.score for level in row.levels] != sorted(row.admissible):
            yield f"the levels of {row.id} do not rise"
        if not {word for words in row.executors.values() for word in words or ()} <= edition.actors.keys():
            yield f"{row.id} names an unknown actor"


def _faults_of_the_rules(edition: Edition) -> Iterable[str]:
    if len({rule.id for rule in edition.rules}) != len(edition.rules):
        yield "a rule stands twice"
    for rule in edition.rules:
        for rows in (rule.when, rule.then):
            known = [edition.position.get(row) for row in rows.indicators]
            if not all(at is not None and rows.scores <= edition.admissible[at] for at in known):
                yield f"the rule {rule.id} names an unknown row or score"
        if not 0 <= rule.count <= len(rule.when.indicators):
            yield f"the rule {rule.id} can never apply"
