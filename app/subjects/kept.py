"""Kept answers that show a subject in the clear: what stays of each is that it was given, so no retry acts twice."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.database import Database, Statement, Transaction
from app.database.ledgers import kept_answers
from app.database.words import Word
from app.http.idempotency import ERASED


class text_of(FunctionElement[str]):  # noqa: N801  # reads as the SQL function it is
    """Bytes as text; what is ASCII in them stands there as it is."""

    type = Word
    inherit_cache = True


@compiles(text_of, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"encode({compiler.process(element.clauses, **options)}, 'escape')"


@compiles(text_of, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS TEXT)"


_body = text_of(kept_answers.c.body)
_shown = and_(
    _body.like(bindparam("mention", type_=Word)),
    # What is in the clear says that nothing is masked.
    _body.like('%"masked":[]%'),
)
_key = tuple(kept_answers.c[name] for name in ("caller", "route", "key"))
_of_subject = Statement(select(*_key, kept_answers.c.until, kept_answers.c.headers).where(_shown))
_blank = Statement(
    update(kept_answers)
    .where(*(column == bindparam(f"its_{column.name}", type_=column.type) for column in _key))
    # A fingerprint could tell, by trying, which values the request held.
    .values(headers=bindparam("headers", type_=Word), body=b"", fingerprint="")
)


async def answers_about(source: Database | Transaction, id: str) -> Sequence[dict[str, Any]]:
    """The kept answers that show the thing with this id in the clear: whose, to what, until when."""
    rows = await source.fetch(_of_subject, {"mention": f"%{id}%"})
    return [{"caller": row[0], "route": row[1], "until": row[3]} for row in rows]


async def blank(tx: Transaction, id: str) -> int:
    """Take the body of each such answer away; gives how many there were."""
    rows = await tx.fetch(_of_subject, {"mention": f"%{id}%"})
    for caller, route, key, _, headers in rows:
        told = orjson.dumps({**orjson.loads(headers), ERASED: True, "reading": None}).decode()
        await tx.execute(_blank, {"its_caller": caller, "its_route": route, "its_key": key, "headers": told})
    return len(rows)
