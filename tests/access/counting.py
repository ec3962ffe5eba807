"""A database that counts the statements asked of it and passes each on, so that the work of two requests compares.

Only what the test asks for is counted, not what the application does by itself meanwhile.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from app.database import Act, Database, Transaction
from app.database.face import Unit

T = TypeVar("T")
_asked_here: ContextVar[bool] = ContextVar("asked_here", default=False)


class Counter:
    """How many statements were asked so far."""

    def __init__(self) -> None:
        self.statements = 0


def counted(inner: Database, counter: Counter) -> Database:
    """The database, whose own statements and whose transactions' are counted from here on."""
    _asked_here.set(True)
    whole: Any = _passing_on(Database, inner, counter)

    async def write(act: Act, unit: Unit[T]) -> T:
        async def watched(tx: Transaction) -> T:
            inside = _passing_on(Transaction, tx, counter)
            inside.act, inside.again, inside.audit_key = tx.act, tx.again, tx.audit_key
            return await unit(inside)

        return await inner.write(act, watched)

    whole.write = write
    whole.audit_key = inner.audit_key
    passed_on: Database = whole
    return passed_on


def _passing_on(kind: Any, inner: Any, counter: Counter) -> Any:
    def method(name: str) -> Callable[..., Any]:
        async def passed_on(self: object, *told: Any, **named: Any) -> Any:
            counter.statements += _asked_here.get()
            return await getattr(inner, name)(*told, **named)

        return passed_on

    asking = {*kind.__abstractmethods__, "fetch_both"}
    return type(f"Counting{kind.__name__}", (kind,), {name: method(name) for name in asking})()
