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
    }
)
_OFFICE = _DATA | {"villages:register", "villages:recode", "legality:resolve"}

ROLES: dict[str, frozenset[str]] = {
    "viewer": frozenset({READ}),
    "operator": _DATA,
    "officer": _OFFICE,
    "integrator": frozenset({READ, "legality:push"}),
    "admin": _OFFICE | {"tokens:write", "audit:read"},
}

PERMISSIONS: frozenset[str] = frozenset().union(*ROLES.values())
