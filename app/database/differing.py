"""What the audit trail tells of a change: the fields that differ, as they were and as they came to be."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from app.database.digests import digest


def differences(
    compared: Iterable[str],
    personal: tuple[str, ...],
    key: bytes | None,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
) -> tuple[str | None, str | None]:
    """Before and after as JSON objects, None where there was or is nothing; `personal` fields only as digests."""
    was, shall = old or {}, new or {}
    names = [name for name in compared if was.get(name) != shall.get(name)]
    before, after = (
        {name: _told(key, side.get(name), digested=name in personal) for name in names}
        for side in (was, shall)
    )
    return (
        None if old is None else orjson.dumps(before).decode(),
        None if new is None else orjson.dumps(after).decode(),
    )


def _told(key: bytes | None, value: Any, *, digested: bool) -> Any:
    # The trail says that a personal value was set or changed, never what it was.
    return digest(key, value) if digested and value is not None else value
