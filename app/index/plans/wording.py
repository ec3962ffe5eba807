"""What plans say for people, in both languages: the reason why none suffices, and a plan as one line."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.index.editions import Edition, Language, Text
from app.index.plans.planning import Planned, Reason
from app.index.plans.raising import Wish

REASONS: Mapping[Reason, Text] = MappingProxyType(
    {
        "plan.over_budget": Text(
            en="{target} costs at least Rp{bound}, Rp{short} more than the budget; the plan is the furthest it goes.",
            id="{target} memerlukan paling sedikit Rp{bound}, Rp{short} melebihi anggaran; rencana ini capaian"
            " terjauhnya.",
        ),
        "plan.prices_missing": Text(
            en="With the rows and scores that have a price, {missing} of {total} points are missing for {target};"
            " rows without any price: {unpriced}.",
            id="Dengan baris dan skor yang berharga, {target} masih kurang {missing} dari {total} poin; baris tanpa"
            " harga: {unpriced}.",
        ),
        "plan.too_few_rows": Text(
            en="Even with every row that may be used at full marks, {missing} of {total} points are missing for"
            " {target}; it takes more payers, or fewer rows left out.",
            id="Sekalipun semua baris yang boleh dipakai bernilai penuh, {target} masih kurang {missing} dari {total}"
            " poin; perlu lebih banyak pembiaya, atau lebih sedikit baris yang dikecualikan.",
        ),
    }
)

_CHANGE = Text(en="{name} from {score} to {to}", id="{name} dari {score} ke {to}")
_NOTHING = Text(en="Nothing needs to change", id="Tidak ada yang perlu diubah")
_LINE = Text(
    en="{changes}: {index} {before:.4f} → {after:.4f}, {status}",
    id="{changes}: {index} {before:.4f} → {after:.4f}, {status}",
)


def reason_of(edition: Edition, planned: Planned, wish: Wish, language: Language) -> dict[str, str] | None:
    """Why the status is not reached, or None."""
    if planned.reason is None:
        return None
    status = next(one for one in edition.statuses if one.id == wish.target)
    bound, none = planned.bound or 0, {"en": "none", "id": "tidak ada"}[language]
    facts = {
        "target": status.name[language],
        "bound": rupiah(bound, language),
        "short": rupiah(bound - (wish.budget or 0), language),
        "missing": planned.missing,
        "total": edition.total,
        "unpriced": ", ".join(edition.indicators[at].id for at in planned.unpriced) or none,
    }
    return {"code": planned.reason, "text": REASONS[planned.reason][language].format_map(facts)}


def line_of(
    changes: Sequence[Mapping[str, object]],
    *,
    index: str,
    before: float,
    after: float,
    status: Text,
    cost: int | None,
    language: Language,
) -> str:
    """A plan as one line: what is raised, from which index to which, what that is called, and its cost."""
    told = "; ".join(
        _CHANGE[language].format(name=one["name"], score=one["from"], to=one["to"]) for one in changes
    )
    line = _LINE[language].format(
        changes=told or _NOTHING[language],
        index=index,
        before=before,
        after=after,
        status=status[language],
    )
    return line + ("." if cost is None else f"; Rp{rupiah(cost, language)}.")


def rupiah(idr: int, language: Language) -> str:
    """An amount with its thousands set apart, as the language writes it."""
    return f"{idr:,}".replace(",", "." if language == "id" else ",")
