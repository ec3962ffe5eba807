"""Who may do what, said the other way round than the policy says it: by permission, the roles that have it."""

from app.access.policy import PERMISSIONS, ROLES

ALL = frozenset({"viewer", "operator", "officer", "integrator", "admin"})
FIELD = frozenset({"operator", "officer", "admin"})
OFFICE = frozenset({"officer", "admin"})
ADMIN = frozenset({"admin"})

WHO_MAY = {
    **dict.fromkeys(("register:read", "account:write"), ALL),
    **dict.fromkeys(("legality:push", "imports:write"), ALL - {"viewer"}),
    "personal:read": FIELD,
    "operations:write": FIELD,
    **{f"{one}:write": FIELD for one in ("villages", "cooperatives", "ukms", "groups", "trainings", "idm")},
    **dict.fromkeys(("villages:register", "villages:recode", "legality:resolve"), OFFICE),
    **{f"{one}:{deed}": ADMIN for one in ("tokens", "users", "subscriptions") for deed in ("read", "write")},
    "audit:read": ADMIN,
}


def test_each_permission_is_of_the_roles_that_the_office_gave_it_to() -> None:
    of_roles = {one: frozenset(role for role, may in ROLES.items() if one in may) for one in PERMISSIONS}

    assert of_roles == WHO_MAY


def test_there_are_five_roles() -> None:
    assert ROLES.keys() == ALL
