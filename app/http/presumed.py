"""Who gave the token is presumed to be who that was a moment ago, until the row that lets him in is read again.

That row comes in one statement with the row asked for, where an operation begins by reading one row by its key.
Law: nothing is answered to a caller who is still presumed, not even a refusal; but for 429, which tells nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from app.database import Keyed
from app.http.caller import Caller

if TYPE_CHECKING:
    from app.http.ask import Ask


class Presumed(Protocol):
    """What is known of a caller from an earlier request: which row to read again, and what it proves."""

    @property
    def statement(self) -> Keyed:
        """Reads the row."""

    @property
    def key(self) -> str:
        """By which it is read."""

    def proved(self, ask: "Ask", row: Sequence[Any] | None) -> Caller:
        """The caller as the row says now; raises `Unauthenticated` when it lets nobody in any more."""
