"""A POST that is sent again with its Idempotency-Key has one effect and one answer, byte for byte.

The answer is kept in the write's own transaction, so there is never an effect without its key or a key without
its effect. Scope: the caller, the method and the path. A refusal that can change by itself (401, 403, 409 and the
like) is not kept: the write rolled back, and so did the key.
"""

import hashlib
import re
from dataclasses import asdict, dataclass

import orjson
from sqlalchemy import bindparam, delete, insert, select, tuple_

from app import clock
from app.database.face import Transaction
from app.database.ledgers import kept_answers
from app.database.readings import Reading
from app.database.statement import Statement
from app.http.answers import Answer
from app.http.problems import Conflict, invalid

KEEP_DAYS = 7
HEADER = "Idempotency-Key"
ERASED = "erased"
"""The mark of a kept answer whose body was taken away, since it showed somebody's data."""
_KEY = re.compile(r'"?([\x21\x23-\x7e]{1,255})"?')

_THIS = (
    kept_answers.c.caller == bindparam("caller"),
    kept_answers.c.route == bindparam("route"),
    kept_answers.c.key == bindparam("key"),
)
_recall = Statement(
    select(
        kept_answers.c.fingerprint,
        kept_answers.c.status,
        kept_answers.c.headers,
        kept_answers.c.body,
        kept_answers.c.until,
    ).where(*_THIS)
)
_forget_this = Statement(delete(kept_answers).where(*_THIS))
# The oldest few that are past their time go with every key that is kept, so the table never needs a sweep.
_outdated = (
    select(kept_answers.c.caller, kept_answers.c.route, kept_answers.c.key)
    .where(kept_answers.c.until < bindparam("now", type_=kept_answers.c.until.type))
    .order_by(kept_answers.c.until)
    .limit(20)
    .with_for_update(skip_locked=True)
)
_forget = Statement(
    delete(kept_answers).where(
        tuple_(kept_answers.c.caller, kept_answers.c.route, kept_answers.c.key).in_(_outdated)
    )
)
_keep = Statement(
    insert(kept_answers).values({column.name: bindparam(column.name) for column in kept_answers.c})
)


@dataclass(frozen=True, slots=True)
class Key:
    """One Idempotency-Key in its scope, with the fingerprint of the request it came with.

    Another header may name an attempt as well (`header`), with its own time to keep the answer and its own code
    for the same key with another request.
    """

    caller: str
    route: str
    key: str
    fingerprint: str
    header: str = HEADER
    days: int = KEEP_DAYS
    other_request: str = "idempotency.other_request"

    @property
    def _values(self) -> dict[str, str]:
        return {"caller": self.caller, "route": self.route, "key": self.key}

    async def recall(self, tx: Transaction) -> Answer | None:
        """The answer kept for this key; 409 while the first request runs, 422 for another request."""
        if not await tx.claim(f"{self.caller}\n{self.route}\n{self.key}"):
            raise Conflict(
                "idempotency.running", pointer=f"/header/{self.header}", headers=((b"retry-after", b"1"),)
            )
        await tx.execute(_forget, {"now": tx.act.at})
        row = await tx.row(_recall, self._values)
        if row is not None and row[4] < tx.act.at:
            await tx.execute(_forget_this, self._values)
            row = None
        if row is None:
            return None
        kept = orjson.loads(row[2])
        if kept.get(ERASED):
            raise Conflict("idempotency.erased", pointer=f"/header/{self.header}")
        if row[0] != self.fingerprint:
            raise invalid(f"/header/{self.header}", self.other_request)
        if kept.get("secret"):
            raise Conflict("secret_shown_once", pointer=f"/header/{self.header}")
        return Answer(
            status=row[1],
            body=bytes(row[3]),
            media=kept["media"].encode(),
            etag=kept["etag"],
            cache=kept["cache"].encode(),
            vary=kept["vary"].encode(),
            headers=[(name.encode(), value.encode()) for name, value in kept["headers"]]
            + [(b"idempotent-replayed", b"true")],
            reading=Reading(**kept["reading"]) if kept.get("reading") else None,
        )

    async def keep(self, tx: Transaction, answer: Answer) -> None:
        """Keep the answer with the effect it tells of; of one that shows a secret, only that it was given."""
        kept = {
            "secret": answer.secret,
            "media": answer.media.decode(),
            "etag": answer.etag,
            "cache": answer.cache.decode(),
            "vary": answer.vary.decode(),
            "reading": answer.reading and asdict(answer.reading),
            "headers": [(name.decode(), value.decode()) for name, value in answer.headers],
        }
        await tx.execute(
            _keep,
            {
                **self._values,
                "fingerprint": self.fingerprint,
                "status": answer.status,
                "headers": orjson.dumps(kept).decode(),
                "body": b"" if answer.secret else answer.body,
                "until": clock.later(tx.act.at, days=self.days),
            },
        )


def key_of(header: bytes | None, *, caller: str, route: str, query: bytes, body: bytes) -> Key | None:
    """The key of a request, bare or quoted; raises `Invalid` for one that is malformed."""
    if header is None:
        return None
    form = _KEY.fullmatch(header.decode("latin-1").strip())
    if form is None:
        raise invalid(f"/header/{HEADER}", "idempotency.malformed")
    sorted_query = b"&".join(sorted(query.split(b"&")))
    fingerprint = hashlib.sha256(b"\n".join((route.encode(), sorted_query, body))).hexdigest()
    return Key(caller=caller, route=route, key=form[1], fingerprint=fingerprint)
