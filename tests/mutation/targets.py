"""Which modules are judged, and by which tests: the cheapest first, since the first that fails ends the judgement."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the product, the modules that are its rules, and the tests that must notice a fault in them.

    A module may be judged in part: `only` are the functions and constants that are pure, all of it where none is named.
    `without` are constants of which any larger one is as good, so that no test can tell.
    """

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]
    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


LEDGER = tuple(
    f"tests/cooperatives/test_{name}.py"
    for name in (
        "ledger",
        "ledger_milestones",
        "ledger_papers",
        "ledger_corrections",
        "ledger_anomalies",
        "ledger_conflicts",
        "ledger_view",
        "ledger_laws",
        "ledger_oracle",
    )
)
TARGETS = (
    Target(
        "ledger",
        (
            "app/cooperatives/ledger.py",
            "app/cooperatives/ledger_anomalies.py",
            "app/cooperatives/ledger_conflicts.py",
            "app/cooperatives/ledger_events.py",
            "app/cooperatives/ledger_view.py",
            "app/cooperatives/ledger_walk.py",
            "app/cooperatives/milestones.py",
        ),
        LEDGER,
    ),
    Target("numbers", ("app/cooperatives/numbers.py",), ("tests/cooperatives/test_numbers.py", LEDGER[0])),
    Target(
        "formula",
        ("app/index/formula.py",),
        (
            "tests/index/test_formula.py",
            "tests/index/test_description.py",
            "tests/index/test_sectors.py",
            "tests/index/test_indeks_desa.py",
            "tests/index/test_laws_of_every_edition.py",
        ),
    ),
    Target(
        "plan",
        ("app/index/plans/solving.py", "app/index/plans/ranking.py", "app/index/plans/raising.py"),
        (
            "tests/index/plans/test_solving.py",
            "tests/index/plans/test_plans.py",
            "tests/index/plans/test_plans_are_exact.py",
        ),
        # Room for more than any plan has, a price above any other, and how many tables are remembered.
        without=frozenset({"_ROOM", "_NEVER", "_KEPT"}),
    ),
    Target("policy", ("app/access/policy.py",), ("tests/access/test_policy.py",)),
    Target(
        "idempotency",
        ("app/http/idempotency.py",),
        ("tests/http/test_idempotency_key.py", "tests/http/test_idempotency_kept.py"),
    ),
    Target("signature", ("app/http/signature.py",), ("tests/http/test_signature.py",)),
    Target("reach", ("app/access/reach.py",), ("tests/access/test_reach.py",)),
    Target("webhooks", ("app/access/webhooks.py",), ("tests/access/test_webhooks.py",)),
)
