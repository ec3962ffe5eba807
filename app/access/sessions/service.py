"""What happens to sessions: one begins, one ends, all of a user's end."""

from sqlalchemy import bindparam, select

from app import clock
from app.access.tables import TOKENS, USERS, tokens
from app.access.tokens import keep
from app.database import Statement, Transaction
from app.database.register import State
from app.database.words import Id, Instant
from app.http.problems import NotFound, Unauthenticated

_of_user = Statement(
    select(*TOKENS.published).where(tokens.c.user_id == bindparam("user_id", type_=Id)).order_by(tokens.c.id)
)
_past = Statement(
    select(*TOKENS.published)
    .where(
        tokens.c.user_id == bindparam("user_id", type_=Id),
        tokens.c.expires_at <= bindparam("now", type_=Instant),
    )
    .order_by(tokens.c.id)
)


async def begin(tx: Transaction, known: State, token: str, hours: float) -> State:
    """Start a session of a user who is still as they were when the password was judged; those that are past go."""
    user = await USERS.hold(tx, known["id"])
    if user is None or user["version"] != known["version"]:
        raise Unauthenticated("access.wrong_credentials")
    for row in await tx.fetch(_past, {"user_id": user["id"], "now": tx.act.at}):
        await TOKENS.delete(tx, TOKENS.state(row))
    return await keep(
        tx,
        token,
        role=user["role"],
        name=user["name"],
        region=user["region"] or "",
        source=user["name"],
        expires_at=clock.later(tx.act.at, hours=hours),
        user_id=user["id"],
    )


async def end(tx: Transaction, id: str) -> State:
    """End one session; one that another hand ended just now is 404."""
    session = await TOKENS.find(tx, id)
    if session is None:
        raise NotFound("session.not_found", pointer="/header/Authorization")
    await TOKENS.delete(tx, session)
    return session


async def end_all(tx: Transaction, user_id: str) -> None:
    """End every session of a user."""
    for row in await tx.fetch(_of_user, {"user_id": user_id}):
        await TOKENS.delete(tx, TOKENS.state(row))
