"""The keys of an issuer, by their id: kept ten minutes, asked for again when a token names one that is not known.

An attacker can name as many unknown keys as they like, so the issuer is asked at most once in so many seconds.
"""

import asyncio
import time
from collections.abc import Mapping

import structlog
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

from app.access.oidc.documents import SECONDS, Unfetched, fetch
from app.http.problems import Unserved

KEEP_SECONDS = 600.0
PAUSE_SECONDS = 10.0

_log = structlog.get_logger("berdaya.oidc")


class Keys:
    """The keys that an issuer publishes now."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._keys: Mapping[str, PyJWK] = {}
        self._fetched_at = self._asked_at = float("-inf")
        self._asking = asyncio.Lock()

    async def named(self, kid: str) -> PyJWK | None:
        """The key with an id, None when the issuer has none; raises `Unserved` while nothing can be known."""
        if kid not in self._keys or self._is_old:
            async with self._asking:
                if kid not in self._keys or self._is_old:
                    await self._ask()
        if self._is_old:
            raise Unserved
        return self._keys.get(kid)

    @property
    def _is_old(self) -> bool:
        return time.monotonic() - self._fetched_at > KEEP_SECONDS

    async def _ask(self) -> None:
        now = time.monotonic()
        if now - self._asked_at < PAUSE_SECONDS:
            return
        self._asked_at = now
        try:
            # The time-out of a socket starts anew with every byte; this one does not.
            async with asyncio.timeout(SECONDS):
                self._keys = await asyncio.to_thread(_published, self._issuer)
        except (Unfetched, TimeoutError) as failed:
            _log.warning("issuer_unavailable", issuer=self._issuer, reason=str(failed) or "too slow")
            return
        self._fetched_at = now


def _published(issuer: str) -> dict[str, PyJWK]:
    """The usable keys by their id, found as OpenID Connect Discovery 1.0 says."""
    found = fetch(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise Unfetched("the document is of another issuer")
    address = found.get("jwks_uri")
    if not isinstance(address, str):
        raise Unfetched("the document names no keys")
    try:
        known = PyJWKSet.from_dict(fetch(address))
    except (PyJWTError, ValueError, TypeError, AttributeError) as strange:
        raise Unfetched(f"unusable keys: {type(strange).__name__}") from strange
    return {one.key_id: one for one in known.keys if one.key_id}
