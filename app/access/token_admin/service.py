"""What the office does with tokens: issue, revoke."""

from app import clock
from app.access.reach import check_reach
from app.access.tables import TOKENS
from app.access.token_admin.schemas import NewToken
from app.access.tokens import keep
from app.database import Transaction
from app.database.register import State
from app.http.conditional import Expectation
from app.http.problems import NotFound, invalid


async def issue(tx: Transaction, new: NewToken, token: str) -> State:
    """Let in whoever holds this token, from now until its end."""
    expires_at = _end_of(new, now=tx.act.at)
    await check_reach(tx, new.region)
    return await keep(
        tx,
        token,
        role=new.role,
        name=new.name,
        region=new.region or "",
        source=new.source or new.name,
        expires_at=expires_at,
    )


async def revoke(tx: Transaction, id: str, expected: Expectation | None) -> State:
    """Let nobody in by this token any more, or end this session; 404 `token.not_found` for what is not there."""
    token = await TOKENS.find(tx, id)
    if token is None:
        raise NotFound("token.not_found", pointer="/path/id")
    if expected:
        expected.check(token["version"])
    await TOKENS.delete(tx, token)
    return token


def _end_of(new: NewToken, *, now: str) -> str | None:
    if new.expires_at is not None and new.days is not None:
        raise invalid("/days", "token.two_ends")
    if new.days is not None:
        return clock.later(now, days=new.days)
    if new.expires_at is not None and new.expires_at <= now:
        raise invalid("/expires_at", "token.ends_in_past")
    return new.expires_at
