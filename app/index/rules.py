"""Which dependency rules of an edition a set of scores breaks; a broken rule is a warning, never a fault."""

from typing import Any, NamedTuple

from app.index.editions import Edition, Language, Rule


class Broken(NamedTuple):
    """A rule, and those of the rows it speaks of that do not have the score it expects."""

    rule: Rule
    indicators: tuple[str, ...]


def broken(edition: Edition, scores: bytes) -> tuple[Broken, ...]:
    """The rules that these scores break, in the edition's order; `scores` holds a byte for each row."""
    score = dict(zip(edition.position, scores, strict=True))
    found = (Broken(rule, _outside(rule, score)) for rule in edition.rules if _applies(rule, score))
    return tuple(one for one in found if one.indicators)


def describe_broken(edition: Edition, scores: bytes, language: Language) -> list[dict[str, Any]]:
    """The warnings of a calculation, ready for JSON."""
    return [
        {
            "rule": rule.id,
            "indicators": list(indicators),
            "expected": sorted(rule.then.scores),
            "message": rule.message[language],
        }
        for rule, indicators in broken(edition, scores)
    ]


def _applies(rule: Rule, score: dict[str, int]) -> bool:
    return sum(score[row] in rule.when.scores for row in rule.when.indicators) == rule.count


def _outside(rule: Rule, score: dict[str, int]) -> tuple[str, ...]:
    return tuple(row for row in rule.then.indicators if score[row] not in rule.then.scores)
