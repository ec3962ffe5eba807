"""What each role may do. A role is a set of permissions `resource:action`; the region a token carries is its reach.

Reading what is not personal is open to anybody unless `BERDAYA_PUBLIC_READ=false`; then it needs `register:read`.
"""

from app.http.caller import READ

_DATA = frozenset(
    {
        READ,
        "personal:read",
        "villages:write",
        "cooperatives:write",
        "ukms:write",
        "groups:write",
        "trainings:write",
        "idm:write",
        "legality:push",
        "operations:write",
        "imports:write",
    }
)
_OFFICE = _DATA | {"villages:register", "villages:recode", "legality:resolve"}

_ACCESS = frozenset(
    {
        "tokens:read",
        "tokens:write",
        "users:read",
        "users:write",
        "audit:read",
        "subscriptions:read",
        "subscriptions:write",
    }
)
_SELF = frozenset({READ, "account:write"})

ROLES: dict[str, frozenset[str]] = {
    "viewer": _SELF,
    "operator": _SELF | _DATA,
    "officer": _SELF | _OFFICE,
    "integrator": _SELF | {"legality:push", "imports:write"},
    "admin": _SELF | _OFFICE | _ACCESS,
}

PERMISSIONS: frozenset[str] = frozenset().union(*ROLES.values())
