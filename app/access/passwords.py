"""A password is kept as an argon2id hash (19 MiB, two passes), and an unknown name costs as much as a wrong password.

Hashing happens in a few threads of its own, so the memory it takes is bounded and the loop never waits.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Hashes that are computed at the same moment, each in 19 MiB."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="passwords")
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$aWFPEHyHzZxeJdFqvTaw/A$4xRfk27Xd5b+6lljXcMYf2xj5A7kNls9vPyodjS16cA"
"""The hash that stands in for a user who does not exist; no password has it."""


async def hashed(password: str) -> str:
    """What is stored of a password: parameters, salt and hash in one text."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def matches(stored: str | None, password: str) -> bool:
    """Whether a password is the one that was stored; None, for nobody's, takes as long and is False."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _matches, stored, password)


def _matches(stored: str | None, password: str) -> bool:
    try:
        _hasher.verify(stored or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
