"""Plans ready for JSON: every change with what it is, what it is worth, what it costs and who pays for it."""

from typing import Any, NamedTuple

from app.index.editions import Edition, Language
from app.index.formula import Calculation, calculate
from app.index.plans.planning import Planned
from app.index.plans.raising import Wish, cost_of, payer_of
from app.index.plans.solving import Solution
from app.index.plans.wording import line_of, reason_of


class _Question(NamedTuple):
    """What was asked, of which index, and how the answer names and words it."""

    edition: Edition
    wish: Wish
    before: Calculation
    language: Language
    called: str


def describe(
    edition: Edition, planned: Planned, wish: Wish, language: Language, *, index: str
) -> dict[str, Any]:
    """The answer about these plans; `index` is what the figure of the index is called in it."""
    asked = _Question(edition, wish, planned.before, language, index)
    return {
        index: planned.before.value,
        "status": planned.before.status,
        "target_status": wish.target,
        "reachable": planned.reachable,
        "plans": [_plan(asked, solution) for solution in planned.solutions],
        "proof": {
            "optimal": True,
            "unit": "indicators" if wish.costs is None else "idr",
            "bound": planned.bound,
        },
        "unpriced": [edition.indicators[at].id for at in planned.unpriced],
        "reason": reason_of(edition, planned, wish, language),
    }


def raised(scores: bytes, solution: Solution) -> bytes:
    """The scores once a plan is done."""
    after = bytearray(scores)
    for at, to in solution.moves:
        after[at] = to
    return bytes(after)


def _plan(asked: _Question, solution: Solution) -> dict[str, Any]:
    edition, before = asked.edition, asked.before
    after = calculate(edition, raised(before.scores, solution))
    changes = [_change(asked, at, to) for at, to in solution.moves]
    cost = None if asked.wish.costs is None else solution.idr
    return {
        "summary": line_of(
            changes,
            index=edition.index.replace("_", " ").upper(),
            before=before.value,
            after=after.value,
            status=next(one.name for one in edition.statuses if one.id == after.status),
            cost=cost,
            language=asked.language,
        ),
        "changes": changes,
        "indicators": solution.indicators,
        "points": solution.points,
        "cost_idr": cost,
        asked.called: after.value,
        "status": after.status,
    }


def _change(asked: _Question, at: int, to: int) -> dict[str, Any]:
    edition, wish, language = asked.edition, asked.wish, asked.language
    row, score = edition.indicators[at], asked.before.scores[at]
    weight = next(one.weight for one in edition.dimensions if one.id == row.dimension)
    now = row.at.get(score)
    activity = now.activity if now else None
    return {
        "indicator": row.id,
        "name": row.name[language],
        "from": score,
        "to": to,
        "gain": (to - score) * weight / edition.total,
        "cost_idr": None if wish.costs is None else cost_of(wish, row.id, score, to),
        "payer": payer_of(row, wish.payers),
        "now": now.meaning[language] if now else None,
        "goal": row.at[to].meaning[language],
        "activity": activity[language] if activity else None,
    }
