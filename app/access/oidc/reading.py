"""Who a signed token speaks for: its signature, its times and its audience first, then role and region from its claims.

The algorithms are ours, never the token's choice; keys come from the issuer's own document, never from the token.
"""

from collections.abc import Mapping
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from app.access.fields import reach
from app.access.oidc.keys import Keys
from app.access.policy import ROLES
from app.http.caller import Caller
from app.http.fields import CONTROL
from app.http.problems import Unauthenticated
from app.settings import Settings

ALGORITHMS = ("RS256", "ES256", "EdDSA")
LEEWAY_SECONDS = 30
_LONGEST = 200


class Issuer:
    """The issuer that is set, as a reader of its tokens."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._keys = Keys(settings.oidc_issuer)

    async def caller(self, token: bytes) -> Caller:
        """The caller of a signed token; raises `Unauthenticated` for whatever is wrong with it."""
        key = await self._keys.named(_key_of(token))
        if key is None:
            raise Unauthenticated
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=self._settings.oidc_audience,
                issuer=self._settings.oidc_issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "sub", "aud", "iss"]},
            )
        except (PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as wrong:
            raise Unauthenticated from wrong
        return _caller_of(claims, self._settings)


def _key_of(token: bytes) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (PyJWTError, ValueError, TypeError, RecursionError) as wrong:
        raise Unauthenticated from wrong
    kid = header.get("kid")
    # `crit` names what must be understood (RFC 7515, 4.1.11), and nothing of the kind is understood here.
    if not isinstance(kid, str) or header.get("alg") not in ALGORITHMS or "crit" in header:
        raise Unauthenticated
    return kid


def _caller_of(claims: Mapping[str, Any], settings: Settings) -> Caller:
    """Role and region as claimed. Both must be there: a region that was forgotten must not mean everywhere."""
    who, role = claims["sub"], claims.get(settings.oidc_role_claim)
    name, region = claims.get("preferred_username", who), claims.get(settings.oidc_region_claim)
    if not (_is_line(who) and _is_line(name) and isinstance(role, str) and isinstance(region, str)):
        raise Unauthenticated
    try:
        within, permissions = region and reach(region), ROLES[role]
    except (KeyError, ValueError) as unknown:
        raise Unauthenticated from unknown
    # A source is told by the subject, which nobody chooses for themselves as they may a name.
    return Caller(
        id=f"oidc:{who}", name=name, role=role, region=within, source=f"oidc:{who}", permissions=permissions
    )


def _is_line(value: object) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST
        and value.isprintable()
        and not CONTROL.search(value)
    )
