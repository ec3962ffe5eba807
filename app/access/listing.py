"""Everybody who may come in, at a glance, for the command line."""

from collections.abc import Sequence

from sqlalchemy import select

from app.access.tables import tokens, users
from app.database import Database, Statement
from app.database.face import Row

_tokens = Statement(
    select(
        tokens.c.id,
        tokens.c.kind,
        tokens.c.name,
        tokens.c.role,
        tokens.c.region,
        tokens.c.source,
        tokens.c.expires_at,
        tokens.c.last_used_at,
    ).order_by(tokens.c.kind.desc(), tokens.c.name_key, tokens.c.id)
)
_users = Statement(select(users.c.id, users.c.name, users.c.role, users.c.region).order_by(users.c.name_key))


async def all_tokens(database: Database) -> Sequence[Row]:
    """Id, kind, name, role, region, source, end and last use of every token and session, tokens first."""
    return await database.fetch(_tokens, {})


async def all_users(database: Database) -> Sequence[Row]:
    """Id, name, role and region of every user, by name."""
    return await database.fetch(_users, {})
